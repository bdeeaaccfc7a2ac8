-- SPDX-License-Identifier: EUPL-1.2
drop table organisatie;
drop table persoon;
drop table vertegenwoordiging;
drop table categorie_relatie;
drop table categorie;
drop table bijlage_verwijzing;
drop table interne_taak_actor;

alter table interne_taak
    drop volgnummer,
    drop referentienummer,
    drop constraint interne_taak_klantcontact_id_fkey,
    add constraint interne_taak_klantcontact_id_fkey foreign key (klantcontact_id) references klantcontact;
drop index interne_taak_klantcontact;
drop index interne_taak_toegewezen;

alter table onderwerpobject
    drop volgnummer,
    drop was_klantcontact_id,
    drop soort_object_id;
drop index onderwerpobject_object;

alter table actor_klantcontact
    drop volgnummer,
    drop id,
    drop constraint actor_klantcontact_actor_id_fkey,
    add constraint actor_klantcontact_actor_id_fkey foreign key (actor_id) references actor;

alter table partij
    drop volgnummer,
    drop nummer,
    drop interne_notitie,
    drop geheim_bekend,
    drop voorletters,
    drop voornaam,
    drop voorvoegsel,
    drop achternaam,
    drop werkte_voor_id,
    drop nummeraanduiding_id,
    drop toevoeging,
    drop adresregel1,
    drop adresregel2,
    drop adresregel3,
    drop land,
    drop correspondentieadres,
    drop voorkeursadres_id,
    drop voorkeursrekening_id;
drop index partij_geheime;
drop table rekeningnummer;

-- An address that lost whoever gave it has no place in the older shape; nor has an identificator without ciphertext.
delete from digitaal_adres where partij_id is null and betrokkene_id is null;
drop index if exists digitaal_adres_deel;
alter table digitaal_adres
    drop volgnummer,
    drop referentie,
    drop omschrijving,
    add constraint digitaal_adres_check check (partij_id is not null or betrokkene_id is not null),
    drop constraint digitaal_adres_betrokkene_id_fkey,
    add constraint digitaal_adres_betrokkene_id_fkey foreign key (betrokkene_id) references betrokkene on delete cascade;
drop index digitaal_adres_uniek;
drop index digitaal_adres_adres;
drop index digitaal_adres_geverifieerd;

alter table betrokkene
    drop volgnummer,
    drop voorletters,
    drop voornaam,
    drop voorvoegsel,
    drop achternaam,
    drop organisatienaam,
    drop bezoekadres,
    drop correspondentieadres,
    drop constraint betrokkene_rol_check,
    drop constraint betrokkene_partij_id_fkey,
    add constraint betrokkene_partij_id_fkey foreign key (partij_id) references partij;

drop index if exists klantcontact_onderwerp;
drop index if exists klantcontact_inhoud;
alter table klantcontact
    drop volgnummer,
    drop referentienummer,
    drop reactie,
    drop hoofdonderwerp,
    drop verdere_actie,
    drop metadata;

drop index partij_identificator_uniek;
drop index partij_identificator_blind;
drop index partij_identificator_vestiging;
drop index partij_identificator_per_partij;
update partij_identificator set sub_id = null where soort <> 'vestigingsnummer';
delete from partij_identificator where cijfer is null and soort = 'vestigingsnummer';
delete from partij_identificator where cijfer is null;
alter table partij_identificator
    drop constraint partij_identificator_check,
    drop constraint partij_identificator_check1,
    drop volgnummer,
    drop nummer,
    drop andere,
    drop sub_id,
    alter cijfer set not null,
    add constraint partij_identificator_soort_blind_key unique (soort, blind);

alter table actor
    drop volgnummer,
    drop object_id,
    drop soort_object,
    drop register,
    drop soort_object_id,
    drop identificatie;

alter table interactie
    drop constraint interactie_partij_id_fkey,
    add constraint interactie_partij_id_fkey foreign key (partij_id) references partij,
    drop constraint interactie_voorgesteld_id_fkey,
    add constraint interactie_voorgesteld_id_fkey foreign key (voorgesteld_id) references partij;
alter table sessie
    drop constraint sessie_partij_id_fkey,
    add constraint sessie_partij_id_fkey foreign key (partij_id) references partij;
drop index gespreksbijdrage_klantcontact;
alter table gespreksbijdrage
    drop constraint gespreksbijdrage_klantcontact_id_fkey,
    add constraint gespreksbijdrage_klantcontact_id_fkey foreign key (klantcontact_id) references klantcontact;
drop extension if exists pg_trgm;
