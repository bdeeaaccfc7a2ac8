-- SPDX-License-Identifier: EUPL-1.2
drop index werkitem_wacht;
create index werkitem_wacht on werkitem (wachtrij_id, uiterlijk, sinds, interactie_id) where stand = 'wacht';
alter table werkitem drop column live;
