# SPDX-License-Identifier: EUPL-1.2
"""One question on the desk: who it is, what was said, the draft, the note, the klantbeeld, and what looking leaves."""

import re

import pytest

from tests.edge.stad import Stad
from tests.edge.web.bladen import visible
from tests.edge.web.medewerker_werk.bureau import AYLIN, PDF, answer_form, identified, looks, mail_in

SCRIPT = "<script>alert(1)</script>"


async def test_a_suggested_klant_is_never_shown_as_if_identified(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    interactie_id = await mail_in(stad, van=f"{AYLIN} <aylin.yilmaz@post.example>")

    page = visible((await maud.get(f"/werk/{interactie_id}")).text)

    assert "Niet vastgesteld" in page
    assert "Misschien is dit Aylin Yılmaz" in page
    assert "Beukenlaan" not in page  # nothing of her, only what was claimed
    before = await looks(stad)
    part = await maud.get(f"/werk/{interactie_id}/klantbeeld")
    assert "opent als u heeft vastgesteld" in visible(part.text)
    assert await looks(stad) == before


async def test_after_legitimatie_the_klantbeeld_opens_with_the_source_of_every_field(stad: Stad) -> None:
    maud, partij_id = await stad.log_in("maud"), await stad.partij()
    interactie_id = await mail_in(stad, van=f"{AYLIN} <aylin.yilmaz@post.example>")
    page = (await maud.get(f"/werk/{interactie_id}")).text
    assert f"/klant/{partij_id}?voor={interactie_id}" in page

    sure = await maud.post(f"/klant/{partij_id}/vaststellen", {"voor": str(interactie_id), "legitimatie": "ja"})
    token = re.search(r"v=([^&]+)", sure.headers["location"])
    assert token
    linked = await maud.post(f"/klant/{partij_id}/koppel", {"voor": str(interactie_id), "v": token[1]})
    assert linked.headers["location"] == f"/werk/{interactie_id}"

    before = await looks(stad)
    seen = visible((await maud.get(f"/werk/{interactie_id}/klantbeeld")).text)
    assert "U mag kijken voor: afhandelen van vragen van klanten." in seen
    assert "aylin.yilmaz@ post.example" in seen.replace("@post", "@ post")
    assert "Bron" in seen
    assert "Eigenaar" in seen
    assert await looks(stad) == before + 1


async def test_opening_a_question_leaves_one_line_for_the_list_and_one_for_the_klant(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    partij_id = await identified(stad, interactie_id)
    before = await looks(stad)

    await maud.get(f"/werk/{interactie_id}?lijst=team")
    assert await looks(stad) == before + 2
    await maud.get(f"/werk/{interactie_id}", headers={"hx-request": "true"})  # without the list
    assert await looks(stad) == before + 3
    await maud.get(f"/werk/{interactie_id}/nu")
    assert await looks(stad) == before + 4
    named = await stad.value("select betrokkenen from verwerking order by id desc limit 1")
    assert named == [stad.diensten.inzien.pseudonym(partij_id)]


async def test_a_bron_that_is_silent_is_named_and_the_page_does_not_wait_for_it(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    await identified(stad, interactie_id)
    await stad.huis.brp.close()

    page = await maud.get(f"/werk/{interactie_id}")
    assert page.status_code == 200
    part = visible((await maud.get(f"/werk/{interactie_id}/klantbeeld")).text)

    assert "BRP antwoordt niet" in part
    assert "Dit beeld is onvolledig" in part


async def test_the_draft_is_kept_for_me_alone_and_back_after_a_reload(stad: Stad) -> None:
    maud, joris, interactie_id = await stad.log_in("maud"), await stad.log_in("joris"), await mail_in(stad)
    form = await answer_form(maud, interactie_id)
    veld = str(form["tekstveld"])

    kept = await maud.post(f"/werk/{interactie_id}/concept", {**form, veld: "Beste heer Hofstra,"})

    assert kept.status_code == 204
    assert "Beste heer Hofstra," in (await maud.get(f"/werk/{interactie_id}")).text
    assert "Concept bewaard om" in (await maud.get(f"/werk/{interactie_id}")).text
    assert "Beste heer Hofstra," not in (await joris.get(f"/werk/{interactie_id}")).text


async def test_two_medewerkers_see_each_other_and_who_writes(stad: Stad) -> None:
    maud, joris, interactie_id = await stad.log_in("maud"), await stad.log_in("joris"), await mail_in(stad)
    form = await answer_form(joris, interactie_id)
    assert "Joris van Dijk kijkt mee" in visible((await maud.get(f"/werk/{interactie_id}")).text)

    await joris.post(f"/werk/{interactie_id}/concept", {**form, str(form["tekstveld"]): "Dag"})

    assert "Joris van Dijk schrijft ook een antwoord" in visible((await maud.get(f"/werk/{interactie_id}/nu")).text)
    assert "Maud Jansen kijkt mee" in visible((await joris.post(f"/werk/{interactie_id}/aanwezig")).text)


async def test_a_note_is_for_colleagues_and_pressed_twice_stands_there_once(stad: Stad) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    partij_id = await identified(stad, interactie_id)
    note: dict[str, object] = {"tekst": "Klant is boos, bel eerst."}

    for _ in range(2):
        assert (await maud.post(f"/werk/{interactie_id}/notitie", note)).status_code == 303

    page = (await maud.get(f"/werk/{interactie_id}")).text
    assert page.count("Klant is boos, bel eerst.") == 1
    aylin = await stad.log_in_partij(partij_id)
    for path in ("/mijn", "/mijn/gegevens", f"/werk/{interactie_id}"):
        assert "Klant is boos" not in (await aylin.get(path)).text
    assert await stad.value("select count(*) from bericht where tekst like '%Klant is boos%'") == 0


async def test_an_html_mail_is_shown_as_text_with_its_bijlage_to_keep(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    html = f"<h1>Hallo</h1>{SCRIPT}<img src='https://spion.example/x.png'><p>Mijn <b>container</b> is weg</p>"
    interactie_id = await mail_in(stad, "Container", "Mijn container is weg", html=html, bijlage='a"b;é.pdf')

    page = (await maud.get(f"/werk/{interactie_id}")).text
    assert "spion.example" not in page
    assert SCRIPT not in page
    assert "Mijn container is weg" in page

    before = await looks(stad)
    file = await maud.get(f"/bijlage/{re.search(r'/bijlage/([0-9a-f-]+)', page)[1]}")  # type: ignore[index]
    assert file.content == PDF
    assert file.headers["content-disposition"].startswith("attachment; filename*=UTF-8''a")
    assert file.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert file.headers["x-content-type-options"] == "nosniff"
    raw = await maud.get(f"/origineel/{re.search(r'/origineel/([0-9a-f-]+)', page)[1]}")  # type: ignore[index]
    assert b"spion.example" in raw.content
    assert raw.headers["content-disposition"].startswith("attachment")
    assert await looks(stad) == before + 2


@pytest.mark.parametrize(
    "path", ["/werk/{x}", "/werk/{x}/nu", "/werk/{x}/klantbeeld", "/bijlage/{x}", "/origineel/{x}"]
)
async def test_a_key_that_is_nothing_or_of_something_else_is_not_found(stad: Stad, path: str) -> None:
    maud, interactie_id = await stad.log_in("maud"), await mail_in(stad)
    for wrong in ("00000000-0000-0000-0000-000000000000", "geen-sleutel", str(await stad.partij())):
        answer = await maud.get(path.format(x=wrong))
        assert answer.status_code == 404, answer.text
        assert "Dit is er niet" in answer.text
    assert (await maud.get(f"/bijlage/{interactie_id}")).status_code == 404


async def test_script_in_every_field_of_a_mail_is_text_on_the_desk(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    interactie_id = await mail_in(
        stad, SCRIPT, SCRIPT, van=f'"{SCRIPT}" <x@post.example>', bijlage=f"{SCRIPT}.pdf".replace("/", "-")
    )
    for path in (f"/werk/{interactie_id}", f"/werk/{interactie_id}/nu", "/werk?lijst=team"):
        page = (await maud.get(path)).text
        assert SCRIPT not in page
        assert "&lt;script&gt;alert(1)" in page
    title = re.search(r"<title>(.*?)</title>", (await maud.get(f"/werk/{interactie_id}")).text)
    assert title
    assert "script" not in title[1]


async def test_a_suggested_link_shows_the_nummer_of_the_other_question_and_nothing_of_it(stad: Stad) -> None:
    maud, one = await stad.log_in("maud"), await mail_in(stad, "Geheim onderwerp", "Geheime tekst")
    two = await mail_in(stad, "Re: iets", "Antwoord van een ander adres", van="buurman@post.example")
    async with stad.database.connection() as connection:
        await connection.execute("update interactie set verwant_id = $2 where id = $1", two, one)

    part = await maud.get(f"/werk/{two}", headers={"hx-request": "true"})  # without the list, where both stand

    nummer = await stad.value("select nummer from interactie where id = $1", one)
    assert f"Hoort misschien bij: {nummer}" in visible(part.text)
    assert "Geheim" not in part.text
