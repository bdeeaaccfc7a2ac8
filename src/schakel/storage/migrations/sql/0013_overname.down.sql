-- SPDX-License-Identifier: EUPL-1.2
-- Rows that were kept as given do not fit the stricter rules: then PostgreSQL says so here, and nothing is lost.
alter table partij_identificator drop constraint partij_identificator_sub;
drop index partij_identificator_uniek;
drop index partij_identificator_vestiging;
drop index partij_identificator_per_partij;
create unique index partij_identificator_uniek on partij_identificator (blind, soort) where soort <> 'vestigingsnummer';
create unique index partij_identificator_vestiging on partij_identificator (blind, sub_id) where soort = 'vestigingsnummer';
create unique index partij_identificator_per_partij on partij_identificator (partij_id, soort) where partij_id is not null;
alter table partij_identificator add check (soort <> 'vestigingsnummer' or sub_id is not null);
alter table partij_identificator drop zoals_gegeven;

drop index digitaal_adres_referentie;
drop index digitaal_adres_uniek;
drop index digitaal_adres_standaard;
create unique index digitaal_adres_standaard on digitaal_adres (partij_id, soort) where is_standaard and partij_id is not null;
create unique index digitaal_adres_referentie on digitaal_adres (partij_id, referentie, soort)
    where referentie <> '' and partij_id is not null;
create unique index digitaal_adres_uniek on digitaal_adres (partij_id, soort, adres) where partij_id is not null;
alter table digitaal_adres drop zoals_gegeven;

drop table overname_verschil;
drop table overname_gezien;
drop table overname_rij;
drop table overname_resource;
drop table overname;
