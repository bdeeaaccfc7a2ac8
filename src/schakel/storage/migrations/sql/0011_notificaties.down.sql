-- SPDX-License-Identifier: EUPL-1.2
drop table niet_bezorgd;
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
            create or replace function meld_%1$s() returns trigger language plpgsql as $g$
            begin
                if exists (select from abonnement where actief) then
                    insert into gebeurtenis (resource, resource_id, actie)
                    select %1$L, id, case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update' else 'destroy' end
                    from rijen r where (%2$s) is not null;
                end if;
                return null;
            end;
            $g$;
        $f$, rij.tabel, rij.deel);
    end loop;
end;
$$;
drop index gebeurtenis_volgorde;
alter table gebeurtenis drop constraint gebeurtenis_eenmaal, drop column kenmerken;
delete from abonnement where vorm = 'doorgeven';
alter table abonnement
    drop constraint abonnement_vorm_check,
    add constraint abonnement_vorm_check check (vorm in ('notificaties', 'cloudevents')),
    drop column kanalen, drop column token_id, drop column transactie, drop column klaar, drop column generatie,
    drop column stand, drop column stand_sinds, drop column op_rij, drop column bezorgd, drop column laatst_gelukt,
    add column resources text[] not null default '{}',
    add column pogingen integer not null default 0;
