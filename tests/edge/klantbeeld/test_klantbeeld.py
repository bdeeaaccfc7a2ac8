# SPDX-License-Identifier: EUPL-1.2
"""What each rol sees for each doel, of a klant of whom everything is known; and never without a line in the logboek."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from schakel.begrippen.doel import Doel
from schakel.identiteit.wie import Betrouwbaarheidsniveau, Inwoner, Medewerker, Rol, Wie
from schakel.klantbeeld.beeld import Bronstatus, Klantbeeld
from schakel.klantbeeld.gegevens import Adres, Datum
from schakel.koppelingen.brp.client import BrpBron
from schakel.regie import doelen as d
from schakel.regie.bevoegdheid import Weigering
from schakel.regie.catalogus import BRP, KLANTREGISTER, Klantgegevenscatalogus, catalogus
from schakel.regie.doelen import K
from schakel.storage.logboek import SqlLogboek
from schakel.storage.pool import Database, StorageUnavailable
from tests.edge.klantbeeld.house import AYLIN, GEHEIM, GEHEIM_BSN, OPEN, OPEN_BSN, House, medewerker

MAUD, BALIE, FEMKE, SAMIRA, KEES = (medewerker(account) for account in ("maud", "ans", "femke", "samira", "kees"))
LAAG = Inwoner(OPEN, Betrouwbaarheidsniveau.LAAG)
SUBSTANTIEEL = Inwoner(OPEN, Betrouwbaarheidsniveau.SUBSTANTIEEL)

NAAM = {"persoon.naam", "persoon.geheimhouding", "partij.naam", "partij.soort", "partij.geheim"}
GEBOORTE = {"persoon.geboortedatum", "partij.geboortedatum"}
ADRES = {"persoon.adres", "persoon.gemeente", "partij.adres"}
BEREIK, CONTACTEN, VERZOEKEN = {"partij.digitale_adressen"}, {"partij.contacten"}, {"partij.verzoeken"}
VOORKEUREN = {"partij.kanaalvoorkeur", "partij.aanspreekvorm", "partij.taal"}
GEZIN, BSN = {"persoon.partner"}, {"partij.bsn"}
HELPEN = NAAM | GEBOORTE | ADRES | BEREIK | CONTACTEN | VERZOEKEN | VOORKEUREN
ALLES = HELPEN | GEZIN | BSN
EVERY = {K.NAAM, K.GEBOORTE, K.ADRES, K.BEREIKBAARHEID, K.CONTACTEN, K.VERZOEKEN, K.VOORKEUREN, K.GEZIN, K.BSN}


def shown(beeld: Klantbeeld) -> set[str]:
    return {veld.sleutel for sectie in beeld.secties for veld in sectie.velden}


def withheld(beeld: Klantbeeld) -> dict[str, Weigering]:
    return {one.klasse: one.weigering for one in beeld.niet_getoond}


def status(beeld: Klantbeeld) -> dict[str, Bronstatus]:
    return {bron.naam: bron.status for bron in beeld.bronnen}


CASES = [
    (MAUD, d.VRAAG, HELPEN, {K.GEZIN: Weigering.ANDER_DOEL, K.BSN: Weigering.ANDER_DOEL}),
    (MAUD, d.PARKEERVERGUNNING, HELPEN, {K.GEZIN: Weigering.ANDER_DOEL, K.BSN: Weigering.ROL}),
    (MAUD, d.VERHUIZING, HELPEN, {K.GEZIN: Weigering.ROL, K.BSN: Weigering.ROL}),
    (
        MAUD,
        d.HERKENNEN,
        NAAM | GEBOORTE | ADRES,
        dict.fromkeys(EVERY - {K.NAAM, K.GEBOORTE, K.ADRES}, Weigering.ANDER_DOEL),
    ),
    (MAUD, d.BEZWAAR, set(), dict.fromkeys(EVERY, Weigering.ROL_ZONDER_DOEL)),
    (BALIE, d.VRAAG, HELPEN, {K.GEZIN: Weigering.ANDER_DOEL, K.BSN: Weigering.ANDER_DOEL}),
    (BALIE, d.VERHUIZING, HELPEN | GEZIN, {K.BSN: Weigering.ROL}),
    (FEMKE, d.PARKEERVERGUNNING, HELPEN | BSN, {K.GEZIN: Weigering.ANDER_DOEL}),
    (FEMKE, d.VERHUIZING, ALLES, {}),
    (FEMKE, d.BEZWAAR, HELPEN - GEBOORTE, dict.fromkeys((K.GEBOORTE, K.GEZIN, K.BSN), Weigering.ANDER_DOEL)),
    (
        SAMIRA,
        d.KWALITEIT,
        CONTACTEN | VERZOEKEN,
        dict.fromkeys(EVERY - {K.CONTACTEN, K.VERZOEKEN}, Weigering.ANDER_DOEL),
    ),
    (KEES, d.VRAAG, set(), dict.fromkeys(EVERY, Weigering.ROL_ZONDER_DOEL)),
    (KEES, d.KWALITEIT, set(), dict.fromkeys(EVERY, Weigering.ROL_ZONDER_DOEL)),
    (SUBSTANTIEEL, d.INZAGE, ALLES, {}),
    (
        LAAG,
        d.INZAGE,
        NAAM | CONTACTEN | VERZOEKEN | VOORKEUREN,
        dict.fromkeys((K.GEBOORTE, K.ADRES, K.BEREIKBAARHEID, K.GEZIN, K.BSN), Weigering.NIVEAU),
    ),
    (SUBSTANTIEEL, d.VRAAG, set(), dict.fromkeys(EVERY, Weigering.ROL_ZONDER_DOEL)),
]


def named(value: object) -> str:
    match value:
        case Medewerker():
            return value.functie
        case Inwoner():
            return value.betrouwbaarheidsniveau.name
        case Doel():
            return value.sleutel
        case _:
            return ""


@pytest.mark.norm("GE-8", "NO-8", "KB-1")
@pytest.mark.parametrize(("wie", "doel", "sees", "not_shown"), CASES, ids=named)
async def test_each_rol_sees_what_its_doel_needs_and_reads_why_not_the_rest(
    house: House, wie: Wie, doel: Doel, sees: set[str], not_shown: dict[K, Weigering]
) -> None:
    before = await house.lines()

    beeld = await house.compose(wie, doel)

    assert shown(beeld) == sees
    assert withheld(beeld) == {klasse.value: why for klasse, why in not_shown.items()}
    (line,) = (await house.lines())[len(before) :]
    assert line["doel"] == doel.sleutel
    assert set(line["gezien"]) == {klasse.value for klasse in EVERY - not_shown.keys()}
    assert (line["soort"] == "geweigerd") == (not sees)
    assert line["betrokkenen"] == [house.pseudonym(OPEN)]
    assert OPEN_BSN not in line["tekst"]
    assert str(OPEN) not in line["tekst"]
    asked = {KLANTREGISTER: any(s.startswith("partij") for s in sees), BRP: any(s.startswith("persoon") for s in sees)}
    assert set(line["bronnen"]) == {naam for naam, is_asked in asked.items() if is_asked}
    assert {naam for naam, one in status(beeld).items() if one is Bronstatus.BINNEN} == set(line["bronnen"])
    assert len(house.relay.questions) == asked[BRP], "a bron outside the doel is not called at all"


@pytest.mark.norm("KB-0")
async def test_the_picture_comes_from_more_than_one_bron_and_is_kept_nowhere(house: House) -> None:
    before = await house.counts()
    beeld = await house.compose(FEMKE, d.VERHUIZING)
    assert status(beeld) == {BRP: Bronstatus.BINNEN, KLANTREGISTER: Bronstatus.BINNEN}
    assert beeld.volledig
    of_brp, of_us = beeld.veld("persoon.adres"), beeld.veld("partij.adres")
    assert of_brp
    assert of_us
    assert isinstance(of_brp.waarde, Adres)
    assert isinstance(of_us.waarde, Adres)
    assert (of_brp.waarde.straat, of_brp.herkomst.bron) == ("Croeselaan", BRP)
    assert (of_us.waarde.straat, of_us.herkomst.bron) == ("Dorpsstraat", KLANTREGISTER)
    after = await house.counts()
    assert {table for table in after if after[table] != before[table]} == {"verwerking"}


@pytest.mark.norm("KB-1")
async def test_klant_and_medewerker_see_one_picture_that_differs_by_policy_alone(house: House) -> None:
    mine, theirs = await house.compose(SUBSTANTIEEL, d.INZAGE), await house.compose(MAUD, d.VRAAG)
    assert mine.definitie == theirs.definitie
    for sleutel in shown(mine) & shown(theirs):
        left, right = mine.veld(sleutel), theirs.veld(sleutel)
        assert left
        assert right
        assert (left.waarde, left.herkomst.eigenaar) == (right.waarde, right.herkomst.eigenaar)
    klassen = {k.sleutel: k.klasse.value for k in catalogus().klantgegevens}
    assert {klassen[sleutel] for sleutel in shown(mine) ^ shown(theirs)} == withheld(theirs).keys()


@pytest.mark.norm("KB-1")
async def test_an_inwoner_sees_nothing_of_another(house: House) -> None:
    beeld = await house.compose(SUBSTANTIEEL, d.INZAGE, AYLIN)
    assert shown(beeld) == set()
    assert set(withheld(beeld).values()) == {Weigering.IEMAND_ANDERS}
    assert house.relay.questions == []


@pytest.mark.norm("EG-1", "KB-4")
async def test_every_field_says_whose_it_is_and_what_the_catalogus_does_not_know_is_not_shown(house: House) -> None:
    begin = datetime.now(UTC)
    beeld = await house.compose(FEMKE, d.VERHUIZING)
    known = {k.sleutel: k for k in catalogus().klantgegevens}
    for veld in (veld for sectie in beeld.secties for veld in sectie.velden):
        herkomst, line = veld.herkomst, known[veld.sleutel]
        assert (herkomst.bron, herkomst.eigenaar, herkomst.van_klant) == (line.bron, line.eigenaar, line.van_klant)
        assert herkomst.eigenaar
        assert begin <= herkomst.vers_op <= datetime.now(UTC)
    assert beeld.definitie == catalogus().versie

    fewer = Klantgegevenscatalogus(tuple(k for k in known.values() if k.sleutel != "partij.naam"))
    sleutels = await house.register.klantsleutels(OPEN)
    beeld = await house.beelden(house.register, catalogus=fewer).compose(sleutels, FEMKE, d.VERHUIZING, house.logboek)
    assert beeld.veld("partij.soort")
    assert beeld.veld("partij.naam") is None
    assert beeld.definitie == fewer.versie != catalogus().versie


@pytest.mark.norm("A02")
async def test_the_brp_is_asked_for_no_more_than_the_doel_needs(house: House) -> None:
    await house.compose(FEMKE, d.BEZWAAR)
    await house.compose(FEMKE, d.VERHUIZING)
    few, many = (set(question["fields"]) for question in house.relay.questions)
    assert many - few == {
        "geboorte.datum",
        "partners.naam.voornamen",
        "partners.naam.voorvoegsel",
        "partners.naam.geslachtsnaam",
    }


@pytest.mark.norm("A23")
@pytest.mark.parametrize(
    ("wie", "doel", "may"),
    [
        (MAUD, d.VRAAG, False),
        (MAUD, d.VERHUIZING, False),
        (BALIE, d.VERHUIZING, False),
        (FEMKE, d.VRAAG, False),
        (FEMKE, d.VERHUIZING, True),
        (Inwoner(GEHEIM, Betrouwbaarheidsniveau.SUBSTANTIEEL), d.INZAGE, True),
    ],
    ids=named,
)
async def test_an_address_that_the_brp_calls_geheim_is_withheld_from_both_bronnen(
    house: House, wie: Wie, doel: Doel, may: bool
) -> None:
    beeld = await house.compose(wie, doel, GEHEIM)
    assert shown(beeld) & ADRES == (ADRES if may else set())
    assert withheld(beeld).get(K.ADRES) == (None if may else Weigering.GEHEIM)
    for text in ("Vooronder", "Dorpsstraat", "1319AG"):
        assert (text in repr(beeld)) <= may
    geheimhouding = beeld.veld("persoon.geheimhouding")
    assert geheimhouding
    assert geheimhouding.waarde is True


@pytest.mark.norm("A23")
async def test_an_address_that_we_know_to_be_geheim_is_not_even_asked(house: House) -> None:
    sleutels = replace(await house.register.klantsleutels(OPEN), geheim=True)
    brp = BrpBron(house.brp_url)
    beeld = await house.beelden(house.register, brp).compose(sleutels, MAUD, d.VRAAG, house.logboek)
    await brp.close()
    assert withheld(beeld)[K.ADRES] is Weigering.GEHEIM
    (question,) = house.relay.questions
    assert not [path for path in question["fields"] if path.startswith(("verblijfplaats", "gemeente"))]


@pytest.mark.norm("NO-8")
async def test_without_a_line_in_the_logboek_nobody_looks(house: House) -> None:
    sleutels = await house.register.klantsleutels(OPEN)
    brp = BrpBron(house.brp_url)
    full = SqlLogboek(Database(house.database.url))  # never opened: it cannot write
    with pytest.raises(StorageUnavailable):
        await house.beelden(house.register, brp).compose(sleutels, MAUD, d.VRAAG, full)
    await brp.close()
    assert house.relay.questions == []


async def test_a_klant_without_bsn_is_not_asked_for_at_the_brp(house: House) -> None:
    async with house.database.connection() as connection:
        partij_id = await connection.fetchval(
            """select id from partij p where not zelfstandig and straat <> ''
               and not exists (select from partij_identificator where partij_id = p.id) limit 1"""
        )
    beeld = await house.compose(MAUD, d.VRAAG, partij_id)
    assert status(beeld)[BRP] is Bronstatus.LEEG
    assert beeld.volledig
    assert beeld.veld("partij.adres")
    assert house.relay.questions == []


async def test_aylin_of_the_demo_is_whole(house: House) -> None:
    beeld = await house.compose(MAUD, d.PARKEERVERGUNNING, AYLIN)
    naam, geboren = beeld.veld("persoon.naam"), beeld.veld("partij.geboortedatum")
    assert naam
    assert geboren
    assert (naam.waarde, geboren.waarde) == ("Aylin Yılmaz", Datum(1991, 4, 17))
    assert beeld.veld("partij.contacten")


async def test_two_half_rollen_do_not_make_a_whole_one(house: House) -> None:
    both = replace(SAMIRA, rollen=frozenset({Rol.TEAMLEIDER, Rol.VAKSPECIALIST}))
    assert shown(await house.compose(both, d.KWALITEIT)) == CONTACTEN | VERZOEKEN


async def test_no_bsn_gets_into_the_logboek_whoever_looks(house: House) -> None:
    for partij_id in (OPEN, GEHEIM):
        await house.compose(FEMKE, d.VERHUIZING, partij_id)
    text = "".join(line["tekst"] for line in await house.lines())
    assert not [bsn for bsn in (OPEN_BSN, GEHEIM_BSN) if bsn in text]
