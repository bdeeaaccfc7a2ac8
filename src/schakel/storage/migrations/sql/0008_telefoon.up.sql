-- SPDX-License-Identifier: EUPL-1.2
-- Calls, as the exchange tells them.
alter table actor add toestel text unique;

create table kanaalsessie (
    id            uuid primary key,
    kanaal        text not null,
    account       text not null,
    sleutel       text not null,
    staat         text check (staat in ('gaat_over', 'verbonden', 'in_wacht', 'nawerk', 'gemist')),
    nummer        text not null default '',
    toestellen    text[] not null default '{}',
    begonnen_op   timestamptz not null,
    verbonden_op  timestamptz,
    beeindigd_op  timestamptz,
    klaar_op      timestamptz,
    klaar_door    uuid references actor,
    interactie_id uuid references interactie on delete set null,
    vervalt_op    date not null,
    unique (account, sleutel)
);
create index kanaalsessie_open on kanaalsessie using gin (toestellen) where klaar_op is null;
create index kanaalsessie_gemist on kanaalsessie (beeindigd_op) where staat = 'gemist' and klaar_op is null;
create index kanaalsessie_nummer on kanaalsessie (nummer, begonnen_op) where nummer <> '';
create index kanaalsessie_vervalt on kanaalsessie (vervalt_op);
create index kanaalsessie_interactie on kanaalsessie (interactie_id) where interactie_id is not null;

create table sessiegebeurtenis (
    sessie_id    uuid not null references kanaalsessie on delete cascade,
    soort        text not null,
    deel         text not null,
    tijdstip     timestamptz not null,
    nummer       text not null,
    toestel      text not null,
    ontvangen_op timestamptz not null,
    primary key (sessie_id, soort, deel, tijdstip, toestel)
);
