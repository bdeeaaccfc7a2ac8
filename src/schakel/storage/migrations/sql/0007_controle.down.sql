-- SPDX-License-Identifier: EUPL-1.2
alter table bijlage drop controle, drop controle_op;
