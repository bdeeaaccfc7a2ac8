# SPDX-License-Identifier: EUPL-1.2
"""/werk: the werkvoorraad, oldest promise first, of this medewerker or of the team."""

from dataclasses import dataclass
from uuid import UUID

import msgspec
from litestar import Response, get, post

from schakel.identiteit.wie import Medewerker
from schakel.kanaalintegratie.lezen import MEEST, Werkvoorraad
from schakel.kanaalintegratie.verdeling.poort import GeenRuimte
from schakel.kit.errors import Conflict
from schakel.web.diensten import Diensten, diensten_of
from schakel.web.medewerker.werk.aanbod import Eigenaanbod, aanbod_of
from schakel.web.medewerker.werk.stroom import current_id
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

MIJ, TEAM = "mij", "team"


@dataclass(frozen=True, slots=True)
class Lijst:
    """The list at the left: which tab is open, and what stands in it."""

    tab: str
    voorraad: Werkvoorraad
    eigen: Eigenaanbod

    @property
    def tabs(self) -> tuple[tuple[str, str, str], ...]:
        """Key, word and count of each tab."""
        counts = ((MIJ, "Van mij", self.voorraad.van_mij), (TEAM, "Team", self.voorraad.van_team))
        return tuple((tab, word, spell_count(count)) for tab, word, count in counts)

    @property
    def is_leeg(self) -> bool:
        return not self.voorraad.regels and not self.voorraad.aangeboden


async def lijst_of(diensten: Diensten, wie: Medewerker, wanted: str) -> Lijst:
    """The tab that was asked for; else his own work, and that of the team when he has none."""
    eigen = await aanbod_of(diensten, wie)
    if wanted != TEAM:
        voorraad = await diensten.inzien.werkvoorraad(wie, alleen_mij=True)
        if wanted == MIJ or voorraad.regels:
            return Lijst(MIJ, voorraad, eigen)
    return Lijst(TEAM, await diensten.inzien.werkvoorraad(wie, alleen_mij=False), eigen)


def spell_count(count: int) -> str:
    return str(count) if count < MEEST else f"{MEEST - 1}+"


@get("/werk", guards=[medewerker_only()], include_in_schema=False)
async def werk_page(request: AnyRequest) -> Response[bytes]:
    """The list, with nothing open beside it."""
    diensten, wie = diensten_of(request), medewerker_of(request)
    na = await current_id(diensten.levend)
    lijst = await lijst_of(diensten, wie, request.query_params.get("lijst", ""))
    return render(request, "medewerker/werk/werk.html", lijst=lijst, na=na, open_id=None)


@get("/werk/lijst", guards=[medewerker_only()], include_in_schema=False)
async def werk_lijst(request: AnyRequest) -> Response[bytes]:
    """The list anew, when the medewerker asks for it."""
    lijst = await lijst_of(diensten_of(request), medewerker_of(request), request.query_params.get("lijst", ""))
    return render(request, "medewerker/werk/lijst.html", lijst=lijst, open_id=_open_id(request))


@get("/werk/stand", guards=[medewerker_only()], include_in_schema=False)
async def werk_stand(request: AnyRequest) -> Response[bytes]:
    """What would stand in the list now, by key only: enough to say "3 nieuw", and nothing of a person."""
    wie, tab = medewerker_of(request), request.query_params.get("lijst", "")
    stand = await diensten_of(request).lezer.werkstand(wie.team, wie.id, alleen_mij=tab != TEAM)
    counts = {MIJ: spell_count(stand.van_mij), TEAM: spell_count(stand.van_team)}
    return Response(msgspec.json.encode({"ids": stand.ids, "tellingen": counts}), media_type="application/json")


@post("/werk/oudste", guards=[medewerker_only()], include_in_schema=False)
async def take_oldest(request: AnyRequest) -> Response[None]:
    """Pick up the work of the team with the oldest promise that nobody has."""
    diensten, wie = diensten_of(request), medewerker_of(request)
    voorraad = await diensten.inzien.werkvoorraad(wie, alleen_mij=False)
    for regel in voorraad.regels:
        if regel.regiehouder is not None:
            continue
        try:
            async with diensten.open_werk() as werk:
                await diensten.werkplek.claim(werk, regel.id, wie.id, diensten.clock())
        except GeenRuimte:
            raise
        except Conflict:  # a colleague was just before: the next one
            continue
        return see_other(request, f"/werk/{regel.id}")
    return see_other(request, f"/werk?lijst={TEAM}")


def _open_id(request: AnyRequest) -> UUID | None:
    try:
        return UUID(request.query_params.get("open", ""))
    except ValueError:
        return None
