# SPDX-License-Identifier: EUPL-1.2
"""A new version counts at once on every kanaal, a running case keeps its own, and a bad model changes nothing."""

import re
from collections.abc import Mapping

import pytest

from schakel.begrippen.kanaal import Kanaal
from schakel.proceslogica.voorbeelden import voorbeeld
from tests.edge.stad import Stad
from tests.edge.web.beheer.zaken import PROCES, PRODUCT, V2, begin, decision_of, hand_in, offer

BPMN, DMN = voorbeeld("parkeervergunning.bpmn"), voorbeeld("parkeervergunning.dmn")
SCRIPT = re.sub(
    rb"<bpmn:businessRuleTask id=\"geldigheid\".*?</bpmn:businessRuleTask>",
    b'<bpmn:scriptTask id="geldigheid" name="Reken"><bpmn:script>import os; os.system("id")</bpmn:script>'
    b"<bpmn:incoming>pijl_11</bpmn:incoming><bpmn:outgoing>pijl_12</bpmn:outgoing></bpmn:scriptTask>",
    BPMN,
    flags=re.DOTALL,
)
OVERLAP = DMN.replace(b"<text>&gt;= 1</text>", b"<text>&gt;= 0</text>")
PYTHON_CELL = DMN.replace(b"<text>&gt;= 1</text>", b"<text>__import__('os').system('id')</text>")
TWO_FAULTS = PYTHON_CELL.replace(b"<text>&gt;= 2</text>", b"<text>len(x)</text>")
REFUSED: Mapping[str, tuple[list[tuple[str, bytes]], list[str]]] = {
    "a script": ([("x.bpmn", SCRIPT)], ["Reken (geldigheid)", "Een script wordt niet ondersteund"]),
    "rules that overlap": ([("x.dmn", OVERLAP)], ["Mag de klant een parkeervergunning hebben?", "regel 2"]),
    "python in a cell": ([("x.dmn", PYTHON_CELL)], ["Mag de klant een parkeervergunning hebben?", "regel 5"]),
    "two faults at once": ([("x.dmn", TWO_FAULTS)], ["regel 5", "regel 9"]),
    "half a file": ([("x.bpmn", BPMN[:900])], ["niet goed"]),
    "no xml": ([("x.dmn", b"\x00\x01MZ")], ["niet goed"]),
    "an empty file": ([("x.dmn", b"")], ["niet goed"]),
    "an entity": ([("x.dmn", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>')], ["niet goed"]),
    "too large": ([("x.dmn", b"<definitions>" + b" " * 3_000_000 + b"</definitions>")], ["niet goed"]),
    "too many": ([(f"{n}.dmn", DMN + b" " * n) for n in range(21)], ["1 tot 20"]),
    "another ending": ([("regels.docx", DMN)], ["eindigt niet op .bpmn of .dmn"]),
    "a name that shows script": ([("<script>alert(1)</script>.txt", DMN)], ["&lt;script&gt;"]),
    "a name with NUL": ([("a\x00.exe\x00", DMN)], ["eindigt niet op"]),
    "the same name twice": ([("x.dmn", DMN), ("x.dmn", V2)], ["dezelfde naam"]),
    "no file": ([], ["Kies één of meer bestanden"]),
    "another proces": ([("vraag.bpmn", voorbeeld("vraag.bpmn"))], ["Bied het daar aan"]),
}


async def in_force(stad: Stad) -> tuple[int, int]:
    return await stad.value("select count(*) from procesmodel"), await stad.value(
        "select max(id) from proces_in_kracht"
    )


@pytest.mark.norm("PL-4")
async def test_a_new_version_decides_at_once_on_every_kanaal_and_a_running_case_keeps_its_own(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    running = await begin(stad)

    status, _ = await offer(kees, ("parkeervergunning_v2.dmn", V2))

    assert status == 303
    await hand_in(stad, running)
    old = await decision_of(stad, running)
    for naam, kanaal in (("Suzanne Moulin", Kanaal.BALIE), ("Karin Meijer", Kanaal.TELEFOON)):
        fresh = await begin(stad, naam, kanaal)
        await hand_in(stad, fresh, kanaal)
        new = await decision_of(stad, fresh)
        assert new.versie != old.versie
        assert new.feiten_hash == old.feiten_hash
        assert "2026" in str(new.uitkomst)
    assert "2025" in str(old.uitkomst)
    page = (await kees.get(f"{PROCES}?geladen=ja")).text
    assert "De nieuwe versie geldt." in page
    assert "Lopende zaken houden hun eigen versie" in page
    assert page.index(new.versie[:8]) < page.index(old.versie[:8])


@pytest.mark.parametrize("what", REFUSED)
async def test_what_cannot_be_used_is_refused_in_words_and_changes_nothing(stad: Stad, what: str) -> None:
    kees = await stad.log_in("kees")
    bestanden, words = REFUSED[what]
    before = await in_force(stad)
    for path in (PROCES, "/beheer/processen"):
        if what == "another proces" and path != PROCES:
            continue
        status, page = await offer(kees, *bestanden, path=path)
        assert status in (400, 422)
        assert [word for word in words if word not in page] == []
    assert await in_force(stad) == before


async def test_all_that_is_wrong_is_said_at_once_with_element_and_cell(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    _, page = await offer(kees, ("x.bpmn", SCRIPT), ("x.dmn", PYTHON_CELL))
    found = page.partition('id="geweigerd"')[2].partition("</section>")[0]
    assert "Reken (geldigheid)" in found
    assert "regel 5" in found
    assert "Er is niets veranderd" in found
    assert "Traceback" not in page


async def test_thirty_megabytes_are_refused_before_they_are_read(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    before = await in_force(stad)
    status, page = await offer(kees, ("groot.dmn", b"x" * 31_000_000))
    assert (status, "Dit is te groot" in page) == (413, True)
    assert await in_force(stad) == before


async def test_a_new_proces_can_be_put_in_force_and_a_version_can_be_taken_out_byte_for_byte(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    fresh = voorbeeld("vraag.bpmn").replace(b'<bpmn:process id="vraag"', b'<bpmn:process id="melding"')
    status, _ = await offer(kees, ("melding.bpmn", fresh), path="/beheer/processen")
    assert status == 303
    page = (await kees.get("/beheer/processen/melding")).text
    link = re.search(r'href="(/beheer/processen/bestand/[^"]+)"', page)
    assert link
    answer = await kees.get(link[1])
    assert (answer.content, answer.headers["content-type"]) == (fresh, "application/xml")
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_the_rules_and_the_steps_are_shown_in_words(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    page = (await kees.get(PROCES)).text
    for words in (
        "minder dan 1",
        "2 of meer",
        "lease, werkgever",
        "Er past altijd precies één regel",
        "Voor welke auto?",
    ):
        assert words in page
    assert "Voor de vakspecialist. Vraagt: Uw oordeel" in page
    assert "0 lopende zaken" in page
    await begin(stad)
    assert "1 lopende zaak<" in (await kees.get(PROCES)).text


@pytest.mark.parametrize(
    "path",
    [
        "/beheer/processen/bestaat-niet",
        "/beheer/processen/%00",
        f"/beheer/processen/{'x' * 5000}",
        "/beheer/processen/..%2f..%2fetc",
        "/beheer/processen/bestand/0000/x.bpmn",
        "/beheer/processen/bestand/%00/%00",
    ],
)
async def test_what_is_not_there_is_not_found(stad: Stad, path: str) -> None:
    kees = await stad.log_in("kees")
    answer = await kees.get(path)
    assert answer.status_code == 404
    assert "Dit is er niet" in answer.text


async def test_a_strange_version_shows_the_one_in_force(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    for versie in ("onzin", "%00", "x" * 4000):
        answer = await kees.get(f"/beheer/processen/{PRODUCT}?versie={versie}")
        assert (answer.status_code, "U bekijkt een eerdere versie" in answer.text) == (200, False)
