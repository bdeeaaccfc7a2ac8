# SPDX-License-Identifier: EUPL-1.2
"""GET /beslissing/{id}: why it was decided so: the rule that was hit, its ground, and what the klant reads (GE-10)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from schakel.kanaalintegratie.beheer import Beslissingregel, ZelfdeFeiten
from schakel.kanaalintegratie.verzoek import Waarde
from schakel.kit.errors import Forbidden
from schakel.proceslogica.contract import Behandelstand, Tabelbeeld
from schakel.web.beheer import woorden
from schakel.web.diensten import Diensten, diensten_of
from schakel.web.page import AnyRequest, render
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

GROND, REDEN = "grond", "reden"
"""What a decision calls those of its outputs that say by what law it goes, and why, to the klant."""


class Feitregel(NamedTuple):
    """One fact that was used, and where it came from if a klant or a bron gave it."""

    label: str
    waarde: str
    herkomst: Waarde | None


class Geraakt(NamedTuple):
    """A table with the numbers of the rules that were hit."""

    tabel: Tabelbeeld
    regels: frozenset[int]


class Zelfde(NamedTuple):
    """Other decisions on the same facts, and how many of them came out as this one."""

    groepen: Sequence[ZelfdeFeiten]
    aantal: int
    gelijk: int


@get("/beslissing/{beslissing_id:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def beslissing(request: AnyRequest, beslissing_id: FromPath[UUID]) -> Response[bytes]:
    diensten = diensten_of(request)
    regel = await diensten.beheer.beslissing(beslissing_id)
    mag = await _may_see_facts(request, diensten, regel)
    tabellen, in_kracht = await _tables(diensten, regel)
    stand = await _stand(diensten, regel) if mag else None
    uitkomst = regel.uitkomst if isinstance(regel.uitkomst, Mapping) else {}
    besluit = _outcome(regel, tabellen[0].tabel)
    return render(
        request,
        "beheer/beslissing.html",
        regel=regel,
        mag=mag,
        geraakt=tabellen,
        naam=tabellen[0].tabel.naam,
        in_kracht=in_kracht,
        feiten=_facts(regel, [each.tabel for each in tabellen], stand) if mag else [],
        besluit=besluit,
        waarom=_reasons(regel),
        grond=uitkomst.get(GROND),
        reden=uitkomst.get(REDEN),
        fasen=stand.stand.fasen if stand and stand.stand else (),
        zelfde=_compare(regel, await diensten.beheer.same_feiten(regel.id)),
        woorden=woorden,
    )


async def _may_see_facts(request: AnyRequest, diensten: Diensten, regel: Beslissingregel) -> bool:
    """The facts are the klant's: seen by who may see the Interactie, and then it is logged. The rules are anyone's."""
    if regel.interactie_id is None:
        return True
    try:
        await diensten.inzien.interactie(medewerker_of(request), regel.interactie_id)  # NO-8
    except Forbidden:
        return False
    return True


async def _tables(diensten: Diensten, regel: Beslissingregel) -> tuple[list[Geraakt], bool]:
    """The table of this decision first, then those it asked; and whether this version is still in force."""
    hits: dict[str, set[int]] = defaultdict(set)
    for text in regel.geraakt:
        naam, _, nummer = text.rpartition(": ")
        hits[naam].add(int(nummer))
    async with diensten.open_werk() as werk:
        tabellen = await diensten.logica.tabellen(werk, regel.versie)
        in_kracht = await werk.modellen.in_force(regel.sleutel) == regel.versie
    main = [tabel for tabel in tabellen if tabel.sleutel == regel.sleutel]
    asked = [tabel for tabel in tabellen if tabel.naam in hits and tabel not in main]
    return [Geraakt(each, frozenset(hits[each.naam])) for each in (*main, *asked)], in_kracht


async def _stand(diensten: Diensten, regel: Beslissingregel) -> Behandelstand | None:
    if regel.interactie_id is None:
        return None
    async with diensten.open_werk() as werk:
        return await diensten.behandelingen.behandelstand(werk, regel.interactie_id)


def _outcome(regel: Beslissingregel, tabel: Tabelbeeld) -> list[tuple[str, str]]:
    """What was decided, by the names of the columns; ground and reason are shown apart."""
    if not isinstance(regel.uitkomst, Mapping):
        return [("Uitkomst", woorden.spell(regel.uitkomst))]
    labels = [kolom.label for kolom in tabel.uitvoer]
    if len(labels) != len(regel.uitkomst):
        labels = [woorden.label(name, {}) for name in regel.uitkomst]
    named = zip(labels, regel.uitkomst.items(), strict=True)
    return [(label, woorden.spell(value)) for label, (name, value) in named if name not in (GROND, REDEN)]


def _reasons(regel: Beslissingregel) -> list[tuple[str, list[str]]]:
    """Rule and phrases, the last table first: it is the one that decided."""
    hits = regel.geraakt if len(regel.geraakt) == len(regel.redenen) else [""] * len(regel.redenen)
    parts = [hit.rpartition(": ") for hit in hits]
    rules = [f"{naam} Regel {nummer} paste." if nummer else "" for naam, _, nummer in parts]
    return [(rule, reden.split("; ")) for rule, reden in zip(rules, regel.redenen, strict=True)][::-1]


def _facts(regel: Beslissingregel, tabellen: Sequence[Tabelbeeld], stand: Behandelstand | None) -> list[Feitregel]:
    known = woorden.labels(tabellen)
    given = stand.verzoek.gegevens if stand and stand.verzoek else {}
    return [
        Feitregel(woorden.label(name, known), woorden.spell(value), given.get(name))
        for name, value in regel.feiten.items()
    ]


def _compare(regel: Beslissingregel, groepen: Sequence[ZelfdeFeiten]) -> Zelfde:
    same = sum(groep.aantal for groep in groepen if groep.uitkomst == regel.uitkomst)
    return Zelfde(groepen, sum(groep.aantal for groep in groepen), same)
