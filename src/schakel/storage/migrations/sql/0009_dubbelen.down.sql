-- SPDX-License-Identifier: EUPL-1.2
drop table geen_dubbel;
drop table samenvoeging;
drop function vergeet_verliezer();
drop index partij_dubbel_geboren;
drop index partij_dubbel_adres;
