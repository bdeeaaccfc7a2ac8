# SPDX-License-Identifier: EUPL-1.2
"""No durable step of the main road goes without a crash point, and the search for them sees what it must see."""

import shutil
from pathlib import Path

import pytest

import schakel
from tests.edge.rampen.duurzaam import named_in, without_crashpoint

PACKAGE = Path(schakel.__file__).parent
PLANTED = """
class Planted:
    async def writes(self, werk_id):
        async with self.open_werk() as werk:
            await werk.interacties.set_alarm(werk_id, "")
        {after}

    async def hands_on(self, werk_id):
        async with self.open_werk() as werk:
            await self.ontvangst.receive(werk, werk_id)
        {after}

    async def reads(self, werk_id):
        async with self.open_werk() as werk:
            return await werk.originelen.registered_as(werk_id)

    async def take_once(self, werk: Behandelwerk, sleutel: str):
        {within}
        await self.submit(werk, sleutel)
"""


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A copy of what is searched, to plant in."""
    for folder in ("storage", "kanaalintegratie", "proceslogica"):
        shutil.copytree(PACKAGE / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_every_durable_step_of_the_main_road_has_its_crash_point() -> None:
    assert without_crashpoint(PACKAGE) == []


def test_every_crash_point_lies_at_exactly_one_place() -> None:
    odd = {name: how for name, how in named_in(PACKAGE).items() if len(how) != 2 or how.count("register") != 1}
    assert odd == {}


@pytest.mark.parametrize(
    ("after", "within", "found"),
    [
        ("return werk_id", "pass", [3, 8, 16]),
        ("await self.tell()\n        crashpoints.reached('x.y')", "pass", [3, 9, 18]),
        ("crashpoints.reached('x.y')", "werk.reaches('x.y')", []),
    ],
)
def test_a_planted_step_without_one_is_found(planted: Path, after: str, within: str, found: list[int]) -> None:
    module = planted / "kanaalintegratie" / "planted.py"
    module.write_text(PLANTED.format(after=after, within=within).lstrip())
    assert without_crashpoint(planted) == [f"kanaalintegratie/planted.py:{line}" for line in found]


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("kanaalintegratie/inbox.py", 'crashpoints.reached("inbox.geregistreerd")'),
        ("kanaalintegratie/verzending.py", 'crashpoints.reached("verzending.uitkomst_vastgelegd")'),
        ("proceslogica/behandeling.py", 'werk.reaches("stap.gezet")'),
    ],
)
def test_taking_one_away_is_found(planted: Path, module: str, line: str) -> None:
    code = (planted / module).read_text()
    assert code.count(line) == 1
    (planted / module).write_text(code.replace(line, "pass"))
    assert [place.rpartition(":")[0] for place in without_crashpoint(planted)] == [module]
