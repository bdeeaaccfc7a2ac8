# SPDX-License-Identifier: EUPL-1.2
"""What an inwoner sees of himself: what runs over all kanalen, what we wrote, who looked, what he decides himself."""

import re
from uuid import UUID

import pytest

from schakel.begrippen.bericht import Inhoudsklasse
from schakel.kanaalintegratie.verzending import Opdracht
from schakel.kit.ids import new_id
from schakel.regie.doelen import VRAAG
from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.bladen import visible
from tests.edge.web.klant.portaal import NASTY, fill_in_all, follow, hand_in, id_of


async def ask(aylin: Bezoeker, stad: Stad, tekst: str = "Mijn bak is niet geleegd.") -> UUID:
    """A vraag of Aylin; its Interactie."""
    await aylin.post("/vraag", {"onderwerp": "Grijze bak", "tekst": tekst})
    found: UUID = await stad.value("select interactie_id from gespreksbijdrage where tekst = $1", tekst)
    return found


async def write_personally(stad: Stad, interactie_id: UUID, tekst: str) -> UUID:
    """A bericht above algemeen: the klant gets a notice, the content stays here."""
    async with stad.diensten.open_werk() as werk:
        await stad.huis.verzending.send(
            werk,
            Opdracht(
                interactie_id=interactie_id,
                berichttype="antwoord",
                onderwerp="Uw schuld",
                tekst=tekst,
                verstuursleutel=str(new_id()),
                automatisch=False,
                klasse=Inhoudsklasse.BIJZONDER,
            ),
            stad.diensten.clock(),
        )
    found: UUID = await stad.value("select id from bericht where volledig = $1", tekst)
    return found


@pytest.mark.norm("GE-2", "NO-6")
async def test_what_runs_stands_there_with_its_belofte_and_where_it_is(stad: Stad, aylin: Bezoeker) -> None:
    interactie_id = await ask(aylin, stad)
    text = visible((await aylin.get("/mijn")).text)

    belofte = await stad.value("select belofte_tekst from interactie where id = $1", interactie_id)
    assert f"Grijze bak Wij zijn bezig In behandeling Afgerond Wij beloven: {belofte}" in text
    assert "U schreef ons via de website vandaag Grijze bak" in text
    assert "Wij mailden u" in text


@pytest.mark.norm("Awb 2:25")
async def test_a_personal_bericht_waits_here_until_it_is_opened_and_that_is_proved(stad: Stad, aylin: Bezoeker) -> None:
    interactie_id = await ask(aylin, stad)
    bericht_id = await write_personally(stad, interactie_id, "U kunt in termijnen betalen.")
    overview = await aylin.get("/mijn")
    assert "Lees ons bericht Uw schuld Lees het" in visible(overview.text)
    assert "termijnen" not in overview.text

    page = await aylin.get(f"/mijn/bericht/{bericht_id}")
    assert "U kunt in termijnen betalen." in visible(page.text)
    assert "<title>Bericht van de gemeente" in page.text
    await aylin.get(f"/mijn/bericht/{bericht_id}")
    proof = "select count(*) from bewijsregel where bericht_id = $1 and soort = 'geopend'"
    assert await stad.value(proof, bericht_id) == 1
    assert "Lees ons bericht" not in visible((await aylin.get("/mijn")).text)


@pytest.mark.norm("NO-8")
async def test_of_somebody_else_nothing_is_there(stad: Stad, aylin: Bezoeker, buurman: Bezoeker) -> None:
    path = await fill_in_all(aylin)
    await hand_in(aylin, path)
    interactie_id = id_of(path)
    bericht_id = await stad.value("select id from bericht where interactie_id = $1 limit 1", interactie_id)
    files = {"bijlagen": ("geheim.txt", b"van mij", "text/plain")}
    await aylin.post(f"/mijn/contact/{interactie_id}", {"tekst": "Nog iets"}, files=files)
    bijlage_id = await stad.value("select id from bijlage where naam = 'geheim.txt'")

    assert (await aylin.get(f"/mijn/bijlage/{bijlage_id}")).content == b"van mij"
    for name, one in (("contact", interactie_id), ("bericht", bericht_id), ("bijlage", bijlage_id)):
        assert (await buurman.get(f"/mijn/{name}/{one}")).status_code == 404
        assert (await buurman.get(f"/mijn/{name}/{new_id()}")).status_code == 404
        assert (await buurman.get(f"/mijn/{name}/niets")).status_code == 404
    assert (await buurman.post(f"/mijn/contact/{interactie_id}", {"tekst": "Van mij"})).status_code == 404


async def test_adding_something_comes_to_who_works_on_it(stad: Stad, aylin: Bezoeker) -> None:
    interactie_id = await ask(aylin, stad)
    page = await follow(aylin, await aylin.post(f"/mijn/contact/{interactie_id}", {"tekst": "Het is nummer 14."}))

    assert "Wij hebben uw bericht." in visible(page.text)
    assert "Het is nummer 14." in visible(page.text)
    kept = "select interactie_id from gespreksbijdrage where tekst = 'Het is nummer 14.'"
    assert await stad.value(kept) == interactie_id


@pytest.mark.parametrize(("tekst", "zin"), [("", "Schrijf hier uw vraag"), ("x" * 20_001, "Er passen er 20000")])
async def test_what_cannot_be_added_is_said_and_kept(stad: Stad, aylin: Bezoeker, tekst: str, zin: str) -> None:
    interactie_id = await ask(aylin, stad)
    answer = await aylin.post(f"/mijn/contact/{interactie_id}", {"tekst": tekst})
    assert answer.status_code == 400
    assert zin in visible(answer.text)
    assert tekst in answer.text


@pytest.mark.norm("GE-10")
async def test_who_looked_is_shown_by_functie_and_never_by_name(stad: Stad, aylin: Bezoeker) -> None:
    maud = await stad.log_in("maud")
    interactie_id = await ask(aylin, stad)
    assert (await maud.get(f"/werk/{interactie_id}")).status_code == 200

    page = (await aylin.get("/mijn/gegevens")).text
    text = visible(page)
    assert "KCC-medewerker, team Klantcontactcentrum Zag:" in text
    assert f"Waarom: {VRAAG.omschrijving} · mag volgens: {VRAAG.grondslag}" in text
    assert "Maud" not in page
    assert "KCC-medewerker, team Klantcontactcentrum" in visible((await aylin.get("/mijn")).text)
    rows = (await aylin.get("/mijn/gegevens/wie-keek.csv")).text
    assert "KCC-medewerker, team Klantcontactcentrum;" in rows
    assert "U zelf" in rows


async def test_his_own_look_leaves_its_line_too(stad: Stad, aylin: Bezoeker) -> None:
    path = await fill_in_all(aylin)
    interactie_id = await ask(aylin, stad)
    bericht_id = await write_personally(stad, interactie_id, "Een brief")
    for page in (
        *("/mijn", "/mijn/gegevens", "/mijn/gegevens/zelf", f"{path}/stap/1", f"{path}/controle"),
        *(f"/mijn/contact/{interactie_id}", f"/mijn/bericht/{bericht_id}"),
    ):
        before = await stad.value("select count(*) from verwerking")
        assert (await aylin.get(page)).status_code == 200
        assert await stad.value("select count(*) from verwerking") == before + 1, page


@pytest.mark.norm("NO-6")
async def test_he_sees_the_same_klantbeeld_with_bron_and_eigenaar_and_no_bsn(stad: Stad, aylin: Bezoeker) -> None:
    page = (await aylin.get("/mijn/gegevens/zelf")).text
    text = visible(page)

    assert "Woonadres Lindelaan 14 3811 LW Lindewaard uit de BRP Van wie: Team Burgerzaken." in text
    assert "Burgerservicenummer ••••• •" in text
    assert not re.search(r"\b\d{9}\b", text)


@pytest.mark.norm("EG-4")
async def test_what_the_klant_decides_is_kept_at_once_and_can_be_undone(stad: Stad, aylin: Bezoeker) -> None:
    before = await stad.diensten.mijn.eigen.voorkeuren(await stad.partij())
    change = {
        "voorkeur": "telefoon",
        "aanspreekvorm": "mevrouw",
        "email": "nieuw@post.example",
        "telefoon": "0612 345 678",
    }
    page = (await aylin.post("/mijn/gegevens", change)).text
    after = await stad.diensten.mijn.eigen.voorkeuren(await stad.partij())

    assert (after.voorkeur, after.email, after.telefoon) == ("telefoon", "nieuw@post.example", "+31612345678")
    assert "Bewaard. Dit geldt meteen op elk kanaal. Maak ongedaan" in visible(page)
    undo = re.search(r'(?s)<form[^>]*>(?:(?!</form>).)*name="terug".*?</form>', page)
    assert undo is not None
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', undo[0]))
    del fields["csrf"]
    assert "Teruggezet." in visible((await aylin.post("/mijn/gegevens", fields)).text)
    assert await stad.diensten.mijn.eigen.voorkeuren(await stad.partij()) == before


async def test_an_emptied_address_is_gone(stad: Stad, aylin: Bezoeker) -> None:
    await aylin.post("/mijn/gegevens", {"email": "", "telefoon": ""})
    left = "select count(*) from digitaal_adres where partij_id = $1"
    assert await stad.value(left, await stad.partij()) == 0


@pytest.mark.parametrize(
    ("field", "value", "zin"),
    [
        ("telefoon", "0612", "Er missen 6 cijfers"),
        ("email", "aylin", "Er mist een @"),
        ("email", "a\x00b@post.example", "kunnen lezen"),
        ("email", NASTY, "Vul een volledig e-mailadres in"),
        ("voorkeur", "rookpluim", "Dit staat niet in de lijst"),
        ("aanspreekvorm", "x" * 5_000, "Dit"),
    ],
)
async def test_a_wrong_voorkeur_is_said_at_its_field_and_changes_nothing(
    stad: Stad, aylin: Bezoeker, field: str, value: str, zin: str
) -> None:
    before = await stad.diensten.mijn.eigen.voorkeuren(await stad.partij())
    answer = await aylin.post("/mijn/gegevens", {"email": before.email, "telefoon": before.telefoon, field: value})

    assert answer.status_code == 400
    assert zin in visible(answer.text)
    assert f'id="{field}-fout"' in answer.text
    assert "<script>alert" not in answer.text
    assert await stad.diensten.mijn.eigen.voorkeuren(await stad.partij()) == before


async def test_a_silent_brp_is_named_and_the_rest_is_there(stad: Stad, aylin: Bezoeker) -> None:
    await stad.huis.brp.close()
    text = visible((await aylin.get("/mijn/gegevens/zelf")).text)
    assert "BRP antwoordt niet" in text
    assert "Naam bij ons bekend Aylin Yılmaz" in text
    assert "BRP antwoordt niet" in visible((await aylin.get("/mijn")).text)
