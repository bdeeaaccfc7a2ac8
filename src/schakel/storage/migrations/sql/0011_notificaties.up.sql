-- SPDX-License-Identifier: EUPL-1.2
-- How far each abonnement is. Lines are walked in the order (transactie, id): an id alone would pass over a transaction
-- that began early and commits late. `klaar` are the lines beyond that place that were delivered already.
-- While `actief`, events are kept for it, also when it does not run; `generatie` goes up when a person changes it.
alter table abonnement
    drop column resources,
    drop column pogingen,
    drop constraint abonnement_vorm_check,
    add constraint abonnement_vorm_check check (vorm in ('notificaties', 'cloudevents', 'doorgeven')),
    add column kanalen       jsonb not null default '[]',
    add column token_id      uuid references api_token on delete set null,
    add column transactie    xid8 not null default pg_current_xact_id(),
    add column klaar         bigint[] not null default '{}',
    add column generatie     integer not null default 0,
    add column stand         text not null default 'loopt' check (stand in ('loopt', 'pauze', 'gestopt')),
    add column stand_sinds   timestamptz not null default now(),
    add column op_rij        integer not null default 0,
    add column bezorgd       bigint not null default 0,
    add column laatst_gelukt timestamptz;

-- One line per row and transaction, in which kenmerken are codes only: never what anybody typed.
alter table gebeurtenis
    add column kenmerken jsonb not null default '{}',
    add constraint gebeurtenis_eenmaal unique (transactie, resource_id);
create index gebeurtenis_volgorde on gebeurtenis (transactie, id);

-- What a subscriber refused again and again, while it took other lines.
create table niet_bezorgd (
    abonnement_id  uuid not null references abonnement on delete cascade,
    gebeurtenis_id bigint not null references gebeurtenis on delete cascade,
    pogingen       integer not null,
    fout           text not null,
    sinds          timestamptz not null,
    primary key (abonnement_id, gebeurtenis_id)
);
create index niet_bezorgd_gebeurtenis on niet_bezorgd (gebeurtenis_id);

do $$
declare
    rij record;
begin
    for rij in
        select * from (values
            ('actor', 'true', $k$jsonb_build_object('soortActor', r.soort)$k$),
            ('actor_klantcontact', 'true', $k$'{}'::jsonb$k$),
            ('betrokkene', 'true', $k$'{}'::jsonb$k$),
            ('bijlage_verwijzing', 'true', $k$'{}'::jsonb$k$),
            ('categorie', 'true', $k$'{}'::jsonb$k$),
            ('categorie_relatie', 'true', $k$'{}'::jsonb$k$),
            ('digitaal_adres', 'true', $k$jsonb_build_object('soortDigitaalAdres', r.soort)$k$),
            ('interne_taak', 'r.klantcontact_id is not null', $k$jsonb_build_object('status', r.status)$k$),
            ('klantcontact', 'true', $k$jsonb_strip_nulls(jsonb_build_object('indicatieContactGelukt',
                r.indicatie_contact_gelukt::text, 'verdereActieOndernomen', r.verdere_actie::text))$k$),
            ('onderwerpobject', 'true', $k$'{}'::jsonb$k$),
            ('organisatie', 'true', $k$'{}'::jsonb$k$),
            ('partij', 'not r.zelfstandig', $k$jsonb_build_object('soortPartij', r.soort)$k$),
            ('partij_identificator', 'r.soort <> ''overig''', $k$'{}'::jsonb$k$),
            ('persoon', 'true', $k$'{}'::jsonb$k$),
            ('rekeningnummer', 'true', $k$'{}'::jsonb$k$),
            ('vertegenwoordiging', 'true', $k$'{}'::jsonb$k$)
        ) v (tabel, telt, kenmerken)
    loop
        execute format($f$
            create or replace function meld_%1$s() returns trigger language plpgsql as $g$
            begin
                if exists (select from abonnement where actief) then
                    insert into gebeurtenis as g (resource, resource_id, actie, kenmerken)
                    select %1$L, id, case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update'
                                                else 'destroy' end, %3$s
                    from rijen r where %2$s
                    on conflict (transactie, resource_id) do update set kenmerken = excluded.kenmerken,
                        actie = case excluded.actie when 'destroy' then 'destroy' else g.actie end;
                end if;
                return null;
            end;
            $g$;
        $f$, rij.tabel, rij.telt, rij.kenmerken);
    end loop;
end;
$$;
