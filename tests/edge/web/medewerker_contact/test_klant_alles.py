# SPDX-License-Identifier: EUPL-1.2
"""Everything of one klant in one list over all kanalen, and a wrong gegeven reported to whose it is."""

import re
from uuid import UUID

import pytest

from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.bladen import visible
from tests.edge.web.medewerker_contact.gang import AYLIN, establish


async def call(stad: Stad, medewerker: Bezoeker, partij_id: UUID, v: str, onderwerp: str) -> UUID:
    """A telephone contact of this klant, written down."""
    fields = {"klant": str(partij_id), "v": v, "onderwerp": onderwerp, "samenvatting": "Zij vroeg ernaar",
              "beantwoord": "ja", "kanaal": "telefoon", "sleutel": onderwerp}  # fmt: skip
    answer = await medewerker.post("/registreren", fields)
    assert answer.status_code == 303, visible(answer.text)
    found: UUID = await stad.value("select interactie_id from klantcontact where onderwerp = $1", onderwerp)
    return found


@pytest.mark.norm("RB-4")
async def test_all_contacts_of_a_klant_over_all_kanalen_are_in_one_list_newest_first(stad: Stad) -> None:
    aylin, maud = await stad.partij(AYLIN), await stad.log_in("maud")
    v = await establish(maud, aylin)
    een = await call(stad, maud, aylin, v, "Over het afval")
    twee = await call(stad, maud, aylin, v, "Over de parkeerplaats")
    await stad.value("update klantcontact set kanaal = 'e-mail' where interactie_id = $1", een)
    await stad.value("update klantcontact set vertrouwelijk = true where interactie_id = $1", twee)
    assert f"/klant/{aylin}/alles?v=" in (await maud.get(f"/klant/{aylin}?v={v}")).text
    for path in (f"/klant/{aylin}/alles?v={v}", f"/werk/{een}/alles"):
        page = await maud.get(path)
        text = visible(page.text)
        assert text.index("Over de parkeerplaats") < text.index("Over het afval")
        assert "E-mail:" in text
        assert "Telefoon:" in text
        assert "Maud" in text
        assert text.count("Zij vroeg ernaar") == 1  # not of what is vertrouwelijk
        assert f"/werk/{een}" in page.text
    total = await stad.value(
        """select count(*) from klantcontact k join interactie i on i.id = k.interactie_id
           where i.partij_id = $1 and i.vastgesteld""",
        aylin,
    )
    assert f"{total} contact" in text
    assert (await maud.get(f"/klant/{aylin}/alles")).status_code == 403  # not established
    looked = await stad.value("select count(*) from verwerking where gezien = array['contacten'] and wie like 'Maud%'")
    assert looked == 2


async def test_what_was_said_before_is_on_the_next_page(stad: Stad) -> None:
    aylin, maud = await stad.partij(AYLIN), await stad.log_in("maud")
    v = await establish(maud, aylin)
    een = await call(stad, maud, aylin, v, "Het eerste")
    await stad.value(
        """insert into klantcontact (id, nummer, interactie_id, kanaal, onderwerp, plaatsgevonden_op, vervalt_op)
           select gen_random_uuid(), 'x' || n, $1, 'chat', 'Later ' || n, now() + n * interval '1 minute', current_date
           from generate_series(1, 50) n""",
        een,
    )
    page = await maud.get(f"/klant/{aylin}/alles?v={v}")
    assert "Het eerste" not in visible(page.text)
    older = re.search(r'href="([^"]+)">Oudere contacten', page.text)
    assert older is not None
    assert "Het eerste" in visible((await maud.get(older[1].replace("&amp;", "&"))).text)


@pytest.mark.norm("EG-1")
async def test_a_wrong_gegeven_goes_to_the_team_that_owns_it_once(stad: Stad) -> None:
    aylin, maud = await stad.partij(AYLIN), await stad.log_in("maud")
    v = await establish(maud, aylin)
    page = await maud.get(f"/klant/{aylin}?v={v}")
    assert "klopt-niet?veld=persoon.adres" in page.text
    form = await maud.get(f"/klant/{aylin}/klopt-niet?veld=persoon.adres&v={v}")
    assert "Team Burgerzaken" in visible(form.text)
    path, fields = f"/klant/{aylin}/klopt-niet", {"veld": "persoon.adres", "v": v, "sleutel": "een", "tekst": ""}
    wrong = await maud.post(path, fields)
    assert wrong.status_code == 400
    for _ in range(2):
        done = await maud.post(path, fields | {"tekst": "Zij woont daar niet meer"})
        assert done.status_code == 200, visible(done.text)
        assert "Team Burgerzaken krijgt deze melding." in visible(done.text)
    made = await stad.value("select array_agg(id) from interactie where onderwerp = 'Woonadres klopt niet'")
    assert len(made) == 1
    offered = await stad.value("select array_agg(naar_team) from overdracht where interactie_id = $1", made[0])
    assert offered == ["burgerzaken"]
    ingrid = await stad.log_in("ingrid")
    assert "Woonadres klopt niet" in visible((await ingrid.get("/werk")).text)


async def test_from_the_desk_too_and_only_what_one_may_see(stad: Stad) -> None:
    aylin, maud = await stad.partij(AYLIN), await stad.log_in("maud")
    v = await establish(maud, aylin)
    vraag = await call(stad, maud, aylin, v, "Over het afval")
    assert "/klopt-niet?veld=persoon.adres" in (await maud.get(f"/werk/{vraag}/klantbeeld")).text
    done = await maud.post(f"/werk/{vraag}/klopt-niet", {"veld": "persoon.naam", "tekst": "Trouwde", "sleutel": "s"})
    assert "krijgt deze melding" in visible(done.text)
    assert (await maud.get(f"/werk/{vraag}/klopt-niet?veld=partij.bsn")).status_code == 404
    assert (await maud.get(f"/klant/{aylin}/klopt-niet?veld=persoon.naam")).status_code == 403
