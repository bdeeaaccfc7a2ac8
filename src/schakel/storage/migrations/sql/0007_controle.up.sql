-- SPDX-License-Identifier: EUPL-1.2
-- Whether a bijlage was looked at; what came in before there was a scanner says that it was not.
alter table bijlage
    add controle    text not null default 'zonder'
        check (controle in ('wacht', 'schoon', 'besmet', 'onleesbaar', 'zonder')),
    add controle_op timestamptz;
alter table bijlage alter controle set default 'wacht';
