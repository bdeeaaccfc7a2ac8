-- SPDX-License-Identifier: EUPL-1.2
-- One row for every message in an account from which we fetch: the ledger of what came in (KI-0).
create table kanaalaccount (
    account       text primary key,
    sinds         timestamptz not null,
    vergeleken_op timestamptz,
    aanwezig      integer not null default 0,
    bekend        integer not null default 0,
    blijft_liggen integer not null default 0
);

create table vindplaats (
    account      text not null,
    reeks        bigint not null,
    nummer       bigint not null,
    afdruk       bytea,
    origineel_id uuid references origineel on delete set null deferrable initially deferred,
    reden        text not null default '',
    gezien_op    timestamptz not null,
    primary key (account, reeks, nummer)
);
create index vindplaats_afdruk on vindplaats (account, afdruk);
create index vindplaats_origineel on vindplaats (origineel_id) where origineel_id is not null;
