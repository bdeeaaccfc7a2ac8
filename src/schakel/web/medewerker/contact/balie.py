# SPDX-License-Identifier: EUPL-1.2
"""/balie: take in a Wisselcode, or begin an aanvraag for an established klant."""

from typing import Any

from litestar import Response, get, post

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.interactie import InteractieStatus
from schakel.kanaalintegratie.kanaalwissel import WisselcodeOnbekend, WisselcodeVanAnder
from schakel.kit.errors import InvalidInput, SchakelError, TooMany
from schakel.klantbeeld.inzage import known_values
from schakel.regie.doelen import doel_for_product
from schakel.web.diensten import diensten_of
from schakel.web.formulier import read_form
from schakel.web.medewerker.contact.kanalen import read_kanaal, usual_kanaal
from schakel.web.medewerker.contact.klant import established
from schakel.web.medewerker.contact.vaststellen import link
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

MAX_CODE = 300  # signs: a scanner gives the whole link


@get("/balie", guards=[medewerker_only()], include_in_schema=False)
async def balie_page(request: AnyRequest) -> Response[bytes]:
    """Six boxes. `?code=` comes from a QR code; it still has to be sent."""
    asked = request.query_params
    fields = {name: asked.get(name, "")[:MAX_CODE] for name in ("code", "klant", "v", "kanaal")}
    return _page(request, fields)


@post("/balie", guards=[medewerker_only()], include_in_schema=False)
async def take_code(request: AnyRequest) -> Response[bytes] | Response[None]:
    """Use up the code, and go on where the klant was. Wrong, used and expired get the same words."""
    form, diensten, wie = await read_form(request), diensten_of(request), medewerker_of(request)
    at, kanaal = diensten.clock(), read_kanaal(form.text("kanaal"), Kanaal.BALIE)
    partij_id, vaststelling = established(request, form)
    try:
        await diensten.wissel.admit(diensten.open_werk, str(wie.id), at)
        async with diensten.open_werk() as werk:
            interactie = await diensten.wissel.go_on(
                werk, _code(form.text("code", longest=MAX_CODE)), kanaal, at, partij_id=partij_id
            )
            await diensten.wissel.forgive(werk, str(wie.id), at)
            if partij_id and vaststelling:
                await diensten.werkplek.identify(werk, interactie.id, partij_id, wie.id, vaststelling, at)
                if interactie.status is InteractieStatus.CONCEPT:
                    await diensten.wissel.hold(werk, interactie.id, wie.id, at)
    except (WisselcodeOnbekend, WisselcodeVanAnder, TooMany) as refused:
        return _page(request, form.fields(), refused)
    return see_other(request, link(f"/balie/{interactie.id}", kanaal=kanaal))


@post("/balie/nieuw", guards=[medewerker_only()], include_in_schema=False)
async def begin(request: AnyRequest) -> Response[None]:
    """An aanvraag of an established klant; what we know is filled in, and a draft he has goes on."""
    form, diensten, wie = await read_form(request), diensten_of(request), medewerker_of(request)
    at, kanaal = diensten.clock(), read_kanaal(form.text("kanaal"), usual_kanaal(request))
    partij_id, _ = established(request, form)
    product = form.text("product")
    if partij_id is None or product not in diensten.producten:
        raise InvalidInput(detail="Zoek eerst de klant, en kies dan wat hij wil aanvragen.")
    klantbeeld = await diensten.klantinzage.klantbeeld(partij_id, wie, doel_for_product(product))
    async with diensten.open_werk() as werk:
        interactie_id = await diensten.behandelingen.begin(
            werk, product, kanaal, at, partij_id=partij_id, bekend=known_values(klantbeeld), actor_id=wie.id
        )
        interactie = await werk.interacties.get(interactie_id)
        if interactie.begonnen_op < at:  # a draft that he began before, maybe on another kanaal
            await diensten.wissel.switch(werk, interactie, kanaal, at)
        await diensten.wissel.hold(werk, interactie_id, wie.id, at)
    return see_other(request, link(f"/balie/{interactie_id}", kanaal=kanaal))


def _code(typed: str) -> str:
    """The code, or the end of the link in a QR code: a scanner without JavaScript sends all of it."""
    return typed.rstrip("/").replace("=", "/").replace("#", "/").rpartition("/")[2]


def _page(request: AnyRequest, fields: dict[str, str], refused: SchakelError | None = None) -> Response[bytes]:
    context: dict[str, Any] = {name: fields.get(name, "") for name in ("code", "klant", "v", "kanaal")}
    return render(
        request,
        "medewerker/contact/balie.html",
        status_code=refused.status if refused else 200,
        fout=f"{refused.title}. {refused.advice}" if refused else "",
        **context,
    )
