# SPDX-License-Identifier: EUPL-1.2
"""/beheer/abonnementen: which systems are told what happens in the register, how that goes, and helping it on."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from schakel.kit.clock import AMSTERDAM
from schakel.kit.errors import InvalidInput
from schakel.kit.projection import Invalid
from schakel.relatiebeheer.notificaties.abonnement import Aanvraag, Stand, Vorm
from schakel.relatiebeheer.notificaties.topics import ACTIES, BY_TABLE, TOPICS, Keuze
from schakel.relatiebeheer.register.poorten import Refused
from schakel.web.beheer.blad import BEHEERDER
from schakel.web.diensten import diensten_of
from schakel.web.formulier import Formulier, read_form
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.wie import medewerker_of

log = logging.getLogger(__name__)
PAD = "/beheer/abonnementen"
VORMEN: Mapping[str, tuple[str, str]] = {
    Vorm.NOTIFICATIES: ("Notificaties", "Zoals de Notificaties API van VNG het voorschrijft."),
    Vorm.CLOUDEVENTS: ("CloudEvents", "Volgens het profiel NL GOV CloudEvents."),
    Vorm.DOORGEVEN: ("Doorgeven", "Aan een andere Notificaties API, zoals Open Notificaties. Die vertelt het verder."),
}
GEDAAN: Mapping[str, str] = {
    "gemaakt": "Het abonnement loopt. Het andere systeem antwoordde op onze proef.",
    "loopt": "Het abonnement loopt weer, vanaf waar het was.",
    "pauze": "Het abonnement staat stil. Wij bewaren wat er gebeurt.",
    "ingetrokken": "Het abonnement is weg. Dit systeem krijgt niets meer van ons.",
    "opnieuw": "Wij sturen het opnieuw.",
    "niets": "Er was niets om opnieuw te sturen.",
}
_LAST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Ingevuld:
    """A form as it was filled in, with what is wrong with it."""

    waarden: Mapping[str, str] = field(default_factory=dict)
    kanalen: tuple[str, ...] = ()
    fouten: Mapping[str, str] = field(default_factory=dict)


@get(PAD, guards=[BEHEERDER], include_in_schema=False)
async def abonnementen(request: AnyRequest, gedaan: FromQuery[str] = "") -> Response[bytes]:
    return await _show_all(request, gedaan=gedaan)


@post(PAD, guards=[BEHEERDER], include_in_schema=False)
async def add(request: AnyRequest) -> Response[bytes] | Response[None]:
    """Only a system that answers to a first call gets one."""
    formulier = await read_form(request)
    try:
        abonnement_id = await diensten_of(request).abonneren.add(_aanvraag(formulier))
    except (Refused, InvalidInput) as wrong:
        fouten = _fouten(wrong.invalid) if isinstance(wrong, Refused) else wrong.fields
        kept = Ingevuld(formulier.fields("auth"), tuple(formulier.texts("kanalen")), fouten)
        return await _show_all(request, ingevuld=kept)
    _note(request, abonnement_id, "gemaakt")
    return see_other(request, f"{PAD}/{abonnement_id}?gedaan=gemaakt")


@get(f"{PAD}/{{abonnement_id:uuid}}", guards=[BEHEERDER], include_in_schema=False)
async def abonnement(
    request: AnyRequest, abonnement_id: FromPath[UUID], gedaan: FromQuery[str] = ""
) -> Response[bytes]:
    return await _show_one(request, abonnement_id, gedaan=gedaan)


@post(f"{PAD}/{{abonnement_id:uuid}}/stand", guards=[BEHEERDER], include_in_schema=False)
async def set_stand(request: AnyRequest, abonnement_id: FromPath[UUID]) -> Response[None]:
    """Pause or resume."""
    wanted = (await read_form(request)).text("stand")
    if wanted not in (Stand.LOOPT, Stand.PAUZE):
        raise InvalidInput(detail="Kies hervatten of pauzeren.")
    await diensten_of(request).abonneren.opslag.set_stand(abonnement_id, Stand(wanted))
    _note(request, abonnement_id, wanted)
    return see_other(request, f"{PAD}/{abonnement_id}?gedaan={wanted}")


@post(f"{PAD}/{{abonnement_id:uuid}}/opnieuw", guards=[BEHEERDER], include_in_schema=False)
async def replay(request: AnyRequest, abonnement_id: FromPath[UUID]) -> Response[bytes] | Response[None]:
    """Send again from a moment, from a number, or from the first line that was refused."""
    formulier = await read_form(request)
    try:
        since, number = _since(formulier.text("moment")), _number(formulier.text("nummer"))
        if formulier.text("wat") != "geweigerd" and since is None and number is None:
            raise InvalidInput({"moment": "Vul een moment of een nummer in."})
    except InvalidInput as wrong:
        kept = Ingevuld(formulier.fields(), fouten=wrong.fields)
        return await _show_one(request, abonnement_id, ingevuld=kept)
    lines = await diensten_of(request).abonneren.opslag.replay(abonnement_id, since=since, number=number)
    _note(request, abonnement_id, f"opnieuw: {lines} regels")
    return see_other(request, f"{PAD}/{abonnement_id}?gedaan={'opnieuw' if lines else 'niets'}")


@post(f"{PAD}/{{abonnement_id:uuid}}/intrekken", guards=[BEHEERDER], include_in_schema=False)
async def withdraw(request: AnyRequest, abonnement_id: FromPath[UUID]) -> Response[None]:
    await diensten_of(request).abonneren.opslag.withdraw(abonnement_id)
    _note(request, abonnement_id, "ingetrokken")
    return see_other(request, f"{PAD}?gedaan=ingetrokken")


async def _show_all(request: AnyRequest, *, gedaan: str = "", ingevuld: Ingevuld | None = None) -> Response[bytes]:
    return render(
        request,
        "beheer/abonnementen.html",
        status_code=InvalidInput.status if ingevuld else 200,
        regels=await diensten_of(request).abonneren.opslag.all(),
        ingevuld=ingevuld or Ingevuld({"vorm": Vorm.NOTIFICATIES}),
        vormen=VORMEN,
        kanalen=sorted(TOPICS),
        gedaan=GEDAAN.get(gedaan, ""),
    )


async def _show_one(
    request: AnyRequest, abonnement_id: UUID, *, gedaan: str = "", ingevuld: Ingevuld | None = None
) -> Response[bytes]:
    opslag = diensten_of(request).abonneren.opslag
    regel = await opslag.one(abonnement_id)
    return render(
        request,
        "beheer/abonnement.html",
        status_code=InvalidInput.status if ingevuld else 200,
        regel=regel,
        geweigerd=await opslag.dood(abonnement_id),
        ingevuld=ingevuld or Ingevuld(),
        vormen=VORMEN,
        topics=BY_TABLE,
        acties=ACTIES,
        gedaan=GEDAAN.get(gedaan, ""),
    )


def _aanvraag(formulier: Formulier) -> Aanvraag:
    vorm = formulier.text("vorm")
    if vorm not in VORMEN:
        raise InvalidInput({"vorm": "Kies een vorm."})
    keuzes = tuple(Keuze(naam, {}) for naam in formulier.texts("kanalen"))
    return Aanvraag(
        formulier.text("naam"), Vorm(vorm), formulier.text("url").rstrip("/"), formulier.text("auth"), keuzes
    )


def _fouten(invalid: tuple[Invalid, ...]) -> Mapping[str, str]:
    """By the field of the form."""
    names = {"callbackUrl": "url"}
    return {names.get(one.name, one.name.partition(".")[0]): one.reason for one in reversed(invalid)}


def _since(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)
    except ValueError:
        raise InvalidInput({"moment": "Vul een datum en tijd in, zoals 2026-11-25T09:00."}) from None


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and int(text[:20]) <= _LAST_NUMBER):
        raise InvalidInput({"nummer": "Vul een nummer in, alleen cijfers."})
    return int(text)


def _note(request: AnyRequest, abonnement_id: UUID, what: str) -> None:
    log.info("abonnement %s: %s door medewerker %s", abonnement_id, what, medewerker_of(request).id)
