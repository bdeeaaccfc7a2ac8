-- SPDX-License-Identifier: EUPL-1.2
-- Whether the klant is there at this moment: a call that was written down yesterday is not a caller who waits.
alter table werkitem add column live boolean not null default false;
drop index werkitem_wacht;
create index werkitem_wacht on werkitem (wachtrij_id, live desc, uiterlijk, sinds, interactie_id) where stand = 'wacht';
