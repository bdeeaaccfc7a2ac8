-- SPDX-License-Identifier: EUPL-1.2
-- Lists by time: a period is one stretch of an index, and a page of it is read in order.

drop index klantcontact_plaatsgevonden;
create index klantcontact_plaatsgevonden on klantcontact (plaatsgevonden_op, volgnummer) include (vertrouwelijk);
drop index interne_taak_toegewezen;
create index interne_taak_toegewezen on interne_taak (toegewezen_op, volgnummer);
create index interne_taak_status_toegewezen on interne_taak (status, toegewezen_op, volgnummer)
    where klantcontact_id is not null;
create index interne_taak_afgehandeld on interne_taak (afgehandeld_op, volgnummer);

-- Which klantcontacten have a partij is read off this index alone; those of somebody unknown are few.
drop index betrokkene_klantcontact;
create index betrokkene_klantcontact on betrokkene (klantcontact_id) include (partij_id);
create index partij_zelfstandig on partij (id) where zelfstandig;
