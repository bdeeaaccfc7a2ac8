-- SPDX-License-Identifier: EUPL-1.2
drop table sessiegebeurtenis;
drop table kanaalsessie;
alter table actor drop toestel;
