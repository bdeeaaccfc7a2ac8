# SPDX-License-Identifier: EUPL-1.2
"""A verzoek from draft to decision, over two kanalen, on the whole house: nothing lost, nothing asked twice."""

from uuid import UUID

import pytest

from schakel.begrippen.gespreksbijdrage import Bijlage
from schakel.begrippen.kanaal import Kanaal
from schakel.identiteit.wie import Betrouwbaarheidsniveau, Inwoner
from schakel.kanalen.email.envelop import Envelop
from schakel.kit.errors import Conflict, InvalidInput
from schakel.kit.ids import new_id
from schakel.klantbeeld.inzage import known_values
from schakel.regie.doelen import VOORINVULLEN
from tests.edge.stad import Stad

PRODUCT = "parkeervergunning"
OP_WEB, AAN_BALIE = (
    {"kenteken": "xx 123 x", "eigenaar": "lease"},
    {"adres": "Markt 1", "postcode": "3811 la", "ingangsdatum": "1-12-2026"},
)


async def begin(stad: Stad, bekend: dict[str, tuple[str, str]] | None = None) -> UUID:
    async with stad.diensten.open_werk() as werk:
        return await stad.diensten.behandelingen.begin(
            werk,
            PRODUCT,
            Kanaal.WEBFORMULIER,
            stad.diensten.clock(),
            partij_id=await stad.partij(),
            bekend=bekend,
        )


async def fill_in_online(stad: Stad, interactie_id: UUID) -> str:
    """Half of it, with a document; gives the Wisselcode."""
    at = stad.diensten.clock()
    async with stad.diensten.open_werk() as werk:
        contract = Bijlage("contract.pdf", "application/pdf", b"%PDF-1.7 lease")
        await stad.diensten.behandelingen.save(
            werk, interactie_id, OP_WEB, Kanaal.WEBFORMULIER, at, bijlagen=[("bewijs", contract)]
        )
        return await stad.diensten.wissel.issue(werk, interactie_id, at)


@pytest.mark.norm("KS-4")
async def test_a_draft_goes_on_at_the_balie_without_losing_a_field_or_document(stad: Stad) -> None:
    interactie_id = await begin(stad)
    code = await fill_in_online(stad, interactie_id)
    at, ruben = stad.diensten.clock(), await stad.actor("ruben")
    async with stad.diensten.open_werk() as werk:
        assert await stad.diensten.wissel.redeem(werk, code.lower(), at) == interactie_id
        verzoek = await stad.diensten.behandelingen.save(werk, interactie_id, AAN_BALIE, Kanaal.BALIE, at)
        waarden = {name: (waarde.waarde, waarde.kanaal) for name, waarde in verzoek.gegevens.items()}
        assert waarden["kenteken"] == ("XX-123-X", "webformulier")
        assert waarden["bewijs"] == ("contract.pdf", "webformulier")
        assert waarden["postcode"] == ("3811LA", "balie")
        (kept,) = await werk.verzoeken.bijlagen(verzoek.id)
        assert (kept.veld, kept.naam) == ("bewijs", "contract.pdf")
    async with stad.diensten.open_werk() as werk:
        behandelstand = await stad.diensten.behandelingen.hand_in(
            werk, interactie_id, Kanaal.BALIE, "een", at, actor_id=ruben
        )
    assert behandelstand.stand is not None
    assert behandelstand.stand.uitkomst == "U krijgt een parkeervergunning."
    assert behandelstand.verzoek is not None
    assert behandelstand.verzoek.status == "afgehandeld"
    assert await stad.value("select status from interactie where id = $1", interactie_id) == "afgerond"


async def test_handing_in_twice_decides_once_and_the_draft_is_closed(stad: Stad) -> None:
    interactie_id = await begin(stad)
    await fill_in_online(stad, interactie_id)
    at = stad.diensten.clock()
    async with stad.diensten.open_werk() as werk:
        await stad.diensten.behandelingen.save(werk, interactie_id, AAN_BALIE, Kanaal.WEBFORMULIER, at)
    for sleutel in ("een", "twee"):
        async with stad.diensten.open_werk() as werk:
            await stad.diensten.behandelingen.hand_in(werk, interactie_id, Kanaal.WEBFORMULIER, sleutel, at)
    assert await stad.value("select count(*) from klantcontact where interactie_id = $1", interactie_id) == 1
    assert await stad.value("select count(*) from beslissing where sleutel = 'parkeervergunning_toekennen'") == 1
    async with stad.diensten.open_werk() as werk:
        with pytest.raises(Conflict):
            await stad.diensten.behandelingen.save(werk, interactie_id, OP_WEB, Kanaal.WEBFORMULIER, at)


async def test_what_is_missing_is_named_per_field_and_nothing_is_handed_in(stad: Stad) -> None:
    interactie_id = await begin(stad)
    async with stad.diensten.open_werk() as werk:
        with pytest.raises(InvalidInput) as refused:
            await stad.diensten.behandelingen.hand_in(
                werk, interactie_id, Kanaal.WEBFORMULIER, "een", stad.diensten.clock()
            )
    assert {"kenteken", "eigenaar", "adres", "postcode", "ingangsdatum"} <= refused.value.fields.keys()
    assert await stad.value("select status from interactie where id = $1", interactie_id) == "concept"


@pytest.mark.norm("NO-7", "GE-7")
async def test_what_the_brp_knows_is_filled_in_with_its_source_and_not_asked_again(stad: Stad) -> None:
    partij_id = await stad.value("select partij_id from partij_identificator where soort = 'bsn' order by id limit 1")
    beeld = await stad.diensten.klantinzage.klantbeeld(
        partij_id, Inwoner(partij_id, Betrouwbaarheidsniveau.SUBSTANTIEEL), VOORINVULLEN
    )
    async with stad.diensten.open_werk() as werk:
        interactie_id = await stad.diensten.behandelingen.begin(
            werk,
            PRODUCT,
            Kanaal.WEBFORMULIER,
            stad.diensten.clock(),
            partij_id=partij_id,
            bekend=known_values(beeld),
        )
        behandelstand = await stad.diensten.behandelingen.behandelstand(werk, interactie_id)
    assert behandelstand.verzoek is not None
    assert behandelstand.verzoek.gegevens["adres"].bron == "BRP"
    assert len(behandelstand.verzoek.gegevens["postcode"].waarde) == 6


async def test_who_begins_again_goes_on_with_the_draft_that_is_there(stad: Stad) -> None:
    assert await begin(stad) == await begin(stad)


@pytest.mark.norm("PL-2")
async def test_a_vraag_is_answered_by_the_step_of_its_proces_and_the_klant_gets_it_once(stad: Stad) -> None:
    await stad.huis.store_mail(
        b"From: aylin@post.example\r\nTo: gemeente@lindewaard.example\r\nSubject: Grofvuil\r\n"
        b"Message-ID: <g1@post.example>\r\n\r\nWanneer haalt u mijn bankstel op?\r\n",
        _envelop(stad),
    )
    await stad.do_jobs()
    interactie_id = await stad.value("select interactie_id from gespreksbijdrage where kenmerk = '<g1@post.example>'")
    maud, at, key = await stad.actor("maud"), stad.diensten.clock(), str(new_id())
    for _ in range(2):
        async with stad.diensten.open_werk() as werk:
            behandelstand = await stad.diensten.behandelingen.take_step(
                werk,
                interactie_id,
                "beantwoorden",
                {"antwoord": "Wij komen vrijdag.", "is_beantwoord": "ja"},
                key,
                at,
                actor_id=maud,
                door="Maud Jansen",
            )
    assert behandelstand.stand is not None
    assert behandelstand.stand.status == "afgerond"
    await stad.do_jobs()
    sent = await stad.value(
        "select count(*) from bericht where interactie_id = $1 and berichttype = 'antwoord'", interactie_id
    )
    assert sent == 1
    assert await stad.value("select count(*) from feedback where interactie_id = $1", interactie_id) == 1
    assert await stad.value("select count(*) from bericht where status <> 'bezorgd'") == 0
    assert await stad.value("select count(*) from proefpostbus") == 3


def _envelop(stad: Stad) -> Envelop:
    return Envelop("aylin@post.example", ("gemeente@lindewaard.example",), stad.diensten.clock())
