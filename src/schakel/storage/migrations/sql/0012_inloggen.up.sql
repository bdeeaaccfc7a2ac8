-- SPDX-License-Identifier: EUPL-1.2
-- Which time of logging in at the provider a sessie comes from, so that the provider can end it.

alter table sessie add column sid text not null default '';
create index sessie_sid on sessie (sid) where sid <> '';
create index sessie_actor on sessie (actor_id);
