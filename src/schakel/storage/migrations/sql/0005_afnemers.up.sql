-- SPDX-License-Identifier: EUPL-1.2
-- Who may use the APIs, what they are told, and how many rows there are.

-- Who may use the APIs. Of a token only the digest is kept; the secret of a JWT client is ciphertext, for it must sign.
create table api_token (
    id            uuid primary key,
    naam          text not null,
    eigenaar      text not null,
    doel          text not null,
    digest        bytea unique,
    client_id     text unique,
    geheim_cijfer bytea,
    scopes        text[] not null,
    gemaakt_op    timestamptz not null,
    verloopt_op   timestamptz not null,
    ingetrokken_op timestamptz,
    check ((digest is null) <> (client_id is null)),
    check ((client_id is null) = (geheim_cijfer is null))
);

-- The answer to a write, for who sends the same write again under the same Idempotency-Key.
create table idempotentie (
    token_id   uuid not null references api_token on delete cascade,
    sleutel    text not null,
    verzoek    bytea not null,
    status     smallint not null,
    antwoord   bytea not null,
    locatie    text not null default '',
    vervalt_op timestamptz not null,
    primary key (token_id, sleutel)
);
create index idempotentie_vervalt on idempotentie (vervalt_op);

-- What a correction replaced. An erasure leaves its line, without the content.
create table wijziging (
    id          bigint generated always as identity primary key,
    resource    text not null,
    resource_id uuid not null,
    soort       text not null check (soort in ('correctie', 'verwijdering', 'samenvoeging', 'herstel')),
    moment      timestamptz not null,
    wie         text not null,
    token_id    uuid,
    vorige      jsonb,
    vervalt_op  date not null
);
create index wijziging_resource on wijziging (resource, resource_id, id desc);
create index wijziging_vervalt on wijziging (vervalt_op);

-- The outbox: what happened to which row, never what it says. Each abonnement walks it at its own pace, and again
-- from any place. `transactie` keeps a reader from passing lines of a transaction that has yet to commit.
create table abonnement (
    id            uuid primary key,
    naam          text not null,
    vorm          text not null check (vorm in ('notificaties', 'cloudevents')),
    url           text not null,
    auth_cijfer   bytea,
    resources     text[] not null default '{}',
    positie       bigint not null default 0,
    actief        boolean not null default true,
    pogingen      integer not null default 0,
    volgende_op   timestamptz,
    laatste_fout  text not null default '',
    gemaakt_op    timestamptz not null
);
create table gebeurtenis (
    id          bigint generated always as identity primary key,
    transactie  xid8 not null default pg_current_xact_id(),
    resource    text not null,
    resource_id uuid not null,
    actie       text not null check (actie in ('create', 'update', 'destroy')),
    moment      timestamptz not null default now()
);
create index gebeurtenis_moment on gebeurtenis (moment);

-- Counts, kept while rows come and go: per `deel` of a table, and per block of volgnummers, so that a deep page is found
-- by adding up blocks. Every transaction counts in a strook of its own: writers never wait for each other here.
create table telling (
    tabel  text not null,
    deel   text not null,
    blok   bigint not null,
    strook smallint not null,
    aantal bigint not null,
    primary key (tabel, deel, blok, strook)
) with (fillfactor = 60);

create function vrije_strook() returns smallint language plpgsql as $$
begin
    for strook in 0..126 loop
        if pg_try_advisory_xact_lock(6050889, strook) then
            return strook;
        end if;
    end loop;
    perform pg_advisory_xact_lock(6050889, 127);
    return 127;
end;
$$;

create function tel(tabel_ text, deel_ text, volgnummer_ bigint, bij integer) returns void language sql as $$
    insert into telling as t values (tabel_, deel_, volgnummer_ >> 12, vrije_strook(), bij)
    on conflict (tabel, deel, blok, strook) do update set aantal = t.aantal + excluded.aantal
$$;

-- `deel` is the part of the table a row counts in; null is none.
do $$
declare
    rij record;
begin
    for rij in
        select * from (values
            ('actor', ''''''),
            ('actor_klantcontact', ''''''),
            ('betrokkene', ''''''),
            ('bijlage_verwijzing', ''''''),
            ('categorie', ''''''),
            ('categorie_relatie', ''''''),
            ('digitaal_adres', ''''''),
            ('interne_taak', 'case when r.klantcontact_id is not null then r.status end'),
            ('klantcontact', 'case when r.vertrouwelijk then ''vertrouwelijk'' else ''openbaar'' end'),
            ('onderwerpobject', ''''''),
            ('organisatie', ''''''),
            ('partij', 'case when not r.zelfstandig then '''' end'),
            ('partij_identificator', 'case when r.soort <> ''overig'' then '''' end'),
            ('persoon', ''''''),
            ('rekeningnummer', ''''''),
            ('vertegenwoordiging', '''''')
        ) v (tabel, deel)
    loop
        execute format($f$
            create function tel_%1$s() returns trigger language plpgsql as $g$
            begin
                insert into telling as t
                select %1$L, deel, blok, vrije_strook(), case tg_op when 'INSERT' then aantal else -aantal end
                from (select %2$s as deel, r.volgnummer >> 12 as blok, count(*) as aantal from rijen r group by 1, 2) g
                where deel is not null
                on conflict (tabel, deel, blok, strook) do update set aantal = t.aantal + excluded.aantal;
                return null;
            end;
            $g$;
            create trigger telling_erbij after insert on %1$I referencing new table as rijen
                for each statement execute function tel_%1$s();
            create trigger telling_eraf after delete on %1$I referencing old table as rijen
                for each statement execute function tel_%1$s();
            create function meld_%1$s() returns trigger language plpgsql as $g$
            begin
                if exists (select from abonnement where actief) then
                    insert into gebeurtenis (resource, resource_id, actie)
                    select %1$L, id, case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update' else 'destroy' end
                    from rijen r where (%2$s) is not null;
                end if;
                return null;
            end;
            $g$;
            create trigger melding_erbij after insert on %1$I referencing new table as rijen
                for each statement execute function meld_%1$s();
            create trigger melding_anders after update on %1$I referencing new table as rijen
                for each statement execute function meld_%1$s();
            create trigger melding_eraf after delete on %1$I referencing old table as rijen
                for each statement execute function meld_%1$s();
            insert into telling
            select %1$L, deel, blok, 0, aantal
            from (select %2$s as deel, r.volgnummer >> 12 as blok, count(*) as aantal from %1$I r group by 1, 2) g
            where deel is not null;
        $f$, rij.tabel, rij.deel);
        if rij.deel <> '''''' then
            execute format($f$
                create function hertel_%1$s() returns trigger language plpgsql as $g$
                declare
                    r %1$I := old;
                    oud text := %2$s;
                    nieuw text;
                begin
                    r := new;
                    nieuw := %2$s;
                    if oud is distinct from nieuw then
                        if oud is not null then perform tel(%1$L, oud, new.volgnummer, -1); end if;
                        if nieuw is not null then perform tel(%1$L, nieuw, new.volgnummer, 1); end if;
                    end if;
                    return null;
                end;
                $g$;
            $f$, rij.tabel, rij.deel);
        end if;
    end loop;
end;
$$;
create trigger telling_anders after update of status, klantcontact_id on interne_taak
    for each row execute function hertel_interne_taak();
create trigger telling_anders after update of vertrouwelijk on klantcontact
    for each row execute function hertel_klantcontact();
create trigger telling_anders after update of zelfstandig on partij for each row execute function hertel_partij();
create trigger telling_anders after update of soort on partij_identificator
    for each row execute function hertel_partij_identificator();

-- What the house makes in its own words has its place in the register too: the team that does a taak is an actor, and
-- what came along with a message is a bijlage.
alter table team add actor_id uuid references actor on delete set null;
create function team_als_actor() returns trigger language plpgsql as $$
begin
    new.actor_id := gen_random_uuid();
    insert into actor (id, soort, naam, object_id, soort_object, register, soort_object_id)
    values (new.actor_id, 'organisatorische_eenheid', new.naam, new.sleutel, 'afd', 'schakel', 'idf');
    return new;
end;
$$;
create trigger team_actor before insert on team for each row execute function team_als_actor();
with nieuw as (
    insert into actor (id, soort, naam, object_id, soort_object, register, soort_object_id)
    select gen_random_uuid(), 'organisatorische_eenheid', naam, sleutel, 'afd', 'schakel', 'idf' from team
    returning id, object_id
)
update team set actor_id = nieuw.id from nieuw where nieuw.object_id = sleutel;

create function taak_actoren() returns trigger language plpgsql as $$
begin
    insert into interne_taak_actor (interne_taak_id, volgorde, actor_id)
    select new.id, 0, a from (select coalesce(new.actor_id, (select actor_id from team where sleutel = new.team))) v (a)
    where a is not null;
    return null;
end;
$$;
create trigger interne_taak_actor after insert on interne_taak for each row
    when (new.actor_id is not null or new.team is not null) execute function taak_actoren();
insert into interne_taak_actor (interne_taak_id, volgorde, actor_id)
select t.id, 0, coalesce(t.actor_id, m.actor_id) from interne_taak t left join team m on m.sleutel = t.team
where coalesce(t.actor_id, m.actor_id) is not null;

create function bijlage_verwijst() returns trigger language plpgsql as $$
begin
    insert into bijlage_verwijzing (id, klantcontact_id, object_id, soort_object, register, soort_object_id)
    select new.id, klantcontact_id, new.id, 'bijlage', 'schakel', 'uuid' from gespreksbijdrage
    where id = new.gespreksbijdrage_id and klantcontact_id is not null;
    return null;
end;
$$;
create trigger bijlage_verwijzing after insert on bijlage for each row when (new.gespreksbijdrage_id is not null)
    execute function bijlage_verwijst();
insert into bijlage_verwijzing (id, klantcontact_id, object_id, soort_object, register, soort_object_id)
select b.id, g.klantcontact_id, b.id, 'bijlage', 'schakel', 'uuid'
from bijlage b join gespreksbijdrage g on g.id = b.gespreksbijdrage_id and g.klantcontact_id is not null;
