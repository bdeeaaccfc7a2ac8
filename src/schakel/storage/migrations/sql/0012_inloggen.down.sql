-- SPDX-License-Identifier: EUPL-1.2
drop index sessie_actor;
alter table sessie drop column sid;
