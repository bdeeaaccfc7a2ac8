-- SPDX-License-Identifier: EUPL-1.2
-- The house: who, what was said, what was promised, what was sent. Every record has its retention date at birth.

create sequence interactie_volgnummer;
create sequence klantcontact_volgnummer;
create sequence interne_taak_volgnummer;

create table instelling (
    sleutel text primary key,
    waarde  text not null
);

create table team (
    sleutel text primary key,
    naam    text not null
);

create table actor (
    id      uuid primary key,
    soort   text not null check (soort in ('medewerker', 'organisatorische_eenheid', 'geautomatiseerde_actor')),
    naam    text not null,
    functie text not null default '',
    account text unique,
    rollen  text[] not null default '{}',
    team    text references team,
    actief  boolean not null default true
);

create table partij (
    id            uuid primary key,
    soort         text not null check (soort in ('persoon', 'organisatie', 'contactpersoon')),
    zelfstandig   boolean not null,
    naam          text not null default '',
    zoeknaam      text not null default '',
    geboortedatum date,
    straat        text not null default '',
    huisnummer    text not null default '',
    postcode      text not null default '',
    woonplaats    text not null default '',
    aanspreekvorm text not null default '',
    taal          text not null default 'nld',
    geheim        boolean not null default false,
    actief        boolean not null default true,
    voorkeur      text not null default '',
    versie        integer not null default 1,
    aangemaakt_op timestamptz not null,
    gewijzigd_op  timestamptz not null,
    vervalt_op    date not null
);
create index partij_geboortedatum on partij (geboortedatum) where not zelfstandig;
create index partij_postcode on partij (postcode, huisnummer) where postcode <> '';
create index partij_vervalt on partij (vervalt_op);

-- A name found by its words, those words with one sign less, and their beginnings: no extension is needed for this.
create table naamdeel (
    deel      text not null,
    partij_id uuid not null references partij on delete cascade,
    primary key (deel, partij_id)
);
create index naamdeel_partij on naamdeel (partij_id);

-- bsn: ciphertext and a keyed blind index from the first revision on; no digits anywhere in this database.
create table partij_identificator (
    id        uuid primary key,
    partij_id uuid references partij on delete cascade,
    soort     text not null check (soort in ('bsn', 'kvk_nummer', 'rsin', 'vestigingsnummer', 'overig')),
    register  text not null,
    cijfer    bytea not null,
    blind     bytea not null,
    unique (soort, blind)
);
create index partij_identificator_partij on partij_identificator (partij_id);

create table interactie (
    id              uuid primary key,
    nummer          text not null unique,
    onderwerp       text not null,
    product         text not null default '',
    soort           text not null default 'vraag',
    formeel         boolean not null default false,
    spoed           boolean not null default false,
    status          text not null check (status in
                    ('concept', 'open', 'wacht_op_klant', 'wacht_op_gemeente', 'afgerond', 'gesloten')),
    team            text not null references team,
    regiehouder     uuid references actor,
    partij_id       uuid references partij,
    vastgesteld     boolean not null default false,
    voorgesteld_id  uuid references partij,
    verwant_id      uuid references interactie,
    begonnen_kanaal text not null,
    laatste_kanaal  text not null default '',
    begonnen_op     timestamptz not null,
    laatste_op      timestamptz not null,
    belofte_op      timestamptz,
    belofte_tekst   text not null default '',
    belofte_klok    text not null default '',
    beantwoord_op   timestamptz,
    stil_sinds      timestamptz,
    alarm           text not null default '',
    proces_id       uuid,
    afgerond_op     timestamptz,
    versie          integer not null default 1,
    vervalt_op      date not null
);
-- Werkvoorraad: the oldest promise first, per team and per regiehouder; only what is ours to do.
create index interactie_werk_team on interactie (team, belofte_op, id) where status in ('open', 'wacht_op_gemeente');
create index interactie_werk_regie on interactie (regiehouder, belofte_op, id) where status in ('open', 'wacht_op_gemeente');
create index interactie_partij on interactie (partij_id, laatste_op desc);
create index interactie_voorgesteld on interactie (voorgesteld_id) where voorgesteld_id is not null;
create index interactie_verwant on interactie (verwant_id) where verwant_id is not null;
create index interactie_proces on interactie (proces_id);
create index interactie_begonnen on interactie (begonnen_op);
create index interactie_vervalt on interactie (vervalt_op);

create table origineel (
    id           uuid primary key,
    kanaal       text not null,
    envelop      text not null,
    inhoud       bytea not null,
    ontvangen_op timestamptz not null,
    status       text not null default 'ontvangen' check (status in ('ontvangen', 'geregistreerd', 'tweeling')),
    tweeling_van uuid references origineel,
    kenmerk      text not null default '',
    vingerafdruk text not null default '',
    vervalt_op   date not null
);
create index origineel_open on origineel (ontvangen_op) where status = 'ontvangen';
create index origineel_vingerafdruk on origineel (vingerafdruk, ontvangen_op) where vingerafdruk <> '';
create index origineel_tweeling on origineel (tweeling_van) where tweeling_van is not null;
create index origineel_vervalt on origineel (vervalt_op);

create table klantcontact (
    id                       uuid primary key,
    nummer                   text not null unique,
    interactie_id            uuid not null references interactie,
    kanaal                   text not null,
    onderwerp                text not null,
    inhoud                   text not null default '',
    indicatie_contact_gelukt boolean,
    taal                     text not null default 'nld',
    vertrouwelijk            boolean not null default false,
    onvolledig               boolean not null default false,
    plaatsgevonden_op        timestamptz not null,
    vervalt_op               date not null
);
create index klantcontact_interactie on klantcontact (interactie_id, plaatsgevonden_op desc);
create index klantcontact_plaatsgevonden on klantcontact (plaatsgevonden_op desc);
create index klantcontact_vervalt on klantcontact (vervalt_op);

create table betrokkene (
    id              uuid primary key,
    klantcontact_id uuid not null references klantcontact on delete cascade,
    partij_id       uuid references partij,
    rol             text not null default 'klant',
    klantrol        text not null default 'burger',
    naam            text not null default '',
    initiator       boolean not null default true
);
create index betrokkene_klantcontact on betrokkene (klantcontact_id);
create index betrokkene_partij on betrokkene (partij_id);

create table digitaal_adres (
    id              uuid primary key,
    partij_id       uuid references partij on delete cascade,
    betrokkene_id   uuid references betrokkene on delete cascade,
    soort           text not null check (soort in ('email', 'telefoonnummer', 'overig')),
    adres           text not null,
    zoekadres       text not null,
    is_standaard    boolean not null default false,
    geverifieerd_op timestamptz,
    verstrekt_op    timestamptz not null,
    check (partij_id is not null or betrokkene_id is not null)
);
create index digitaal_adres_zoek on digitaal_adres (zoekadres);
create index digitaal_adres_partij on digitaal_adres (partij_id);
create index digitaal_adres_betrokkene on digitaal_adres (betrokkene_id);
create unique index digitaal_adres_standaard on digitaal_adres (partij_id, soort) where is_standaard and partij_id is not null;

create table actor_klantcontact (
    klantcontact_id uuid not null references klantcontact on delete cascade,
    actor_id        uuid not null references actor,
    primary key (klantcontact_id, actor_id)
);

create table onderwerpobject (
    id              uuid primary key,
    klantcontact_id uuid references klantcontact on delete cascade,
    soort_object    text not null default '',
    object_id       text not null default '',
    register        text not null default ''
);
create index onderwerpobject_klantcontact on onderwerpobject (klantcontact_id);

create table interne_taak (
    id                  uuid primary key,
    nummer              text not null unique,
    klantcontact_id     uuid references klantcontact,
    interactie_id       uuid not null references interactie,
    gevraagde_handeling text not null,
    toelichting         text not null default '',
    status              text not null default 'te_verwerken' check (status in ('te_verwerken', 'verwerkt')),
    team                text references team,
    actor_id            uuid references actor,
    toegewezen_op       timestamptz not null,
    afgehandeld_op      timestamptz
);
create index interne_taak_interactie on interne_taak (interactie_id);
create index interne_taak_open on interne_taak (team, toegewezen_op) where status = 'te_verwerken';

create table gespreksbijdrage (
    id              uuid primary key,
    volgnummer      bigint generated always as identity,
    interactie_id   uuid not null references interactie,
    klantcontact_id uuid references klantcontact,
    origineel_id    uuid references origineel,
    kanaal          text not null,
    richting        text not null check (richting in ('in', 'uit', 'intern')),
    afzender_naam   text not null default '',
    afzender_adres  text not null default '',
    actor_id        uuid references actor,
    onderwerp       text not null default '',
    tekst           text not null default '',
    html            text not null default '',
    kenmerk         text not null default '',
    geautomatiseerd boolean not null default false,
    gebreken        text[] not null default '{}',
    tijdstip        timestamptz not null
);
create index gespreksbijdrage_interactie on gespreksbijdrage (interactie_id, volgnummer desc);
create index gespreksbijdrage_origineel on gespreksbijdrage (origineel_id) where origineel_id is not null;
create index gespreksbijdrage_kenmerk on gespreksbijdrage (kenmerk) where kenmerk <> '';

create table verzoek (
    id            uuid primary key,
    interactie_id uuid not null references interactie,
    product       text not null,
    soort         text not null default 'aanvraag',
    status        text not null check (status in
                  ('concept', 'ontvangen', 'geaccepteerd', 'opgevolgd', 'afgehandeld', 'ingetrokken')),
    gegevens      text not null default '{}',
    uitkomst      text not null default '',
    ingediend_op  timestamptz,
    afgehandeld_op timestamptz,
    gewijzigd_op  timestamptz not null,
    versie        integer not null default 1
);
create index verzoek_interactie on verzoek (interactie_id);

create table bijlage (
    id                  uuid primary key,
    interactie_id       uuid not null references interactie,
    gespreksbijdrage_id uuid references gespreksbijdrage,
    verzoek_id          uuid references verzoek,
    veld                text not null default '',
    naam                text not null,
    mediatype           text not null,
    grootte             bigint not null,
    sha256              bytea not null,
    inhoud              bytea not null,
    ontvangen_op        timestamptz not null
);
create index bijlage_interactie on bijlage (interactie_id);
create index bijlage_bijdrage on bijlage (gespreksbijdrage_id) where gespreksbijdrage_id is not null;
create index bijlage_verzoek on bijlage (verzoek_id) where verzoek_id is not null;

create table wisselcode (
    digest        bytea primary key,
    interactie_id uuid not null references interactie,
    uitgegeven_op timestamptz not null,
    geldig_tot    timestamptz not null,
    gebruikt_op   timestamptz
);
create index wisselcode_interactie on wisselcode (interactie_id);

create table bericht (
    id              uuid primary key,
    interactie_id   uuid not null references interactie,
    berichttype     text not null,
    inhoudsklasse   text not null check (inhoudsklasse in ('algemeen', 'persoonlijk', 'bijzonder')),
    kanaal          text not null,
    aan             text not null,
    onderwerp       text not null,
    tekst           text not null,
    volledig        text not null default '',
    kenmerk         text not null unique,
    token           text not null default '',
    antwoord_op     text[] not null default '{}',
    automatisch     boolean not null,
    actor_id        uuid references actor,
    verstuursleutel text not null unique,
    redenen         text[] not null default '{}',
    status          text not null default 'klaar' check (status in
                    ('klaar', 'onderweg', 'bezorgd', 'mislukt', 'onbekend', 'bij_persoon')),
    pogingen        integer not null default 0,
    onbekend        integer not null default 0,
    opgesteld_op    timestamptz not null,
    bezorgd_op      timestamptz
);
create index bericht_interactie on bericht (interactie_id, opgesteld_op desc);
create index bericht_open on bericht (opgesteld_op) where status in ('klaar', 'onderweg', 'onbekend');
create index bericht_onaf on bericht (kanaal, status) where status not in ('bezorgd', 'mislukt');
create index bericht_bevestiging on bericht (aan, opgesteld_op) where berichttype = 'ontvangstbevestiging';

create table bezorging (
    bericht_id    uuid not null references bericht on delete cascade,
    poging        integer not null,
    begonnen_op   timestamptz not null,
    geeindigd_op  timestamptz,
    uitkomst      text not null default 'onbekend' check (uitkomst in
                  ('bezorgd', 'tijdelijk_mislukt', 'mislukt', 'onbekend')),
    toelichting   text not null default '',
    primary key (bericht_id, poging)
);

create table bewijsregel (
    id            bigint generated always as identity primary key,
    interactie_id uuid not null,
    bericht_id    uuid,
    soort         text not null,
    moment        timestamptz not null,
    zout          bytea not null,
    digest        bytea not null
);
create index bewijsregel_interactie on bewijsregel (interactie_id);

create table verkeersregel (
    id           bigint generated always as identity primary key,
    kanaal       text not null,
    product      text not null default '',
    richting     text not null default 'in',
    begonnen_op  timestamptz not null,
    beeindigd_op timestamptz,
    uitkomst     text not null,
    van_kanaal   text not null default ''
);
create index verkeersregel_tijd on verkeersregel (begonnen_op);

create table meting (
    interactie_id uuid not null references interactie,
    kanaal        text not null,
    product       text not null default '',
    beloofd_op    timestamptz not null,
    gehaald_op    timestamptz,
    begonnen_op   timestamptz not null,
    primary key (interactie_id, begonnen_op)
);
create index meting_tijd on meting (begonnen_op);
