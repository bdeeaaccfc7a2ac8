-- SPDX-License-Identifier: EUPL-1.2
drop index partij_zelfstandig;
drop index betrokkene_klantcontact;
create index betrokkene_klantcontact on betrokkene (klantcontact_id);
drop index interne_taak_afgehandeld;
drop index interne_taak_status_toegewezen;
drop index interne_taak_toegewezen;
create index interne_taak_toegewezen on interne_taak (toegewezen_op);
drop index klantcontact_plaatsgevonden;
create index klantcontact_plaatsgevonden on klantcontact (plaatsgevonden_op desc);
