# SPDX-License-Identifier: EUPL-1.2
"""/beheer/verdeling: by which rules work is divided, how full everybody is, and what other rules would have done."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from schakel.begrippen.kanaal import Kanaal
from schakel.identiteit.wie import Rol
from schakel.kanaalintegratie.verdeling.beheer import spell_versie
from schakel.kanaalintegratie.verdeling.feiten import uiterlijk_van
from schakel.kanaalintegratie.verdeling.regels import CRITERIA, Verdeelregels, in_woorden, verschillen
from schakel.kanaalintegratie.verdeling.simulatie import Aankomst, Kanaaluitkomst, simulate
from schakel.kit.errors import Conflict, Forbidden, InvalidInput, NotFound
from schakel.web.beheer.blad import METEN
from schakel.web.diensten import Diensten, diensten_of
from schakel.web.formulier import Formulier, read_form
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.wie import medewerker_of

_MAX_CAPACITEIT = 1000
_NUMBER = re.compile(r"-?[0-9]{1,6}([.,][0-9]{1,4})?")
_GEHEEL = {
    "capaciteit": "Ruimte per medewerker, in eenheden",
    "aanbiedtijd": "Seconden om aan te nemen",
    "gemist": "Gemist tot iemand op afwezig gaat",
    "onderbrekingen": "Zo vaak mag één werkitem wijken",
    "vooruitblik": "Seconden vooruit kijken",
}
_GEBROKEN = {"macht": "Hoe steil lang wachten oploopt", "spoed": "Zoveel keer telt spoed"}


class Vergelijking(NamedTuple):
    """One kanaal on that day: as it would be by the rules of now, and by those that are proposed."""

    kanaal: Kanaal
    nu: Kanaaluitkomst
    straks: Kanaaluitkomst


class Proef(NamedTuple):
    """What was proposed, and what it would have done."""

    regels: Verdeelregels
    verschillen: Sequence[str]
    dag: date | None
    aantal: int
    uitkomsten: Sequence[Vergelijking]


@get("/beheer/verdeling", guards=[METEN], include_in_schema=False)
async def verdeling(request: AnyRequest) -> Response[bytes]:
    return await _shown(request)


async def _shown(
    request: AnyRequest, *, proef: Proef | None = None, fouten: Mapping[str, str] | None = None, invoer: Any = None
) -> Response[bytes]:
    diensten = diensten_of(request)
    beheer, wie = diensten.verdeelbeheer, medewerker_of(request)
    versies = await beheer.versies()
    async with diensten.open_werk() as werk:
        teams = dict(await diensten.lezer.teams())
        van_kracht = await werk.verdelingen.van_kracht()
    regels = proef.regels if proef else van_kracht.regels
    return render(
        request,
        "beheer/verdeling.html",
        status_code=400 if fouten else 200,
        van_kracht=van_kracht,
        in_woorden=in_woorden(van_kracht.regels),
        velden=invoer or as_fields(regels),
        geheel=_GEHEEL,
        gebroken=_GEBROKEN,
        criteria=CRITERIA,
        kanalen=sorted(van_kracht.regels.kanalen),
        proef=proef,
        fouten=fouten or {},
        versies=[(versie, spell_versie(versies, place)) for place, versie in enumerate(versies)],
        medewerkers=await beheer.medewerkers(),
        eigen_team=None if Rol.BEHEERDER in wie.rollen else wie.team,
        teams=teams,
        wijzigingen=await beheer.capaciteitwijzigingen(),
        wachtrijen=await beheer.wachtrijen(),
        beslissingen=await beheer.beslissingen(),
    )


@post("/beheer/verdeling/proef", status_code=200, guards=[METEN], include_in_schema=False)
async def try_out(request: AnyRequest) -> Response[bytes]:
    """What these rules would have done with the last day on which anything came in; nothing changes yet (KI-1)."""
    diensten, form = diensten_of(request), (await read_form(request)).checked()
    async with diensten.open_werk() as werk:
        nu = (await werk.verdelingen.van_kracht()).regels
    try:
        straks = read_regels(nu, form)
    except InvalidInput as fout:
        return await _shown(request, fouten=fout.fields, invoer=form.fields())
    return await _shown(request, proef=await _compare(diensten, nu, straks))


@post("/beheer/verdeling", guards=[METEN], include_in_schema=False)
async def put_in_force(request: AnyRequest) -> Response[Any]:
    """From now on, for everyone, with who, when and why."""
    diensten, form, wie = diensten_of(request), (await read_form(request)).checked(), medewerker_of(request)
    reden, na = form.text("reden", longest=500), _whole(form.text("na"), 0)
    async with diensten.open_werk() as werk:
        nu = (await werk.verdelingen.van_kracht()).regels
    try:
        straks = read_regels(nu, form)
        if not reden:
            raise InvalidInput({"reden": "Schrijf in één zin waarom u dit verandert."})
        if straks == nu:
            raise InvalidInput({"reden": "U veranderde nog niets."})
        await diensten.verdeelbeheer.put_in_force(straks, na, wie.id, reden, diensten.clock())
    except InvalidInput as fout:
        return await _shown(request, fouten=fout.fields, invoer=form.fields())
    except Conflict as fout:
        return await _shown(request, fouten={"reden": fout.detail}, invoer=form.fields())
    return see_other(request, "/beheer/verdeling")


@post("/beheer/verdeling/herstel/{versie:int}", guards=[METEN], include_in_schema=False)
async def restore(request: AnyRequest, versie: FromPath[int]) -> Response[Any]:
    """An earlier version in force again; that is a version too, so nothing of what happened is lost."""
    diensten, form, wie = diensten_of(request), (await read_form(request)).checked(), medewerker_of(request)
    versies = await diensten.verdeelbeheer.versies()
    old = next((each for each in versies if each.versie == versie), None)
    if old is None:
        raise NotFound
    reden = f"Terug naar versie {versie}"
    na = _whole(form.text("na"), 0)
    await diensten.verdeelbeheer.put_in_force(old.regels, na, wie.id, reden, diensten.clock(), versie)
    return see_other(request, "/beheer/verdeling")


@post("/beheer/verdeling/capaciteit/{actor_id:uuid}", guards=[METEN], include_in_schema=False)
async def set_capaciteit(request: AnyRequest, actor_id: FromPath[UUID]) -> Response[Any]:
    """How much this medewerker can carry from now on (KI-3)."""
    diensten, form, wie = diensten_of(request), (await read_form(request)).checked(), medewerker_of(request)
    regel = next((each for each in await diensten.verdeelbeheer.medewerkers() if each.actor_id == actor_id), None)
    if regel is None:
        raise NotFound
    if Rol.BEHEERDER not in wie.rollen and regel.team != wie.team:
        raise Forbidden
    gewenst, reden = _whole(form.text("gewenst"), -1), form.text("reden", longest=500)
    if not 0 <= gewenst <= _MAX_CAPACITEIT:
        return await _shown(request, fouten={"gewenst": f"Kies een ruimte van 0 tot en met {_MAX_CAPACITEIT}."})
    if not reden:
        return await _shown(request, fouten={"gewenst": "Schrijf in een paar woorden waarom u dit verandert."})
    await diensten.verdeelbeheer.set_capaciteit(actor_id, gewenst, wie.id, reden, diensten.clock())
    return see_other(request, "/beheer/verdeling#mensen")


async def _compare(diensten: Diensten, nu: Verdeelregels, straks: Verdeelregels) -> Proef:
    dag, verkeer = await diensten.verdeelbeheer.verkeer_before(diensten.clock())
    inzetten = await diensten.verdeelbeheer.iedereen()

    def aankomsten(regels: Verdeelregels) -> list[Aankomst]:
        found = []
        for punt in verkeer:
            kanaal = Kanaal(punt.kanaal)
            duiding = diensten.dienst.interpret("", "", punt.product)
            belofte = diensten.dienst.promise(duiding, kanaal, punt.begonnen_op).uiterlijk
            uiterlijk = uiterlijk_van(punt.begonnen_op, belofte, regels.kanaal(kanaal, live=True).wachttijd)
            groep = duiding.product.productgroep if duiding.product else ""
            duur = _duur(punt.begonnen_op, punt.beeindigd_op)
            found.append(Aankomst(kanaal, duiding.team, groep, punt.begonnen_op, uiterlijk, duur))
        return found

    def both() -> list[list[Kanaaluitkomst]]:
        return [simulate(aankomsten(regels), inzetten, regels) for regels in (nu, straks)]

    old, new = await asyncio.to_thread(both)
    pairs = [Vergelijking(one.kanaal, one, other) for one, other in zip(old, new, strict=True)]
    return Proef(straks, verschillen(nu, straks), dag, len(verkeer), pairs)


def _duur(begin: datetime, end: datetime | None) -> timedelta | None:
    """A contact that ended when it began was not timed."""
    return end - begin if end is not None and end > begin else None


def as_fields(regels: Verdeelregels) -> dict[str, str]:
    """The rules as the form shows them."""
    found = {name: str(getattr(regels, name)) for name in _GEHEEL}
    found |= {name: _spell(getattr(regels, name)) for name in _GEBROKEN}
    found |= {f"criteria.{name}": _spell(gewicht) for name, gewicht in regels.criteria.items()}
    found["noodstand"] = "ja" if regels.noodstand else ""
    for naam, kanaal in regels.kanalen.items():
        found |= {
            f"{naam}.eenheden": str(kanaal.eenheden),
            f"{naam}.gewicht": _spell(kanaal.gewicht),
            f"{naam}.wachttijd": str(kanaal.wachttijd),
            f"{naam}.onderbreekbaar": "ja" if kanaal.onderbreekbaar else "",
        }
    return found


def read_regels(nu: Verdeelregels, form: Formulier) -> Verdeelregels:
    """The rules of the form, on those in force. Raises InvalidInput with every fault."""
    fouten: dict[str, str] = {}

    def number(name: str) -> float:
        text = form.text(name, longest=12)
        if _NUMBER.fullmatch(text):
            return float(text.replace(",", "."))
        fouten[name] = "Schrijf hier een getal."
        return 0.0

    kanalen = {
        naam: msgspec.structs.replace(
            kanaal,
            eenheden=int(number(f"{naam}.eenheden")),
            gewicht=number(f"{naam}.gewicht"),
            wachttijd=int(number(f"{naam}.wachttijd")),
            onderbreekbaar=form.flag(f"{naam}.onderbreekbaar"),
        )
        for naam, kanaal in nu.kanalen.items()
    }
    straks = msgspec.structs.replace(
        nu,
        **{name: int(number(name)) for name in _GEHEEL},
        **{name: number(name) for name in _GEBROKEN},
        criteria={name: number(f"criteria.{name}") for name in CRITERIA},
        kanalen=kanalen,
        noodstand=form.flag("noodstand"),
    )
    if fouten:
        raise InvalidInput(fouten)
    return straks.check()


def _spell(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise
