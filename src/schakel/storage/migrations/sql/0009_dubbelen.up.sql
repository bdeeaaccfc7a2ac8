-- SPDX-License-Identifier: EUPL-1.2
-- Double partijen: found by index, merged with all that is needed to undo it.

create index partij_dubbel_geboren on partij (zoeknaam, geboortedatum)
    where not zelfstandig and not geheim and zoeknaam <> '';
create index partij_dubbel_adres on partij (zoeknaam, postcode, huisnummer)
    where not zelfstandig and not geheim and zoeknaam <> '';

-- `samen_met` is the partij it went into; `winnaar_id` is where that one is now: it goes along with a later merge, and
-- with an erasure the whole line goes, for `bewijs` holds the record of the same person.
create table samenvoeging (
    id           uuid primary key,
    volgnummer   bigint generated always as identity,
    winnaar_id   uuid not null references partij on delete cascade,
    samen_met    uuid not null,
    verliezer_id uuid not null,
    reden        text not null check (reden <> ''),
    middel       text not null default '',
    gronden      text[] not null,
    score        smallint not null,
    wie          text not null,
    actor_id     uuid,
    token_id     uuid,
    moment       timestamptz not null,
    bewijs       jsonb not null,
    splitsreden  text not null default '',
    gesplitst_op timestamptz,
    gesplitst_door text not null default '',
    vervalt_op   date not null
);
create index samenvoeging_winnaar on samenvoeging (winnaar_id);
create unique index samenvoeging_verliezer on samenvoeging (verliezer_id) where gesplitst_op is null;
create index samenvoeging_recent on samenvoeging (volgnummer desc);
create index samenvoeging_vervalt on samenvoeging (vervalt_op);

-- What is erased with the winner is also what the history of the other one says.
create function vergeet_verliezer() returns trigger language plpgsql as $$
begin
    update wijziging set vorige = null where resource = 'partijen' and resource_id = old.verliezer_id;
    return null;
end;
$$;
create trigger samenvoeging_weg after delete on samenvoeging for each row when (old.gesplitst_op is null)
    execute function vergeet_verliezer();

-- Somebody looked, and these are two.
create table geen_dubbel (
    een_id   uuid not null references partij on delete cascade,
    ander_id uuid not null references partij on delete cascade,
    wie      text not null,
    moment   timestamptz not null,
    primary key (een_id, ander_id),
    check (een_id < ander_id)
);
create index geen_dubbel_ander on geen_dubbel (ander_id);
