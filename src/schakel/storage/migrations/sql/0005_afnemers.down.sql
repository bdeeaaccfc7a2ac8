-- SPDX-License-Identifier: EUPL-1.2
drop trigger bijlage_verwijzing on bijlage;
drop trigger interne_taak_actor on interne_taak;
drop trigger team_actor on team;
drop function bijlage_verwijst();
drop function taak_actoren();
drop function team_als_actor();
alter table team drop actor_id;

do $$
declare
    naam text;
begin
    for naam in select unnest(array[
        'actor', 'actor_klantcontact', 'betrokkene', 'bijlage_verwijzing', 'categorie', 'categorie_relatie',
        'digitaal_adres', 'interne_taak', 'klantcontact', 'onderwerpobject', 'organisatie', 'partij',
        'partij_identificator', 'persoon', 'rekeningnummer', 'vertegenwoordiging'
    ]) loop
        execute format('drop function tel_%1$s() cascade; drop function meld_%1$s() cascade', naam);
    end loop;
end;
$$;
drop function hertel_interne_taak() cascade;
drop function hertel_klantcontact() cascade;
drop function hertel_partij() cascade;
drop function hertel_partij_identificator() cascade;
drop function tel(text, text, bigint, integer);
drop function vrije_strook();
drop table telling;
drop table gebeurtenis;
drop table abonnement;
drop table wijziging;
drop table idempotentie;
drop table api_token;
