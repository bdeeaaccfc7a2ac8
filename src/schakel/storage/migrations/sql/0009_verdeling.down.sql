-- SPDX-License-Identifier: EUPL-1.2
drop trigger houd_werkitem_bij on interactie;
drop trigger houd_werkitem_bij_nieuw on interactie;
drop function houd_werkitem_bij();
drop table capaciteitwijziging;
drop table werkitem;
drop function houd_bezet_bij();
drop function draag(uuid, text, integer, timestamptz);
drop function kies_wachtrij();
drop table verdeelbeslissing;
drop table wachtrij;
drop table vaardigheid;
drop table kanaalcapaciteit;
drop table medewerkerstand;
drop function meld_beschikbaar();
drop function laat_capaciteit_zakken();
drop table verdeelregels;
