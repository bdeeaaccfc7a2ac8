# SPDX-License-Identifier: EUPL-1.2
"""What our lists can do beyond the standard: a period, an order, and what hangs on an interne taak."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.edge.register.vulling import NU, Lezer


async def days(lezer: Lezer) -> None:
    """`vraag` on the last evening of January in Amsterdam, which is still January in UTC too; the rest in March."""
    async with lezer.db.connection() as connection:
        at = datetime(2026, 1, 31, 22, 30, tzinfo=UTC)
        for table, column in (("klantcontact", "plaatsgevonden_op"), ("interne_taak", "toegewezen_op")):
            name = "vraag" if table == "klantcontact" else "taak"
            await connection.execute(f"update {table} set {column} = $1 where id = $2", at, lezer.vulling.ids[name])
        await connection.execute(
            "update interne_taak set status = 'verwerkt', afgehandeld_op = $1 where id = $2",
            at + timedelta(days=1),
            lezer.vulling.ids["taak"],
        )


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("klantcontacten?plaatsgevondenOp__gte=2026-01-31&plaatsgevondenOp__lte=2026-01-31", ["vraag"]),
        ("klantcontacten?plaatsgevondenOp__lt=2026-01-31", []),
        ("klantcontacten?plaatsgevondenOp__lt=2026-02-01", ["vraag"]),
        ("klantcontacten?plaatsgevondenOp__gt=2026-01-31", ["antwoord", "geheim_gesprek"]),
        ("klantcontacten?plaatsgevondenOp__gt=2026-01-30", ["antwoord", "geheim_gesprek", "vraag"]),
        ("klantcontacten?plaatsgevondenOp__lte=2026-01-31T22:30:00Z", ["vraag"]),
        ("klantcontacten?plaatsgevondenOp__lt=2026-01-31T23:30:00%2B01:00", []),
        ("klantcontacten?plaatsgevondenOp__gt=2026-01-31T22:30:00Z&kanaal=balie", ["geheim_gesprek"]),
        ("klantcontacten?ordering=plaatsgevondenOp", ["vraag", "geheim_gesprek", "antwoord"]),
        ("klantcontacten?ordering=-plaatsgevondenOp", ["antwoord", "geheim_gesprek", "vraag"]),
        ("klantcontacten?ordering=", ["antwoord", "geheim_gesprek", "vraag"]),
        ("klantcontacten?ordering=plaatsgevondenOp&hadBetrokkene__wasPartij__uuid={fatima}",
         ["vraag", "geheim_gesprek"]),
        ("internetaken?toegewezenOp__lt=2026-02-01", ["taak"]),
        ("internetaken?toegewezenOp__gte=2026-02-01&status=te_verwerken", ["geheime_taak"]),
        ("internetaken?afgehandeldOp__gte=2026-02-01&afgehandeldOp__lte=2026-02-01", ["taak"]),
        ("internetaken?afgehandeldOp__lt=2026-02-01", []),
        ("internetaken?ordering=toegewezenOp", ["taak", "geheime_taak"]),
        ("internetaken?ordering=-toegewezenOp", ["geheime_taak", "taak"]),
    ],
)  # fmt: skip
async def test_a_period_and_an_order(lezer: Lezer, path: str, names: list[str]) -> None:
    await days(lezer)
    ids = lezer.vulling.ids
    assert await lezer.found(path.format(**ids)) == [ids[name] for name in names]


async def test_pages_in_an_order_never_overlap_and_leave_nobody_out(lezer: Lezer) -> None:
    for n in range(23):  # all at the same moment
        await lezer.vulling.klantcontact(lezer.db, f"meer{n}", None, plaatsgevonden_op=NU, vertrouwelijk=n % 3 == 0)
    for token in ("alles", "kaal"):
        everything = set(await lezer.found("klantcontacten?pageSize=500", token))
        for order in ("plaatsgevondenOp", "-plaatsgevondenOp"):
            seen: list[str] = []
            path: str | None = f"klantcontacten?ordering={order}&pageSize=4"
            while path:
                page = await lezer.json(path.replace("https://schakel.lindewaard.example", "http://intern"), token)
                assert page["count"] == len(everything)
                seen += [row["uuid"] for row in page["results"]]
                path = page["next"]
            assert len(seen) == len(everything)
            assert set(seen) == {str(uuid) for uuid in everything}


@pytest.mark.parametrize(
    ("path", "name", "code"),
    [
        ("klantcontacten?ordering=inhoud", "ordering", "invalid_choice"),
        ("klantcontacten?ordering=--plaatsgevondenOp", "ordering", "invalid_choice"),
        ("klantcontacten?plaatsgevondenOp__gte=gisteren", "plaatsgevondenOp__gte", "invalid"),
        ("klantcontacten?plaatsgevondenOp__gte=2026-02-30", "plaatsgevondenOp__gte", "invalid"),
        ("klantcontacten?plaatsgevondenOp__gte=0001-01-01", "plaatsgevondenOp__gte", "invalid"),
        ("klantcontacten?plaatsgevondenOp__lte=", "plaatsgevondenOp__lte", "invalid"),
        ("partijen?ordering=nummer", "nonFieldErrors", "unknown-parameters"),
        ("internetaken?expand=toegewezenAanActor", "expand", "invalid_choice"),
    ],
)
async def test_what_is_not_in_the_list_is_refused(vast: Lezer, path: str, name: str, code: str) -> None:
    answer = await vast.get(path)
    assert answer.status_code == 400
    assert [(wrong["name"], wrong["code"]) for wrong in answer.json()["invalidParams"]] == [(name, code)]


async def test_an_interne_taak_brings_along_its_klantcontact_and_its_actoren(vast: Lezer) -> None:
    ids = vast.vulling.ids
    spelled = ("aanleidinggevendKlantcontact", "aanleidinggevendKlantcontact.hadBetrokkenen", "toegewezenAanActoren")
    for query in ("expand=" + ",".join(spelled), "&".join(f"expand={name}" for name in spelled)):
        for path in (f"internetaken?klantcontact__uuid={ids['vraag']}&{query}", f"internetaken/{ids['taak']}?{query}"):
            found = await vast.json(path)
            taak = found["results"][0] if "results" in found else found
            included = taak["_expand"]
            assert included["aanleidinggevendKlantcontact"]["onderwerp"] == "vraag"
            assert included["aanleidinggevendKlantcontact"]["_expand"]["hadBetrokkenen"][0]["rol"] == "klant"
            assert [actor["naam"] for actor in included["toegewezenAanActoren"]] == ["Joris"]
    assert "_expand" not in await vast.json(f"internetaken/{ids['taak']}")
