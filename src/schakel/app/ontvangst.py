# SPDX-License-Identifier: EUPL-1.2
"""Ontvangst: what listens or looks for messages, beside the pages."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial

from schakel.app.huis import Huis
from schakel.kanaalintegratie.gezondheid import Controle
from schakel.kanalen.email.imap_in import ImapIn
from schakel.kanalen.email.kanaal import check_smtp_in
from schakel.kanalen.email.postbus import read_postbussen
from schakel.kanalen.email.smtp_in import SmtpIn, listen
from schakel.kit.errors import SchakelError
from schakel.storage.vindplaatsen import SqlVindplaatsen


@asynccontextmanager
async def mail_ontvangst(huis: Huis, host: str, port: int) -> AsyncIterator[Sequence[Controle]]:
    """Listens for mail and follows the mailboxes; gives the checks of these parts."""
    smtp_in = SmtpIn(huis.store_mail, huis.settings.maildomein)
    try:
        server = await listen(smtp_in, host, port, huis.settings.maildomein)
    except OSError:
        raise PortTaken(f"Poort {port} is bezet.") from None

    boek = SqlVindplaatsen(huis.database)
    postbussen = [ImapIn(postbus, huis.store_mail, boek) for postbus in read_postbussen(huis.settings.imap)]
    following = [asyncio.create_task(postbus.run()) for postbus in postbussen]
    try:
        yield [partial(check_smtp_in, smtp_in), *(postbus.check for postbus in postbussen)]
    finally:
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        server.close()
        await server.wait_closed()


class PortTaken(SchakelError):
    """Another program listens there."""

    title = "Schakel kan niet luisteren"
    advice = "Kies een andere poort met SCHAKEL_PORT of SCHAKEL_SMTP_PORT."
