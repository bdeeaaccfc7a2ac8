# SPDX-License-Identifier: EUPL-1.2
"""Routes of the face for the medewerker."""

from schakel.web.medewerker import inloggen
from schakel.web.medewerker.contact import routes as contact
from schakel.web.medewerker.dubbelen import routes as dubbelen
from schakel.web.medewerker.telefoon import routes as telefoon
from schakel.web.medewerker.werk import routes as werk

HANDLERS = [*werk.HANDLERS, *contact.HANDLERS, *telefoon.HANDLERS, *dubbelen.HANDLERS, *inloggen.HANDLERS]
