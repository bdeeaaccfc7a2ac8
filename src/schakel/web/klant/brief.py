# SPDX-License-Identifier: EUPL-1.2
"""Brief: the text of a bericht as paragraphs, with its addresses to press."""

import re

from markupsafe import Markup

from schakel.web.notatie import alineas

_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


def with_links(tekst: str) -> Markup:
    """Only http addresses; everything was escaped before they were looked for."""
    return Markup(_URL.sub(r'<a href="\g<0>">\g<0></a>', str(alineas(tekst))))  # noqa: S704 (see above)
