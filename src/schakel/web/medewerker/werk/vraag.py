# SPDX-License-Identifier: EUPL-1.2
"""/werk/{interactie}: one question with everything that was said about it, and the klant beside it."""

from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from schakel.web.diensten import diensten_of
from schakel.web.medewerker.contact.beeld import contacten_of, feiten_of, naam_of, verzoeken_of
from schakel.web.medewerker.werk.scherm import MELDINGEN, Poging, admit, scherm_of, show
from schakel.web.page import AnyRequest, render
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of


@get("/werk/{interactie_id:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def vraag_page(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    """`?stap=` chooses another of the possible steps; `?gedaan=` says what was just done."""
    poging = Poging(stap=request.query_params.get("stap", ""))
    melding = MELDINGEN.get(request.query_params.get("gedaan", ""), "")
    return await show(request, interactie_id, poging=poging, melding=melding)


@get("/werk/{interactie_id:uuid}/nu", guards=[medewerker_only()], include_in_schema=False)
async def vraag_now(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    """What changed while it was open: all but the boxes in which somebody may be typing."""
    shown = request.query_params
    scherm = await scherm_of(request, interactie_id, Poging(stap=shown.get("stap", "")))
    return render(
        request,
        "medewerker/werk/nu.html",
        scherm=scherm,
        is_veranderd=shown.get("gezien", "") != str(scherm.gezien),
        nieuwe_klant=shown.get("bekend", "") == "nee" and scherm.beeld.vastgesteld,
    )


@get("/werk/{interactie_id:uuid}/klantbeeld", guards=[medewerker_only()], include_in_schema=False)
async def klantbeeld(request: AnyRequest, interactie_id: FromPath[UUID]) -> Response[bytes]:
    """After the page, so that a slow bron never holds it up. Only of a klant whose identity was established."""
    diensten, wie = diensten_of(request), medewerker_of(request)
    beeld = await admit(request, interactie_id)
    if not beeld.vastgesteld or beeld.partij_id is None:  # invariant 6
        return render(request, "medewerker/werk/klantbeeld.html", klantbeeld=None, open_id=interactie_id)
    doel = diensten.inzien.decide_doel(wie, beeld)
    found = await diensten.klantinzage.klantbeeld(beeld.partij_id, wie, doel)
    return render(
        request,
        "medewerker/werk/klantbeeld.html",
        klantbeeld=found,
        naam=naam_of(found),
        feiten=feiten_of(found),
        contacten=[groep for groep in contacten_of(found) if groep.interactie_id != interactie_id],
        verzoeken=[verzoek for verzoek in verzoeken_of(found) if verzoek.interactie_id != interactie_id],
        productnamen={product.sleutel: product.naam for product in diensten.producten.values()},
        open_id=interactie_id,
    )
