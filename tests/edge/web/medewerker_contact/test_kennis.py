# SPDX-License-Identifier: EUPL-1.2
"""Beside the call lies what to read about the product, and it changes with the product."""

from schakel.dienstverlening.kennis import kennis, kennis_of
from tests.edge.stad import Stad
from tests.edge.web.bladen import visible
from tests.edge.web.medewerker_contact.gang import AYLIN, begin_on_website, open_at_balie


def two_products() -> tuple[str, str]:
    """With links of their own."""
    een, twee, *_ = (sleutel for sleutel in kennis() if sleutel != "*")
    return een, twee


async def test_another_product_brings_other_links_without_javascript_and_keeps_what_was_typed(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    een, twee = two_products()
    for product, other in ((een, twee), (twee, een)):
        fields = {"product": product, "samenvatting": "Belt over iets", "beantwoord": "ja", "sleutel": "s"}
        answer = await maud.post("/registreren/kennis", fields)
        assert answer.status_code == 200
        assert all(link.url in answer.text for link in kennis_of(product))
        assert kennis_of(other)[0].url not in answer.text
        assert "Belt over iets</textarea>" in answer.text
        assert f'<option value="{product}" selected>' in answer.text
        enter, without_script = answer.text.index("Bewaar</"), answer.text.index('formaction="/registreren/kennis"')
        assert enter < without_script  # what Enter presses still keeps the contact


async def test_for_htmx_only_the_links_change_and_while_typing_they_follow_the_words(stad: Stad) -> None:
    maud = await stad.log_in("maud")
    een, _ = two_products()
    part = await maud.post("/registreren/kennis", {"product": een}, headers={"hx-request": "true"})
    assert kennis_of(een)[0].titel in part.text
    assert "<form" not in part.text
    naam = stad.diensten.producten[een].naam
    typed = await maud.post("/registreren/duiding", {"samenvatting": naam}, headers={"hx-request": "true"})
    assert 'id="kennis"' in typed.text
    assert kennis_of(een)[0].url in typed.text


async def test_the_desk_and_the_draft_at_the_balie_show_the_links_of_their_product(stad: Stad) -> None:
    concept = await begin_on_website(stad, await stad.partij(AYLIN))
    ruben = await stad.log_in("ruben")
    here = await open_at_balie(ruben, concept.code)
    product = await stad.value("select product from interactie where id = $1", concept.interactie_id)
    assert product in kennis()
    for path in (here, f"/werk/{concept.interactie_id}"):
        page = (await ruben.get(path)).text
        assert all(link.url in page for link in kennis_of(product))
        assert kennis_of(product)[0].voor_wie in visible(page)
