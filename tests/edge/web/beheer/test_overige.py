# SPDX-License-Identifier: EUPL-1.2
"""The pages that show what was agreed: klantgegevens, serviceformules, principes."""

import re
from pathlib import Path

import pytest

from schakel.regie.catalogus import catalogus
from schakel.web.beheer import normen
from tests.edge.stad import Stad


@pytest.mark.norm("EG-1", "EG-3")
async def test_every_klantgegeven_stands_there_with_its_bron_and_eigenaar(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    page = (await kees.get("/beheer/gegevens")).text
    for gegeven in catalogus().klantgegevens:
        row = page.partition(f'<th scope="row">{gegeven.label}</th>')[2].partition("</tr>")[0]
        assert f"<td>{gegeven.bron}</td>" in row
        assert gegeven.eigenaar in row


@pytest.mark.norm("GE-8")
async def test_a_doel_shows_who_sees_what_for_it(stad: Stad) -> None:
    kees = await stad.log_in("kees")

    async def seen_by(doel: str, label: str) -> str:
        page = (await kees.get(f"/beheer/gegevens?doel={doel}")).text
        row = page.partition(f'<th scope="row">{label}</th>')[2].partition("</tr>")[0]
        return " ".join(re.sub(r"<[^>]+>", " ", row.split("</td>")[4]).split())

    assert await seen_by("vraag", "Burgerservicenummer") == "niemand"
    assert await seen_by("parkeervergunning", "Burgerservicenummer") == "Vakspecialist"
    assert await seen_by("inzage", "Burgerservicenummer") == "De klant zelf"
    assert (await kees.get("/beheer/gegevens?doel=%00onzin")).status_code == 200


async def test_every_promise_of_every_serviceformule_is_shown(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    page = (await kees.get("/beheer/serviceformules")).text
    levels = sum(len(formule.servicelevels) for formule in stad.diensten.dienst.formules.values())
    assert page.count("Antwoord binnen") == levels


async def test_the_principes_are_shown_with_their_proof_and_can_be_narrowed(stad: Stad) -> None:
    kees = await stad.log_in("kees")
    page = (await kees.get("/beheer/normen")).text
    assert len(re.findall(r'class="eis-id"', page)) == 92
    shown = int(re.search(r"(\d+) van 92</strong>", page)[1])  # type: ignore[index]  # a missing figure fails the test
    narrowed = (await kees.get("/beheer/normen?toon=open")).text
    assert len(re.findall(r'class="eis-id"', narrowed)) == 92 - shown


async def test_without_the_source_code_the_page_says_so(
    stad: Stad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(normen, "ROOT", tmp_path)
    kees = await stad.log_in("kees")
    assert "heeft geen broncode bij zich" in (await kees.get("/beheer/normen")).text
