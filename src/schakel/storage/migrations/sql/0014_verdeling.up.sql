-- SPDX-License-Identifier: EUPL-1.2
-- Verdeling: what waits in which wachtrij, who carries how much, by which rules, and why.
-- Locks are taken in this order everywhere: interactie, werkitem, medewerkerstand, kanaalcapaciteit.

create table verdeelregels (
    versie   integer generated always as identity primary key,
    regels   text not null,
    vanaf    timestamptz not null,
    door     uuid references actor,
    reden    text not null check (reden <> ''),
    herstelt integer references verdeelregels
);

create table medewerkerstand (
    actor_id        uuid primary key references actor,
    beschikbaarheid text not null default 'afwezig' check (beschikbaarheid in
                    ('beschikbaar', 'pauze', 'nawerk', 'afwezig')),
    sinds           timestamptz not null,
    gewenst         integer not null check (gewenst >= 0),
    capaciteit      integer not null,
    bezet           integer not null default 0,
    gemist          integer not null default 0,
    laatste_op      timestamptz,
    versie          bigint not null default 1,
    constraint nooit_boven_capaciteit check (bezet between 0 and capaciteit)
);

create table kanaalcapaciteit (
    actor_id   uuid not null references medewerkerstand on delete cascade,
    kanaal     text not null,
    gewenst    integer not null check (gewenst >= 0),
    capaciteit integer not null,
    bezet      integer not null default 0,
    primary key (actor_id, kanaal),
    constraint nooit_boven_kanaalcapaciteit check (bezet between 0 and capaciteit)
);

-- Less is wanted than is in use: capaciteit sinks as work ends, and never lets more in.
create function laat_capaciteit_zakken() returns trigger language plpgsql as $$
begin
    new.capaciteit := greatest(new.gewenst, least(new.bezet, old.capaciteit));
    return new;
end $$;
create trigger laat_capaciteit_zakken before update on medewerkerstand
    for each row execute function laat_capaciteit_zakken();
create trigger laat_capaciteit_zakken before update on kanaalcapaciteit
    for each row execute function laat_capaciteit_zakken();

create function meld_beschikbaar() returns trigger language plpgsql as $$
begin
    perform pg_notify('schakel_verdeling', '');
    return null;
end $$;
create trigger meld_beschikbaar after update of beschikbaarheid, gewenst on medewerkerstand
    for each row when (new.beschikbaarheid = 'beschikbaar') execute function meld_beschikbaar();

create table vaardigheid (
    actor_id uuid not null references medewerkerstand on delete cascade,
    soort    text not null check (soort in ('productgroep', 'taal')),
    waarde   text not null,
    niveau   smallint not null default 1 check (niveau between 1 and 3),
    primary key (actor_id, soort, waarde)
);

create table wachtrij (
    id      integer generated always as identity primary key,
    team    text not null references team,
    kanaal  text not null,
    product text not null,
    taal    text not null,
    spoed   boolean not null,
    unique (team, kanaal, product, taal, spoed)
);

create table verdeelbeslissing (
    id            uuid primary key,
    interactie_id uuid not null references interactie on delete cascade,
    actor_id      uuid not null references actor,
    versie        integer not null references verdeelregels,
    genomen_op    timestamptz not null,
    feiten        text not null,
    kandidaten    text not null,
    afgevallen    text not null,
    redenen       text[] not null,
    uitkomst      text not null default 'aangeboden' check (uitkomst in
                  ('aangeboden', 'aangenomen', 'teruggegeven', 'verlopen', 'ingetrokken')),
    uitkomst_op   timestamptz,
    toelichting   text not null default '',
    vervalt_op    date not null
);
create index verdeelbeslissing_interactie on verdeelbeslissing (interactie_id, genomen_op);
create index verdeelbeslissing_tijd on verdeelbeslissing (genomen_op);
create index verdeelbeslissing_vervalt on verdeelbeslissing (vervalt_op);

-- Every Interactie that is ours to do, once. Either it waits in a wachtrij of a team, or it is somebody's (EO-3).
create table werkitem (
    interactie_id  uuid primary key references interactie on delete cascade,
    wachtrij_id    integer not null references wachtrij,
    kanaal         text not null,
    sinds          timestamptz not null,
    uiterlijk      timestamptz,
    stand          text not null check (stand in
                   ('wacht', 'aangeboden', 'in_handen', 'onderbroken', 'bij_regiehouder')),
    actor_id       uuid references actor,
    eenheden       integer not null default 0 check (eenheden >= 0),
    gegeven_op     timestamptz,
    tot            timestamptz,
    beslissing_id  uuid references verdeelbeslissing on delete set null,
    onderbrekingen integer not null default 0,
    eerder         uuid references actor,
    niet_naar      uuid[] not null default '{}',
    constraint van_een_team_of_van_iemand check ((stand = 'wacht') = (actor_id is null)),
    constraint aangeboden_tot check ((stand = 'aangeboden') = (tot is not null)),
    constraint wie_werkt_draagt check (stand not in ('aangeboden', 'in_handen', 'onderbroken') or eenheden > 0)
);
create index werkitem_wacht on werkitem (wachtrij_id, uiterlijk, sinds, interactie_id) where stand = 'wacht';
create index werkitem_tot on werkitem (tot) where stand = 'aangeboden';
create index werkitem_actor on werkitem (actor_id) where actor_id is not null;

-- Which wachtrij is settled when work starts to wait, and stays while somebody has it.
create function kies_wachtrij() returns trigger language plpgsql as $$
declare
    i record;
begin
    if tg_op = 'UPDATE' and new.stand <> 'wacht' then
        return new;
    end if;
    select v.team, coalesce(nullif(v.laatste_kanaal, ''), v.begonnen_kanaal) as kanaal, v.product, v.spoed,
           coalesce(p.taal, 'nld') as taal
    into strict i
    from interactie v left join partij p on p.id = v.partij_id where v.id = new.interactie_id;
    select w.id into new.wachtrij_id from wachtrij w
    where (w.team, w.kanaal, w.product, w.taal, w.spoed) = (i.team, i.kanaal, i.product, i.taal, i.spoed);
    if not found then
        insert into wachtrij (team, kanaal, product, taal, spoed)
        values (i.team, i.kanaal, i.product, i.taal, i.spoed)
        on conflict (team, kanaal, product, taal, spoed) do update set team = excluded.team
        returning id into new.wachtrij_id;
    end if;
    new.kanaal := i.kanaal;
    return new;
end $$;
create trigger kies_wachtrij before insert or update on werkitem for each row execute function kies_wachtrij();

create function draag(wie uuid, over_kanaal text, eenheden integer, op timestamptz) returns void
language plpgsql as $$
begin
    update medewerkerstand set bezet = bezet + eenheden, versie = versie + 1, laatste_op = coalesce(op, laatste_op)
    where actor_id = wie;
    if not found then
        raise exception 'geen medewerkerstand' using errcode = 'check_violation';
    end if;
    update kanaalcapaciteit set bezet = bezet + eenheden where actor_id = wie and kanaal = over_kanaal;
end $$;

-- Invariant 10: bezet is the sum of what is offered to and carried by a medewerker, and a check keeps it within his
-- capaciteit, whoever writes.
create function houd_bezet_bij() returns trigger language plpgsql as $$
declare
    droeg  boolean := tg_op <> 'INSERT' and old.stand in ('aangeboden', 'in_handen');
    draagt boolean := tg_op <> 'DELETE' and new.stand in ('aangeboden', 'in_handen');
begin
    if droeg and draagt and (old.actor_id, old.kanaal, old.eenheden) = (new.actor_id, new.kanaal, new.eenheden) then
        return null;
    end if;
    if droeg then
        perform draag(old.actor_id, old.kanaal, -old.eenheden, null);
        perform pg_notify('schakel_verdeling', '');
    end if;
    if draagt then
        perform draag(new.actor_id, new.kanaal, new.eenheden, new.gegeven_op);
    elsif tg_op <> 'DELETE' and new.stand = 'wacht' then
        perform pg_notify('schakel_verdeling', '');
    end if;
    return null;
end $$;
create trigger houd_bezet_bij after insert or update or delete on werkitem
    for each row execute function houd_bezet_bij();

-- Whoever changes an Interactie, its werkitem follows: nothing that is ours to do is without a place.
create function houd_werkitem_bij() returns trigger language plpgsql as $$
declare
    w werkitem;
begin
    if new.status not in ('open', 'wacht_op_gemeente') then
        if tg_op = 'UPDATE' then
            delete from werkitem where interactie_id = new.id;
        end if;
        return null;
    end if;
    select * into w from werkitem where interactie_id = new.id for update;
    if not found then
        insert into werkitem (interactie_id, wachtrij_id, kanaal, sinds, uiterlijk, stand, actor_id)
        values (new.id, 0, '', case when tg_op = 'INSERT' then new.begonnen_op else new.laatste_op end,
                case when new.beantwoord_op is null then new.belofte_op end,
                case when new.regiehouder is null then 'wacht' else 'bij_regiehouder' end, new.regiehouder);
        return null;
    end if;
    w.uiterlijk := case when new.beantwoord_op is null then new.belofte_op end;
    if new.regiehouder is not null and new.regiehouder is distinct from w.actor_id then
        w.eerder := coalesce(w.actor_id, w.eerder);
        w.stand := 'bij_regiehouder';
    elsif new.regiehouder is not null and w.stand = 'aangeboden' then
        w.stand := 'in_handen';
    elsif new.regiehouder is null and (w.stand <> 'aangeboden' or new.team <> old.team) then
        w.eerder := coalesce(w.actor_id, w.eerder);
        w.stand := 'wacht';
    end if;
    update werkitem set stand = w.stand, uiterlijk = w.uiterlijk, eerder = w.eerder,
        actor_id = case w.stand when 'wacht' then null when 'aangeboden' then actor_id else new.regiehouder end,
        tot = case w.stand when 'aangeboden' then tot end,
        eenheden = case when w.stand in ('wacht', 'bij_regiehouder') then 0 else eenheden end,
        niet_naar = case when new.team <> old.team then '{}' else niet_naar end
    where interactie_id = new.id;
    return null;
end $$;
create trigger houd_werkitem_bij_nieuw after insert on interactie
    for each row when (new.status in ('open', 'wacht_op_gemeente')) execute function houd_werkitem_bij();
create trigger houd_werkitem_bij after
    update of status, regiehouder, team, product, spoed, laatste_kanaal, belofte_op, beantwoord_op, partij_id on interactie
    for each row execute function houd_werkitem_bij();

insert into werkitem (interactie_id, wachtrij_id, kanaal, sinds, uiterlijk, stand, actor_id)
select id, 0, '', begonnen_op, case when beantwoord_op is null then belofte_op end,
       case when regiehouder is null then 'wacht' else 'bij_regiehouder' end, regiehouder
from interactie where status in ('open', 'wacht_op_gemeente');

-- KI-3: who changed how much somebody can carry, and why.
create table capaciteitwijziging (
    id       bigint generated always as identity primary key,
    actor_id uuid not null references actor,
    van      integer not null,
    naar     integer not null,
    op       timestamptz not null,
    door     uuid references actor,
    reden    text not null check (reden <> '')
);

-- Overdracht: of which kind, until when, with what, and what the other team said (EO-3).
alter table overdracht
    add column soort      text not null default 'koud' check (soort in ('koud', 'warm', 'terugleg')),
    add column naar_actor uuid references actor,
    add column tot        timestamptz,
    add column bundel     text not null default '',
    add column antwoord   text not null default '';
update overdracht o set status = 'verlopen', besloten_op = o.aangeboden_op
where o.status = 'aangeboden' and exists (
    select from overdracht n where n.interactie_id = o.interactie_id and n.status = 'aangeboden' and n.id > o.id);
update overdracht set tot = aangeboden_op + interval '1 day' where status = 'aangeboden';
update overdracht set antwoord = 'Geen reden gegeven' where status = 'geweigerd';
alter table overdracht
    add constraint open_of_besloten check ((status = 'aangeboden') = (besloten_op is null)),
    add constraint aangeboden_tot check (status <> 'aangeboden' or tot is not null),
    add constraint geweigerd_met_reden check (status <> 'geweigerd' or antwoord <> ''),
    add constraint besloten_door_iemand check (status not in ('geaccepteerd', 'geweigerd') or besloten_door is not null);
create unique index overdracht_open on overdracht (interactie_id) where status = 'aangeboden';
create index overdracht_tot on overdracht (tot) where status = 'aangeboden';
