# SPDX-License-Identifier: EUPL-1.2
"""What these tests do again and again: begin a draft on the website, walk up to the balie, look at the page."""

import re
from dataclasses import dataclass
from uuid import UUID

from schakel.begrippen.gespreksbijdrage import Bijlage
from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.verzoek import Verzoek, Verzoekbijlage
from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.bladen import visible

AYLIN = "Aylin Yılmaz"
PDF = Bijlage("leasecontract.pdf", "application/pdf", b"%PDF-1.4 " + bytes(range(256)) * 40)
INGEVULD = {"kenteken": "xx 123 x", "eigenaar": "lease"}


def product_of(stad: Stad) -> str:
    """A product that one can apply for."""
    return next(product.sleutel for product in stad.diensten.producten.values() if product.proces)


@dataclass(frozen=True, slots=True)
class Concept:
    """A draft on the website, with the code to go on with."""

    interactie_id: UUID
    code: str


async def begin_on_website(stad: Stad, partij_id: UUID | None = None, *, bijlage: bool = True) -> Concept:
    """An inwoner fills in half of an aanvraag, and gets a Wisselcode."""
    at, behandelingen = stad.diensten.clock(), stad.diensten.behandelingen
    async with stad.diensten.open_werk() as werk:
        bekend = {"persoon.adres": ("Lindelaan 14", "BRP"), "persoon.adres.postcode": ("3811LW", "BRP")}
        interactie_id = await behandelingen.begin(
            werk, product_of(stad), Kanaal.WEBFORMULIER, at, partij_id=partij_id, bekend=bekend
        )
        files = [("bewijs", PDF)] if bijlage else []
        await behandelingen.save(werk, interactie_id, INGEVULD, Kanaal.WEBFORMULIER, at, bijlagen=files)
        code = await stad.diensten.wissel.issue(werk, interactie_id, at)
    return Concept(interactie_id, code)


async def kept(stad: Stad, interactie_id: UUID) -> tuple[Verzoek, list[Verzoekbijlage]]:
    """The draft as it lies in the database."""
    async with stad.diensten.open_werk() as werk:
        verzoek = await werk.verzoeken.of_interactie(interactie_id)
        assert verzoek is not None
        return verzoek, list(await werk.verzoeken.bijlagen(verzoek.id))


async def open_at_balie(ruben: Bezoeker, code: str) -> str:
    """With the code, and the legitimatie seen; the address of the draft."""
    answer = await ruben.post("/balie", {"code": code})
    assert answer.status_code == 303, visible(answer.text)
    here = answer.headers["location"].partition("?")[0]
    seen = await ruben.post(f"{here}/legitimatie", {"gezien": "ja"})
    assert seen.status_code == 303, visible(seen.text)
    return here


async def establish(medewerker: Bezoeker, partij_id: UUID) -> str:
    """The klant shows his legitimatie; what goes along in links from then on."""
    answer = await medewerker.post(f"/klant/{partij_id}/vaststellen", {"legitimatie": "ja"})
    assert answer.status_code == 303, visible(answer.text)
    found = re.search(r"[?&]v=([^&]+)", answer.headers["location"])
    assert found is not None
    return found[1]
