# SPDX-License-Identifier: EUPL-1.2
"""GET /beheer/normen: the 92 requirements with what shows them; known only where the source code stands."""

import asyncio
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from litestar import Response, get
from litestar.params import FromQuery

from schakel.kit.normen import OUTCOMES, SHOWN, Stand, judge_all, read_omnichannel
from schakel.web.beheer.blad import BEHEERDER
from schakel.web.page import AnyRequest, render

ROOT = Path(__file__).parents[4]
#: The groups of the requirements, by the letters of their ids; the others are principles, named by their first one.
GROEPEN = {"NO": "NORA", "GE": "GEMMA", "VN": "VNG", "ST": "Standaarden en wetten"}


class Groep(NamedTuple):
    """Requirements that belong together."""

    naam: str
    standen: Sequence[Stand]


@get("/beheer/normen", guards=[BEHEERDER], include_in_schema=False)
async def normen(request: AnyRequest, toon: FromQuery[str] = "") -> Response[bytes]:
    standen = await asyncio.to_thread(_standen, _moment()) if _has_source() else ()
    shown = [one for one in standen if one.staat != SHOWN] if toon == "open" else standen
    return render(
        request,
        "beheer/normen.html",
        standen=standen,
        aangetoond=[one for one in standen if one.staat == SHOWN],
        groepen=_groups(shown, {one.norm.id: one.norm.kort for one in standen}),
        alleen_open=toon == "open",
        SHOWN=SHOWN,
    )


def _has_source() -> bool:
    return (ROOT / "tests").is_dir() and (ROOT / "normen").is_dir()


def _moment() -> float:
    """Of the last run of the tests: what was found holds until the next one."""
    outcomes = ROOT / OUTCOMES
    return outcomes.stat().st_mtime if outcomes.is_file() else 0.0


@lru_cache(maxsize=1)
def _standen(_: float) -> Sequence[Stand]:
    """Reads every source file, which takes seconds."""
    return judge_all(ROOT, read_omnichannel(ROOT))


def _groups(standen: Sequence[Stand], kort: dict[str, str]) -> list[Groep]:
    found: dict[str, list[Stand]] = {}
    for stand in standen:
        found.setdefault(stand.norm.id.partition("-")[0], []).append(stand)
    return [Groep(GROEPEN.get(letters) or kort[f"{letters}-0"], group) for letters, group in found.items()]
