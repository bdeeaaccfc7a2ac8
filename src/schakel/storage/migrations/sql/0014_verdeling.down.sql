-- SPDX-License-Identifier: EUPL-1.2
drop index overdracht_tot;
drop index overdracht_open;
alter table overdracht
    drop constraint besloten_door_iemand,
    drop constraint geweigerd_met_reden,
    drop constraint aangeboden_tot,
    drop constraint open_of_besloten,
    drop column antwoord, drop column bundel, drop column tot, drop column naar_actor, drop column soort;
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
