# SPDX-License-Identifier: EUPL-1.2
"""The logboek: pseudonyms in, function and team out."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from schakel.identiteit.wie import Betrouwbaarheidsniveau, GeautomatiseerdeActor, Inwoner, Medewerker, Rol, Wie
from schakel.regie import doelen as d
from schakel.regie.logboek import Verwerking, Verwerkingssoort, bundle, describe_verwerking, for_klant, pseudonym

NU = datetime(2026, 11, 24, 13, 2, tzinfo=UTC)
PARTIJ = uuid4()
MAUD = Medewerker(uuid4(), "Maud Jansen", frozenset({Rol.KCC_MEDEWERKER}), "kcc", "KCC-medewerker")


def line(wie: Wie, *gezien: str) -> Verwerking:
    return describe_verwerking(
        wie, d.VERHUIZING, bronnen=("BRP",), gezien=gezien, betrokkenen=(pseudonym(b"k", PARTIJ),), moment=NU
    )


@pytest.mark.norm("A12", "GE-2")
def test_the_klant_reads_function_team_and_why_but_no_name() -> None:
    regel = for_klant(line(MAUD, "adres"), "Klantcontactcentrum")
    assert regel.wie == "KCC-medewerker, team Klantcontactcentrum"
    assert regel.waarom == "uw verhuizing"
    assert "Wet BRP" in regel.grondslag
    assert "Maud" not in str(asdict(regel))


@pytest.mark.norm("A20")
def test_a_pseudonym_says_nothing_without_the_key() -> None:
    assert pseudonym(b"k", PARTIJ) == pseudonym(b"k", PARTIJ) != pseudonym(b"l", PARTIJ)
    assert pseudonym(b"k", PARTIJ) != pseudonym(b"k", uuid4())
    assert PARTIJ.bytes not in pseudonym(b"k", PARTIJ)


def test_each_kind_of_use_is_told_apart() -> None:
    inwoner = Inwoner(PARTIJ, Betrouwbaarheidsniveau.SUBSTANTIEEL)
    assert line(MAUD, "adres").soort is Verwerkingssoort.INZAGE
    assert line(inwoner, "adres").soort is Verwerkingssoort.EIGEN
    assert line(GeautomatiseerdeActor("voorinvuller"), "adres").soort is Verwerkingssoort.AUTOMATISCH
    assert line(MAUD).soort is Verwerkingssoort.GEWEIGERD
    assert str(PARTIJ) not in str(line(inwoner, "adres"))


def test_the_same_look_within_an_hour_is_one_line_and_no_look_is_lost() -> None:
    first, other = for_klant(line(MAUD, "adres")), for_klant(line(MAUD, "adres", "naam"))
    ago = [replace(first, moment=NU - timedelta(minutes=minutes)) for minutes in (0, 20, 59, 61)]
    bundels = bundle([*ago[:3], ago[3], other, other])
    assert [bundel.keer for bundel in bundels] == [3, 1, 2]
    assert (bundels[0].regel.moment, bundels[0].sinds) == (NU, ago[2].moment)
