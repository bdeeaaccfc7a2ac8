# SPDX-License-Identifier: EUPL-1.2
"""/klant/{partij}: first who it is, by questions or legitimatie; then what we know, and what to do."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from schakel.identiteit.vaststelling import Middel, NietVastgesteld, Vaststelling
from schakel.kanaalintegratie.interactie import InteractieStatus
from schakel.kit.errors import Forbidden, InvalidInput
from schakel.klantbeeld.beeld import Klantbeeld
from schakel.regie.doelen import HERKENNEN, VRAAG
from schakel.relatiebeheer.samenvoegen import Paar
from schakel.web.diensten import diensten_of
from schakel.web.formulier import Formulier, read_form
from schakel.web.medewerker.contact.beeld import contacten_of, feiten_of, naam_of, verzoeken_of
from schakel.web.medewerker.contact.controle import Controlevraag, antwoorden_of, needs_contact, vragen_for
from schakel.web.medewerker.contact.kanalen import usual_kanaal
from schakel.web.medewerker.contact.vaststellen import (
    link,
    read_vaststelling,
    require_vaststelling,
    sign_vaststelling,
    uuid_of,
)
from schakel.web.page import AnyRequest, is_htmx, render, see_other
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

CONCEPT = InteractieStatus.CONCEPT


@get("/klant/{partij_id:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def klant_page(request: AnyRequest, partij_id: FromPath[UUID]) -> Response[bytes]:
    """The klantbeeld when it is established who this is; the questions when not."""
    diensten, token = diensten_of(request), request.query_params.get("v", "")
    voor = uuid_of(request.query_params.get("voor", ""))
    vaststelling = read_vaststelling(request, partij_id, token, diensten.clock())
    if vaststelling is None:
        return await _ask(request, partij_id, Formulier(), voor)
    klantbeeld = await diensten.klantinzage.klantbeeld(partij_id, medewerker_of(request), VRAAG)
    return render(
        request,
        "medewerker/contact/klant.html",
        partij_id=partij_id,
        naam=naam_of(klantbeeld),
        vaststelling=vaststelling,
        klantbeeld=klantbeeld,
        feiten=feiten_of(klantbeeld),
        contacten=contacten_of(klantbeeld),
        verzoeken=verzoeken_of(klantbeeld),
        producten=[product for product in diensten.producten.values() if product.proces],
        productnamen={product.sleutel: product.naam for product in diensten.producten.values()},
        v=token,
        voor=voor,
        registreer=link("/registreren", klant=partij_id, v=token),
        dubbelen=await _doubles(request, partij_id),
    )


@post("/klant/{partij_id:uuid}/controle", status_code=200, guards=[medewerker_only()], include_in_schema=False)
async def check(request: AnyRequest, partij_id: FromPath[UUID]) -> Response[bytes]:
    """The klant has answered one question: show what we have, so that the medewerker can compare."""
    form = await read_form(request)
    return await _ask(request, partij_id, form, uuid_of(form.text("voor")))


@post("/klant/{partij_id:uuid}/vaststellen", guards=[medewerker_only()], include_in_schema=False)
async def decide(request: AnyRequest, partij_id: FromPath[UUID]) -> Response[bytes] | Response[None]:
    """Enough right answers, or a legitimatie seen: open the klantbeeld. Not enough: say so, and keep what was asked."""
    form = await read_form(request)
    voor = uuid_of(form.text("voor"))
    klantbeeld, vragen = await _questions(request, partij_id, form)
    goed = sum(vraag.is_goed for vraag in vragen)
    middel = Middel.LEGITIMATIE if form.flag("legitimatie") else Middel.CONTROLEVRAGEN
    try:
        if not _is_comparable(klantbeeld):
            raise NietVastgesteld  # invariant 6: a record of who was never identified is not upgraded
        token = sign_vaststelling(request, partij_id, middel, goed, diensten_of(request).clock())
    except NietVastgesteld as refused:
        return _questions_page(request, partij_id, klantbeeld, vragen, voor, refused)
    return see_other(request, link(f"/klant/{partij_id}", v=token, voor=voor))


@post("/klant/{partij_id:uuid}/koppel", guards=[medewerker_only()], include_in_schema=False)
async def connect(request: AnyRequest, partij_id: FromPath[UUID]) -> Response[None]:
    """The Interactie of which the klant was not known turns out to be of this one."""
    form, diensten, wie = await read_form(request), diensten_of(request), medewerker_of(request)
    interactie_id, at = uuid_of(form.text("voor")), diensten.clock()
    vaststelling = require_vaststelling(request, partij_id, form.text("v"), at)
    if interactie_id is None:
        raise InvalidInput(detail="Kies eerst bij welke vraag deze klant hoort.")
    beeld = await diensten.inzien.interactie(wie, interactie_id)
    async with diensten.open_werk() as werk:
        await diensten.werkplek.identify(werk, interactie_id, partij_id, wie.id, vaststelling, at)
        if beeld.status == CONCEPT:
            await diensten.wissel.hold(werk, interactie_id, wie.id, at)
    if beeld.status == CONCEPT:
        return see_other(request, link(f"/balie/{interactie_id}", kanaal=usual_kanaal(request)))
    return see_other(request, f"/werk/{interactie_id}")


def established(request: AnyRequest, form: Formulier) -> tuple[UUID | None, Vaststelling | None]:
    """The klant that a form speaks of, when it is established who that is."""
    partij_id = uuid_of(form.text("klant"))
    if partij_id is None:
        return None, None
    return partij_id, require_vaststelling(request, partij_id, form.text("v"), diensten_of(request).clock())


async def _doubles(request: AnyRequest, partij_id: UUID) -> Sequence[Paar]:
    """Who may be the same klant, for who may do something about it."""
    dubbelen = diensten_of(request).dubbelen
    try:
        return await dubbelen.of_partij(partij_id, dubbelen.medewerker(medewerker_of(request)))
    except Forbidden:
        return ()


async def _questions(request: AnyRequest, partij_id: UUID, form: Formulier) -> tuple[Klantbeeld, list[Controlevraag]]:
    diensten, wie = diensten_of(request), medewerker_of(request)
    klantbeeld = await diensten.klantinzage.klantbeeld(partij_id, wie, HERKENNEN)
    antwoorden = antwoorden_of(klantbeeld)
    if needs_contact(form):
        antwoorden |= antwoorden_of(await diensten.klantinzage.klantbeeld(partij_id, wie, VRAAG))
    return klantbeeld, list(vragen_for(antwoorden, form))


async def _ask(request: AnyRequest, partij_id: UUID, form: Formulier, voor: UUID | None) -> Response[bytes]:
    klantbeeld, vragen = await _questions(request, partij_id, form)
    return _questions_page(request, partij_id, klantbeeld, vragen, voor)


def _questions_page(
    request: AnyRequest,
    partij_id: UUID,
    klantbeeld: Klantbeeld,
    vragen: list[Controlevraag],
    voor: UUID | None,
    refused: NietVastgesteld | None = None,
) -> Response[bytes]:
    part = is_htmx(request) and refused is None
    return render(
        request,
        "medewerker/contact/controlevragen.html" if part else "medewerker/contact/vaststellen.html",
        status_code=refused.status if refused else 200,
        partij_id=partij_id,
        naam=naam_of(klantbeeld),
        vragen=vragen,
        goed=sum(vraag.is_goed for vraag in vragen),
        te_weinig=not _is_comparable(klantbeeld),
        meldingen=klantbeeld.meldingen,
        fout=refused,
        voor=voor,
    )


def _is_comparable(klantbeeld: Klantbeeld) -> bool:
    """Whether a register knows anything to compare an answer or a legitimatie with."""
    return bool(antwoorden_of(klantbeeld))
