-- SPDX-License-Identifier: EUPL-1.2
drop trigger tg_pgqueuer_changed on pgqueuer;
drop function fn_pgqueuer_changed();
drop table pgqueuer_statistics;
drop table pgqueuer_schedules;
drop table pgqueuer_log;
drop table pgqueuer;
drop type pgqueuer_status;
