# SPDX-License-Identifier: EUPL-1.2
"""/beheer/processen: which versions there are and which is in force, what they say, and putting in a new one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from schakel.kit.errors import InvalidInput, NotFound
from schakel.proceslogica.contract import Bevinding, ModelRefused, Modelversie
from schakel.web.beheer import woorden
from schakel.web.beheer.blad import BEHEERDER
from schakel.web.diensten import diensten_of
from schakel.web.formulier import Formulier, read_form
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.wie import medewerker_of

SUFFIXES = (".bpmn", ".dmn")
_KEY = re.compile(r"[\w.-]{1,200}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an upload was refused: one sentence for the field, or everything that was found in the model."""

    sentence: str = ""
    bevindingen: tuple[Bevinding, ...] = ()

    @property
    def status(self) -> int:
        return ModelRefused.status if self.bevindingen else InvalidInput.status


@get("/beheer/processen", guards=[BEHEERDER], include_in_schema=False)
async def processen(request: AnyRequest) -> Response[bytes]:
    return await _show_all(request)


@post("/beheer/processen", guards=[BEHEERDER], include_in_schema=False)
async def upload_any(request: AnyRequest) -> Response[bytes] | Response[None]:
    """A proces that is new here, or a version of one that is known."""
    try:
        versie = await _upload(request)
    except (InvalidInput, ModelRefused) as refused:
        return await _show_all(request, _told(refused))
    return see_other(request, f"/beheer/processen/{quote(versie.sleutel)}?geladen=ja")


@get("/beheer/processen/{sleutel:str}", guards=[BEHEERDER], include_in_schema=False)
async def proces(
    request: AnyRequest, sleutel: FromPath[str], versie: FromQuery[str] = "", geladen: FromQuery[str] = ""
) -> Response[bytes]:
    return await _show_one(request, sleutel, versie, geladen=geladen == "ja")


@post("/beheer/processen/{sleutel:str}", guards=[BEHEERDER], include_in_schema=False)
async def upload_one(request: AnyRequest, sleutel: FromPath[str]) -> Response[bytes] | Response[None]:
    """A new version of this proces, and of no other."""
    try:
        await _upload(request, only=sleutel)
    except (InvalidInput, ModelRefused) as refused:
        return await _show_one(request, sleutel, "", refusal=_told(refused))
    return see_other(request, f"/beheer/processen/{quote(sleutel)}?geladen=ja")


@get("/beheer/processen/bestand/{versie:str}/{naam:str}", guards=[BEHEERDER], include_in_schema=False)
async def download(request: AnyRequest, versie: FromPath[str], naam: FromPath[str]) -> Response[bytes]:
    """One file of a version, byte for byte as it came."""
    if not _KEY.fullmatch(versie):
        raise NotFound
    bestanden = await diensten_of(request).beheer.bestanden(versie)
    if naam not in bestanden:
        raise NotFound
    disposition = f"attachment; filename*=UTF-8''{quote(naam, safe='')}"
    return Response(bestanden[naam], media_type="application/xml", headers={"Content-Disposition": disposition})


async def _show_all(request: AnyRequest, refusal: Refusal | None = None) -> Response[bytes]:
    return render(
        request,
        "beheer/processen.html",
        status_code=refusal.status if refusal else 200,
        processen=await diensten_of(request).beheer.processen(),
        refusal=refusal,
    )


async def _show_one(
    request: AnyRequest, sleutel: str, versie: str, *, geladen: bool = False, refusal: Refusal | None = None
) -> Response[bytes]:
    if not _KEY.fullmatch(sleutel):
        raise NotFound
    diensten = diensten_of(request)
    async with diensten.open_werk() as werk:
        versies = await diensten.logica.versies(werk, sleutel)
        gekozen = next((each for each in versies if each.versie == versie), versies[0])
        stappen = await diensten.logica.describe(werk, gekozen.versie)
        tabellen = await diensten.logica.tabellen(werk, gekozen.versie)
    return render(
        request,
        "beheer/proces.html",
        status_code=refusal.status if refusal else 200,
        versies=versies,
        gekozen=gekozen,
        stappen=stappen,
        tabellen=tabellen,
        namen={tabel.sleutel: tabel.naam for tabel in tabellen},
        recent=await diensten.beheer.beslissingen([tabel.sleutel for tabel in tabellen], 10),
        woorden=woorden,
        geladen=geladen,
        refusal=refusal,
    )


async def _upload(request: AnyRequest, only: str = "") -> Modelversie:
    """In one transaction: refused means that nothing changed. Raises InvalidInput or ModelRefused."""
    diensten, bestanden = diensten_of(request), _bestanden(await read_form(request))
    async with diensten.open_werk() as werk:
        versie = await diensten.logica.upload(werk, bestanden, diensten.clock(), medewerker_of(request).id)
        if only and versie.sleutel != only:
            raise InvalidInput({"bestanden": f"Dit model hoort bij \u2018{versie.naam}\u2019. Bied het daar aan."})
    return versie


def _bestanden(formulier: Formulier) -> Mapping[str, bytes]:
    uploads = formulier.files("bestanden")
    if not uploads:
        raise InvalidInput({"bestanden": "Kies één of meer bestanden die eindigen op .bpmn of .dmn."})
    for upload in uploads:
        if not upload.naam.lower().endswith(SUFFIXES):
            raise InvalidInput({"bestanden": f"\u2018{upload.naam}\u2019 eindigt niet op .bpmn of .dmn."})
    if len({upload.naam for upload in uploads}) < len(uploads):
        raise InvalidInput({"bestanden": "Twee bestanden hebben dezelfde naam. Geef één ervan een andere naam."})
    return {upload.naam: upload.inhoud for upload in uploads}


def _told(refused: InvalidInput | ModelRefused) -> Refusal:
    if isinstance(refused, ModelRefused):
        return Refusal(bevindingen=refused.bevindingen)
    return Refusal(next(iter(refused.fields.values()), refused.detail))
