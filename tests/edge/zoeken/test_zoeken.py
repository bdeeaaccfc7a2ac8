# SPDX-License-Identifier: EUPL-1.2
"""Search quality, measured over all inwoners of Lindewaard on a real database."""

from random import Random

import pytest

from schakel.kanaalintegratie.gelijkenis import distance, likeness
from schakel.kanaalintegratie.lezen import Treffer, Zoekvraag
from schakel.kit.text import searchable
from schakel.storage.pool import Database
from schakel.storage.zoeken import find_partijen

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
SAMPLE, SEED, TOP = 1000, 2026, 10
ENOUGH = 0.85


async def found(register: Database, vraag: Zoekvraag, limit: int = TOP) -> list[Treffer]:
    async with register.connection() as connection:
        return list(await find_partijen(connection, vraag, limit))


def with_typo(naam: str, rng: Random) -> str:
    """One sign forgotten, added, wrong, or swapped with its neighbour, anywhere in the name."""
    at = rng.randrange(len(naam) - 1)
    match rng.choice(("forgotten", "added", "wrong", "swapped")):
        case "forgotten":
            return naam[:at] + naam[at + 1 :]
        case "added":
            return naam[:at] + rng.choice(ALPHABET) + naam[at:]
        case "wrong":
            return naam[:at] + rng.choice(ALPHABET) + naam[at + 1 :]
        case _:
            return naam[:at] + naam[at + 1] + naam[at] + naam[at + 2 :]


async def test_of_single_typos_at_least_85_percent_find_the_klant_in_the_top_ten(register: Database) -> None:
    async with register.connection() as connection:
        people = await connection.fetch("select id, naam from partij order by id")
    assert len(people) == 5000
    rng = Random(SEED)
    right = 0
    for person in rng.sample(people, SAMPLE):
        hits = await found(register, Zoekvraag(woorden=with_typo(person["naam"], rng)))
        right += any(hit.partij_id == person["id"] for hit in hits)
    print(f"single typos found in the top ten: {right / SAMPLE:.1%}")  # noqa: T201  # the figure is what one wants
    assert right / SAMPLE >= ENOUGH


async def test_the_beginning_of_a_name_finds_it(register: Database) -> None:
    for typed in ("aylin yil", "ay yilmaz", "yilm ayl"):
        hits = await found(register, Zoekvraag(woorden=typed))
        assert hits[0].naam == "Aylin Yılmaz"
        assert hits[0].redenen == ("Begin van de naam klopt.",)


async def test_every_hit_has_the_name_that_was_typed_or_one_very_like_it(register: Database) -> None:
    for typed in ("yilmaz", "wisniewski", "Ait Ouaritane", "van den Berg"):
        words = searchable(typed).split()
        hits = await found(register, Zoekvraag(woorden=typed), 20)
        assert hits
        assert all(set(words) <= set(searchable(hit.naam).split()) for hit in hits)
    assert await found(register, Zoekvraag(woorden="qzxqzx")) == []
    assert await found(register, Zoekvraag()) == []


async def test_little_words_and_accents_may_be_left_out_or_wrong(register: Database) -> None:
    for typed in ("maria berg", "maria van der berg", "maria vd berg", "MARIA  van den Bérg"):
        hits = await found(register, Zoekvraag(woorden=typed), 20)
        assert any(hit.naam == "Maria van den Berg" for hit in hits), typed


async def test_facts_narrow_down_together_with_a_name(register: Database) -> None:
    async with register.connection() as connection:
        aylin = await connection.fetchrow("select * from partij where naam = 'Aylin Yılmaz'")
        adres = await connection.fetch("select adres from digitaal_adres where partij_id = $1", aylin["id"])
    address = Zoekvraag(postcode=aylin["postcode"], huisnummer=aylin["huisnummer"])
    questions = [
        (Zoekvraag(woorden="yilmas", geboortedatum=aylin["geboortedatum"]), "Geboortedatum klopt."),
        (address, "Postcode en huisnummer kloppen."),
        *((Zoekvraag(adres=row["adres"]), "Dat bewijst niet wie u spreekt.") for row in adres),
    ]
    for vraag, reden in questions:
        hits = await found(register, vraag)
        assert aylin["id"] in {hit.partij_id for hit in hits}
        assert all(reden in " ".join(hit.redenen) for hit in hits)
    assert await found(register, Zoekvraag(woorden="jansen", adres=adres[0]["adres"])) == []


@pytest.mark.parametrize(("other", "apart"), [("jansen", 0), ("janssen", 1), ("jasnen", 1), ("hansen", 1), ("bos", 3)])
def test_distance_counts_errors_of_typing(other: str, apart: int) -> None:
    assert distance("jansen", other, 2) == distance(other, "jansen", 2) == apart


def test_likeness_is_highest_for_the_name_itself_and_nothing_for_another() -> None:
    name = ["aylin", "yilmaz"]
    order = [
        likeness(typed.split(), name) for typed in ("aylin yilmaz", "aylin yil", "aylin yilmas", "yilmsa", "piet bos")
    ]
    assert order == sorted(order, reverse=True)
    assert order[-1] == 0
