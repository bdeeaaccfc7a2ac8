# SPDX-License-Identifier: EUPL-1.2
"""The inbound road on a real PostgreSQL: registered once, in its own conversation, with a belofte and an owner."""

import dataclasses
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from schakel.begrippen.gespreksbijdrage import Afzender, Bijlage, Gespreksbijdrage, References
from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.werk import Origineel
from schakel.kit.ids import new_id
from tests.edge.hoofdweg.house import House

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def a_mail(
    adres: str = "aylin@post.example", *, kenmerk: str = "<1@post.example>", tekst: str = "Mag ik hier parkeren?"
) -> Gespreksbijdrage:
    return Gespreksbijdrage(
        afzender=Afzender(Kanaal.EMAIL, adres, "Aylin"),
        onderwerp="Vraag",
        tekst=tekst,
        ontvangen_op=AT,
        aan=("info@lindewaard.example",),
        bijlagen=(Bijlage("foto.png", "image/png", b"\x89PNG"),),
        references=References(kenmerk=kenmerk),
        vingerafdruk=f"vinger:{adres}:{tekst}",
    )


async def take_in(house: House, bijdrage: Gespreksbijdrage) -> UUID | None:
    """Store the origineel and register it, as a worker does; the Interactie, or None for a twin."""
    origineel_id = new_id()
    async with house.open_werk() as werk:
        await werk.originelen.add(Origineel(origineel_id, Kanaal.EMAIL, {}, b"raw", AT), timedelta())
    async with house.open_werk() as werk:
        assert await werk.originelen.take(origineel_id)
        ontvangen = await house.ontvangst.register_origineel(werk, origineel_id, bijdrage, AT)
    return ontvangen.interactie_id if ontvangen else None


@pytest.mark.norm("KI-0", "RB-0", "EO-2", "KR-2")
async def test_a_mail_becomes_an_interactie_with_klantcontact_belofte_and_confirmation(house: House) -> None:
    interactie_id = await take_in(house, a_mail())
    assert interactie_id
    beeld = await house.lezer.interactie(interactie_id)
    assert beeld.nummer.startswith("LW-2026-")
    assert beeld.belofte_op is not None
    assert beeld.belofte_op > AT
    assert [b.richting for b in beeld.bijdragen] == ["uit", "in"]
    assert beeld.bijdragen[1].bijlagen[0].naam == "foto.png"
    bevestiging = beeld.bijdragen[0]
    assert beeld.nummer in bevestiging.tekst
    assert "Wisselcode" in bevestiging.tekst
    assert beeld.belofte_tekst in bevestiging.tekst
    async with house.database.connection() as connection:
        assert await connection.fetchval("select count(*) from klantcontact") == 1
        assert await connection.fetchval("select count(*) from verkeersregel") == 1


@pytest.mark.norm("KI-0")
async def test_the_same_mail_twice_is_kept_as_a_twin_and_is_not_double_work(house: House) -> None:
    first = await take_in(house, a_mail())
    assert await take_in(house, a_mail()) is None
    nameless = a_mail(kenmerk="", tekst="zonder kenmerk")
    assert await take_in(house, nameless)
    assert await take_in(house, nameless) is None
    later = dataclasses.replace(nameless, ontvangen_op=AT + timedelta(days=6))
    assert await take_in(house, later)
    assert first
    assert (await house.lezer.interactie(first)).bijdragen[1].tweelingen == 1


async def test_same_message_id_with_other_content_is_not_judged_a_duplicate(house: House) -> None:
    assert await take_in(house, a_mail())
    assert await take_in(house, a_mail(tekst="Iets heel anders"))


@pytest.mark.norm("GE-8")
async def test_a_reply_goes_on_and_a_stranger_with_the_token_does_not(house: House) -> None:
    interactie_id = await take_in(house, a_mail())
    assert interactie_id
    token = house.tokens.sign(interactie_id)
    reply = dataclasses.replace(
        a_mail(kenmerk="<2@post.example>", tekst="Nog iets"), references=References("<2@post.example>", token)
    )
    assert await take_in(house, reply) == interactie_id
    stranger = dataclasses.replace(
        a_mail("vreemde@post.example", kenmerk="<3@post.example>"), references=References("<3@post.example>", token)
    )
    other = await take_in(house, stranger)
    assert other not in (None, interactie_id)
    assert other
    beeld = await house.lezer.interactie(other)
    assert beeld.verwant
    assert beeld.verwant.id == interactie_id
    assert all(b.tekst != "Nog iets" for b in beeld.bijdragen)


async def test_a_machine_gets_no_answer_from_a_machine(house: House) -> None:
    interactie_id = await take_in(house, dataclasses.replace(a_mail(), geautomatiseerd=True))
    assert interactie_id
    beeld = await house.lezer.interactie(interactie_id)
    assert [b.richting for b in beeld.bijdragen] == ["in"]


async def test_a_broken_mail_is_work_with_an_alarm(house: House) -> None:
    broken = dataclasses.replace(a_mail(), tekst="", onderwerp="", gebreken=("Het bericht is onleesbaar.",))
    interactie_id = await take_in(house, broken)
    assert interactie_id
    assert (await house.lezer.interactie(interactie_id)).alarm == "Het bericht is onleesbaar."


@pytest.mark.norm("KS-4")
async def test_a_wisselcode_works_once(house: House) -> None:
    interactie_id = await take_in(house, a_mail())
    assert interactie_id
    async with house.open_werk() as werk:
        code = await house.wissel.issue(werk, interactie_id, AT)
    async with house.open_werk() as werk:
        assert await house.wissel.redeem(werk, code.lower().replace("-", " "), AT) == interactie_id
    with pytest.raises(Exception, match="Wisselcode"):
        async with house.open_werk() as werk:
            await house.wissel.redeem(werk, code, AT)
