-- SPDX-License-Identifier: EUPL-1.2
-- People at work, processes and decisions, sessies, and who looked.

create table antwoordconcept (
    interactie_id uuid not null references interactie on delete cascade,
    actor_id      uuid not null references actor,
    tekst         text not null,
    versie        integer not null default 1,
    bewaard_op    timestamptz not null,
    primary key (interactie_id, actor_id)
);

create table aanwezigheid (
    interactie_id uuid not null references interactie on delete cascade,
    actor_id      uuid not null references actor,
    gezien_op     timestamptz not null,
    schrijft      boolean not null default false,
    primary key (interactie_id, actor_id)
);

create table overdracht (
    id            uuid primary key,
    interactie_id uuid not null references interactie,
    van_actor     uuid references actor,
    van_team      text not null references team,
    naar_team     text not null references team,
    reden         text not null default '',
    status        text not null default 'aangeboden' check (status in
                  ('aangeboden', 'geaccepteerd', 'geweigerd', 'verlopen')),
    aangeboden_op timestamptz not null,
    besloten_op   timestamptz,
    besloten_door uuid references actor
);
create index overdracht_interactie on overdracht (interactie_id);
create index overdracht_aangeboden on overdracht (naar_team) where status = 'aangeboden';

create table feedback (
    digest        bytea primary key,
    interactie_id uuid not null references interactie,
    kanaal        text not null,
    uitgenodigd_op timestamptz not null,
    gegeven_op    timestamptz,
    vertrouwen    smallint check (vertrouwen between 1 and 5),
    persoonlijk   smallint check (persoonlijk between 1 and 5),
    gemak         smallint check (gemak between 1 and 5),
    beantwoord    text not null default '',
    woorden       text not null default ''
);
create index feedback_interactie on feedback (interactie_id);

-- Proceslogica: a spec is kept once by its content hash; an instance is pinned to the one it started with.
create table procesmodel (
    versie    text primary key,
    sleutel   text not null,
    bestanden text not null,
    naam      text not null default '',
    geladen_op timestamptz not null,
    geladen_door uuid references actor
);
create table proces_in_kracht (
    id          bigint generated always as identity primary key,
    sleutel     text not null,
    versie      text not null references procesmodel,
    vanaf       timestamptz not null
);
create index proces_in_kracht_sleutel on proces_in_kracht (sleutel, id desc);

create table proces (
    id            uuid primary key,
    sleutel       text not null,
    versie        text not null references procesmodel,
    interactie_id uuid not null references interactie,
    status        text not null,
    toestand      text not null,
    volgende      integer not null default 1,
    gewijzigd_op  timestamptz not null
);
create index proces_interactie on proces (interactie_id);
create index proces_versie on proces (versie) where status = 'loopt';

create table processtap (
    proces_id  uuid not null references proces on delete cascade,
    sleutel    text not null,
    volgnummer bigint generated always as identity,
    stap       text not null,
    titel      text not null,
    actor_id   uuid,
    gedaan_op  timestamptz not null,
    primary key (proces_id, sleutel)
);

create table beslissing (
    id           uuid primary key,
    proces_id    uuid,
    sleutel      text not null,
    versie       text not null,
    feiten_hash  text not null,
    feiten       text not null,
    uitkomst     text not null,
    redenen      text[] not null,
    geraakt      text[] not null,
    genomen_op   timestamptz not null,
    volgnummer   bigint generated always as identity,
    vervalt_op   date not null
);
create index beslissing_proces on beslissing (proces_id, volgnummer);
create index beslissing_vervalt on beslissing (vervalt_op);
create index beslissing_sleutel on beslissing (sleutel, genomen_op desc);
create index beslissing_feiten on beslissing (feiten_hash);

create table sessie (
    digest     bytea primary key,
    soort      text not null check (soort in ('medewerker', 'inwoner')),
    actor_id   uuid references actor,
    partij_id  uuid references partij,
    niveau     text not null default '',
    csrf       text not null,
    begonnen_op timestamptz not null,
    verloopt_op timestamptz not null
);
create index sessie_verloopt on sessie (verloopt_op);

create table pogingteller (
    sleutel bytea not null,
    venster timestamptz not null,
    aantal  integer not null,
    primary key (sleutel, venster)
);

create table verwerking (
    id           bigint generated always as identity primary key,
    moment       timestamptz not null,
    actor_id     uuid,
    wie          text not null,
    functie      text not null,
    team         text not null default '',
    doel         text not null,
    activiteit   text not null,
    soort        text not null,
    bronnen      text[] not null default '{}',
    gezien       text[] not null default '{}',
    betrokkenen  bytea[] not null,
    vervalt_op   date not null
);
create index verwerking_betrokkenen on verwerking using gin (betrokkenen);
create index verwerking_moment on verwerking (moment);
create index verwerking_vervalt on verwerking (vervalt_op);

-- Append-only, for the owner of the table too: a line goes when its bewaartermijn is over, and not before.
create function weiger_wijziging() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.vervalt_op <= current_date then  -- NO-8: who looked cannot be wiped out
        return old;
    end if;
    raise exception '% only grows', tg_table_name using errcode = 'insufficient_privilege';
end;
$$;
create trigger verwerking_regel before update or delete on verwerking for each row execute function weiger_wijziging();
create trigger verwerking_geheel before truncate on verwerking for each statement execute function weiger_wijziging();

create table proefpostbus (
    id          uuid primary key,
    ontvangen_op timestamptz not null,
    inhoud      bytea not null
);
create index proefpostbus_tijd on proefpostbus (ontvangen_op desc);
