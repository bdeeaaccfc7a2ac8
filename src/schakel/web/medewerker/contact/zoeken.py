# SPDX-License-Identifier: EUPL-1.2
"""/zoeken: one box for everything a klant may say of himself; hits with why they match, and ways out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from markupsafe import Markup, escape

from schakel.kanaalintegratie.gelijkenis import best
from schakel.kanaalintegratie.inzien import TeVeelTreffers
from schakel.kanaalintegratie.lezen import Interactiebeeld, Treffer
from schakel.kanaalintegratie.zoekvraag import MAX_TYPED, Ontleding, parse_zoekvraag
from schakel.kit.clock import AMSTERDAM
from schakel.kit.errors import Forbidden
from schakel.kit.text import searchable
from schakel.web.diensten import diensten_of
from schakel.web.formulier import read_form
from schakel.web.medewerker.contact.kanalen import usual_kanaal
from schakel.web.medewerker.contact.vaststellen import link, uuid_of
from schakel.web.notatie import MAANDEN
from schakel.web.page import AnyRequest, is_htmx, render
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

MOST = 20


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What the screen shows. `voor`: the Interactie of which one looks for the klant, if any."""

    getypt: str = ""
    ontleding: Ontleding = field(default_factory=Ontleding)
    treffers: Sequence[Treffer] = ()
    te_veel: bool = False
    seconden: float = 0.0
    voor: UUID | None = None
    vraag: Interactiebeeld | None = None

    @property
    def niemand(self) -> bool:
        return not (self.ontleding.is_leeg or self.te_veel or self.treffers)

    def geboren(self, treffer: Treffer) -> str:
        """Without the year, until the klant has said it himself."""
        day = treffer.geboortedatum
        if day is None:
            return ""
        jaar = str(day.year) if self.ontleding.vraag.geboortedatum == day else "····"
        return f"geb. {day.day} {MAANDEN[day.month - 1]} {jaar}"

    def naam(self, treffer: Treffer) -> Markup:
        """With a mark on each word that was found by something typed."""
        typed = searchable(self.ontleding.vraag.woorden).split()
        words = []
        for word in treffer.naam.split():
            parts = searchable(word).split()
            found = any(best(part, parts) for part in typed) if parts else False
            words.append(Markup("<mark>{}</mark>").format(word) if found else escape(word))
        return Markup(" ").join(words)

    def naar(self, treffer: Treffer) -> str:
        return link(f"/klant/{treffer.partij_id}", voor=self.voor)


@get("/zoeken", guards=[medewerker_only()], include_in_schema=False)
async def search_page(request: AnyRequest) -> Response[bytes]:
    """An empty box; after registering a contact it says how that one is kept."""
    vastgelegd = uuid_of(request.query_params.get("vastgelegd", ""))
    context: dict[str, Any] = {"uitkomst": Uitkomst(voor=uuid_of(request.query_params.get("voor", "")))}
    context["geteld"] = "geteld" in request.query_params
    context["vastgelegd"] = (
        await diensten_of(request).inzien.interactie(medewerker_of(request), vastgelegd) if vastgelegd else None
    )
    return render(request, "medewerker/contact/zoeken.html", kanaal=usual_kanaal(request), **context)


@post("/zoeken", status_code=200, guards=[medewerker_only()], include_in_schema=False)
async def search(request: AnyRequest) -> Response[bytes]:
    """What was typed, by POST so that it stands in no address bar or log. For htmx only the part that changes."""
    form = await read_form(request)
    getypt, voor = form.text("q")[:MAX_TYPED], uuid_of(form.text("voor"))
    uitkomst = await find(request, getypt, voor)
    template = "medewerker/contact/treffers.html" if is_htmx(request) else "medewerker/contact/zoeken.html"
    kanaal = usual_kanaal(request)
    return render(request, template, uitkomst=uitkomst, vastgelegd=None, geteld=False, kanaal=kanaal)


async def find(request: AnyRequest, getypt: str, voor: UUID | None) -> Uitkomst:
    """Through the door that logs each look."""
    diensten, wie = diensten_of(request), medewerker_of(request)
    ontleding = parse_zoekvraag(getypt, diensten.clock().astimezone(AMSTERDAM).date())
    if ontleding.is_leeg:
        return Uitkomst(getypt, ontleding, voor=voor)
    treffers: Sequence[Treffer] = ()
    begin, te_veel = perf_counter(), False
    try:
        treffers = await diensten.inzien.zoek(wie, ontleding.vraag, MOST)
    except TeVeelTreffers:
        te_veel = True
    seconden = perf_counter() - begin
    vraag = await _interactie(request, ontleding.vraag.nummer) if ontleding.vraag.nummer else None
    return Uitkomst(getypt, ontleding, treffers, te_veel, seconden, voor, vraag)


async def _interactie(request: AnyRequest, nummer: str) -> Interactiebeeld | None:
    """The Interactie itself, when this medewerker may see it."""
    try:
        return await diensten_of(request).inzien.interactie_met_nummer(medewerker_of(request), nummer)
    except Forbidden:
        return None
