-- SPDX-License-Identifier: EUPL-1.2
-- Moving a register in: how far it is, what was fetched and not yet written (as ciphertext), and what differs.
create table overname (
    id           uuid primary key,
    volgnummer   bigint generated always as identity,
    bron         text not null,
    stand        text not null default 'halen' check (stand in ('halen', 'schrijven', 'controleren', 'klaar')),
    bijwerken    boolean not null default false,
    fout         text not null default '',
    begonnen_op  timestamptz not null,
    bijgewerkt_op timestamptz not null,
    geeindigd_op timestamptz
);
create unique index overname_lopend on overname ((true)) where geeindigd_op is null;

create table overname_resource (
    overname_id   uuid not null references overname on delete cascade,
    resource        text not null,
    volgorde        smallint not null,
    aantal          bigint not null default 0,
    pagina          integer not null default 0,
    klaar           boolean not null default false,
    gehaald         bigint not null default 0,
    geschreven      bigint not null default 0,
    controlepagina  integer not null default 0,
    vergeleken      bigint not null default 0,
    hier            bigint not null default 0,
    toegekend       bigint not null default 0,
    bron_afdruk     bytea not null default '',
    hier_afdruk     bytea not null default '',
    primary key (overname_id, resource)
);

create table overname_rij (
    resource text not null,
    uuid     uuid not null,
    plaats   bigint not null,
    cijfer   bytea not null,
    primary key (resource, uuid)
);
create index overname_rij_plaats on overname_rij (resource, plaats desc);

-- What was seen in the second reading, so that a row that moved to a next page counts once.
create table overname_gezien (
    resource text not null,
    uuid     uuid not null,
    primary key (resource, uuid)
);

-- A difference names the row and the field, never the value.
create table overname_verschil (
    overname_id uuid not null references overname on delete cascade,
    resource      text not null,
    uuid          uuid not null,
    veld          text not null,
    reden         text not null,
    primary key (overname_id, resource, uuid, veld)
);

-- What arrives from another register is kept as given, where our own rules are stricter: such a row is outside them.
alter table digitaal_adres add zoals_gegeven boolean not null default false;
drop index digitaal_adres_referentie;
drop index digitaal_adres_uniek;
drop index digitaal_adres_standaard;
create unique index digitaal_adres_referentie on digitaal_adres (partij_id, referentie, soort)
    where referentie <> '' and partij_id is not null and not zoals_gegeven;
create unique index digitaal_adres_uniek on digitaal_adres (partij_id, soort, adres)
    where partij_id is not null and not zoals_gegeven;
create unique index digitaal_adres_standaard on digitaal_adres (partij_id, soort)
    where is_standaard and partij_id is not null and not zoals_gegeven;

alter table partij_identificator add zoals_gegeven boolean not null default false;
drop index partij_identificator_uniek;
drop index partij_identificator_vestiging;
drop index partij_identificator_per_partij;
create unique index partij_identificator_uniek on partij_identificator (blind, soort)
    where soort <> 'vestigingsnummer' and not zoals_gegeven;
create unique index partij_identificator_vestiging on partij_identificator (blind, sub_id)
    where soort = 'vestigingsnummer' and not zoals_gegeven;
create unique index partij_identificator_per_partij on partij_identificator (partij_id, soort)
    where partij_id is not null and not zoals_gegeven;
do $$
declare
    regel text;
begin
    select conname into regel from pg_constraint
    where conrelid = 'partij_identificator'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%sub_id%';
    execute format('alter table partij_identificator drop constraint %I', regel);
end;
$$;
alter table partij_identificator add constraint partij_identificator_sub
    check (soort <> 'vestigingsnummer' or sub_id is not null or zoals_gegeven);
