# SPDX-License-Identifier: EUPL-1.2
"""Is every belofte one that we can keep: on an open day, in order, safe over clock changes, and honest?"""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.begrippen.kanaal import Kanaal
from schakel.dienstverlening.beloften import promise, remaining, shifted
from schakel.dienstverlening.feestdagen import Bevrijdingsdag, Kalender, feestdagen, shift_end
from schakel.dienstverlening.openingstijden import InvalidOpeningstijden, Openingstijden, parse_week
from schakel.dienstverlening.producten import producten
from schakel.dienstverlening.serviceformules import Klok, serviceformules
from schakel.dienstverlening.termijnen import Opschorting, Verzoeksoort, termijn_end
from schakel.kit.clock import AMSTERDAM

FLITS = serviceformules()["flits"]
PARKEREN = producten()["parkeervergunning"]
WEEKS = [
    "ma-vr 8.30-17.00",
    "ma-wo,vr 8.30-12.00 13.00-17.00; do 13.00-20.00",
    "ma,do 9.00-12.00; za 10.00-13.00",
    "ma-zo 0.00-24.00",
    "zo 1.30-3.30; wo 9.00-10.00",
]
moments = st.datetimes(datetime(2024, 1, 1), datetime(2036, 12, 1), timezones=st.just(UTC))
hours = st.sampled_from([Openingstijden(parse_week(week)) for week in WEEKS])
kanalen = st.sampled_from(sorted(FLITS.servicelevels))


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=AMSTERDAM)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize("year", range(1995, 2061))
def test_feestdagen_are_those_of_the_package_holidays(year: int) -> None:
    """5 mei and Goede Vrijdag always count for the law; the package gives 5 mei only in a lustrum."""
    theirs = {day for day in holidays.NL(years=year, categories=("public", "optional")) if day.weekday() != 6}
    ours = {day for day in feestdagen(year) if day.weekday() != 6}
    if year >= 2014:
        assert ours == theirs
    else:
        april = {day for day in ours ^ theirs if day.month == 4}  # Koninginnedag before 2014
        assert ours ^ theirs == april


@pytest.mark.parametrize(
    ("kalender", "dag", "werkdag"),
    [
        (Kalender(), date(2025, 4, 26), False),  # Koningsdag moves: 27 april 2025 is a Sunday; 26 is a Saturday
        (Kalender(), date(2026, 4, 27), False),
        (Kalender(), date(2026, 5, 5), True),
        (Kalender(), date(2025, 5, 5), False),
        (Kalender(bevrijdingsdag=Bevrijdingsdag.ALTIJD), date(2026, 5, 5), False),
        (Kalender(bevrijdingsdag=Bevrijdingsdag.NOOIT), date(2025, 5, 5), True),
        (Kalender(bevrijdingsdag=Bevrijdingsdag.NOOIT), date(2016, 5, 5), False),  # Hemelvaart fell on it
        (Kalender(), date(2026, 4, 3), True),
        (Kalender(goede_vrijdag=True), date(2026, 4, 3), False),
        (Kalender(gesloten=frozenset({date(2026, 5, 15)})), date(2026, 5, 15), False),
    ],
)
def test_settings_of_the_kalender(kalender: Kalender, dag: date, werkdag: bool) -> None:
    assert kalender.is_werkdag(dag) is werkdag


@pytest.mark.norm("NO-9")
@given(moments, kanalen, hours)
def test_a_belofte_never_ends_on_a_closed_day_and_never_before_receipt(
    at: datetime, kanaal: Kanaal, openingstijden: Openingstijden
) -> None:
    belofte = promise(None, kanaal, at, FLITS, openingstijden)
    spells = openingstijden.blokken((belofte.uiterlijk - timedelta(seconds=1)).astimezone(AMSTERDAM).date())
    assert any(start < belofte.uiterlijk <= end for start, end in spells)
    assert belofte.uiterlijk > at


@given(moments, moments, kanalen, hours)
def test_who_comes_first_is_promised_first(
    one: datetime, other: datetime, kanaal: Kanaal, openingstijden: Openingstijden
) -> None:
    first, second = sorted((one, other))
    ends = [promise(None, kanaal, at, FLITS, openingstijden).uiterlijk for at in (first, second)]
    assert ends[0] <= ends[1]


@given(moments, st.integers(0, 20_000), hours)
def test_open_time_adds_up_also_when_the_clock_changes(
    at: datetime, minutes: int, openingstijden: Openingstijden
) -> None:
    length = timedelta(minutes=minutes)
    assert openingstijden.between(at, openingstijden.add(at, length)) == length


@pytest.mark.parametrize(
    ("day", "length"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 1), 24)]
)
def test_a_day_lasts_what_it_lasts(day: date, length: int) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM)
    end = datetime.combine(day + timedelta(days=1), start.timetz())
    assert Openingstijden(parse_week("ma-zo 0.00-24.00")).between(start, end) == timedelta(hours=length)


@given(moments, kanalen, hours, st.integers(0, 4_000), st.integers(0, 9_000))
def test_standing_still_shifts_the_belofte_exactly(
    at: datetime, kanaal: Kanaal, openingstijden: Openingstijden, wait: int, still: int
) -> None:
    belofte = promise(None, kanaal, at, FLITS, openingstijden)
    van = min(at + timedelta(minutes=wait), belofte.uiterlijk - timedelta(minutes=1))
    tot = van + timedelta(minutes=still)
    moved = shifted(belofte, [Opschorting(van, tot)], tot, openingstijden)
    if belofte.klok is Klok.OPENINGSTIJD:
        assert openingstijden.between(belofte.uiterlijk, moved) == openingstijden.between(van, tot)
        assert openingstijden.between(tot, moved) == openingstijden.between(van, belofte.uiterlijk)
    else:
        kalender, day = openingstijden.kalender, belofte.uiterlijk.astimezone(AMSTERDAM).date()
        paused_days = kalender.count_werkdagen(van.astimezone(AMSTERDAM).date(), tot.astimezone(AMSTERDAM).date())
        expected = openingstijden.end_of(kalender.add_werkdagen(day, paused_days)) if paused_days else belofte.uiterlijk
        assert moved == expected


@given(moments, kanalen, st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)), max_size=4))
def test_overlapping_spells_count_once(at: datetime, kanaal: Kanaal, spans: list[tuple[int, int]]) -> None:
    openingstijden = Openingstijden(parse_week(WEEKS[0]))
    belofte = promise(None, kanaal, at, FLITS, openingstijden)
    spells = [Opschorting(at + timedelta(minutes=a), at + timedelta(minutes=a + b)) for a, b in spans]
    now = at + timedelta(days=30)
    assert shifted(belofte, spells + spells, now, openingstijden) == shifted(belofte, spells, now, openingstijden)


def test_what_is_left_while_it_stands_still_does_not_shrink() -> None:
    openingstijden = Openingstijden(parse_week(WEEKS[0]))
    belofte = promise(None, Kanaal.WHATSAPP, local(2026, 11, 24, 9, 0), FLITS, openingstijden)
    still = [Opschorting(local(2026, 11, 24, 10, 0))]
    left = [remaining(belofte, still, local(2026, 11, d, 10, 0), openingstijden) for d in (24, 25, 26)]
    assert {r.tijd for r in left} == {timedelta(hours=3)}
    assert all(r.stil for r in left)
    late = remaining(belofte, [], local(2026, 11, 24, 14, 0), openingstijden)
    assert (late.tijd, late.stil) == (timedelta(hours=-1), False)


@pytest.mark.norm("SF-0", "KR-2")
@pytest.mark.parametrize(
    ("kanaal", "at", "says"),
    [
        (Kanaal.EMAIL, local(2026, 11, 24, 14, 2), "U hoort uiterlijk donderdag 26 november van ons."),
        (Kanaal.EMAIL, local(2026, 11, 27, 18, 0), "U hoort uiterlijk dinsdag 1 december van ons."),
        (Kanaal.EMAIL, local(2026, 12, 24, 9, 0), "U hoort uiterlijk dinsdag 29 december van ons."),
        (Kanaal.EMAIL, local(2026, 12, 31, 9, 0), "U hoort uiterlijk dinsdag 5 januari 2027 van ons."),
        (Kanaal.WHATSAPP, local(2026, 11, 24, 9, 0), "U hoort uiterlijk vandaag om 13.00 uur van ons."),
        (Kanaal.WHATSAPP, local(2026, 11, 27, 16, 0), "U hoort uiterlijk maandag 30 november om 11.30 uur van ons."),
    ],
)
def test_the_klant_reads_a_day_and_a_medewerker_reads_the_same(kanaal: Kanaal, at: datetime, says: str) -> None:
    belofte = promise(None, kanaal, at, FLITS, Openingstijden(parse_week(WEEKS[0])))
    assert belofte.tekst_klant == says
    end = belofte.uiterlijk.astimezone(AMSTERDAM)
    assert f" {end.day} " in belofte.tekst_medewerker
    assert f"{end.hour}.{end.minute:02d}" in belofte.tekst_medewerker


@pytest.mark.norm("Awb 4:13")
def test_a_formal_message_gets_the_law_beside_the_belofte() -> None:
    openingstijden = Openingstijden(parse_week(WEEKS[0]))
    at = local(2026, 11, 24, 14, 2)
    belofte = promise(PARKEREN, Kanaal.WEBFORMULIER, at, FLITS, openingstijden, soort=Verzoeksoort.AANVRAAG)
    assert belofte.termijn == date(2027, 1, 19)
    assert belofte.tekst_klant.endswith("Wij beslissen uiterlijk dinsdag 19 januari 2027.")
    assert "Awb 4:13" in belofte.grond


@pytest.mark.norm("Awb 4:13", "W39", "W40", "W41")
@pytest.mark.parametrize(
    ("soort", "ontvangen", "end"),
    [
        (Verzoeksoort.AANVRAAG, date(2026, 1, 30), date(2026, 3, 27)),
        (Verzoeksoort.AANVRAAG, date(2026, 2, 6), date(2026, 4, 7)),  # Goede Vrijdag 3 april, weekend, Paasmaandag
        (Verzoeksoort.WOO, date(2026, 4, 7), date(2026, 5, 6)),  # 5 mei counts every year for the law
        (Verzoeksoort.BEZWAAR, date(2026, 11, 3), date(2026, 12, 15)),
        (Verzoeksoort.KLACHT, date(2026, 11, 14), date(2026, 12, 28)),  # Tweede Kerstdag on Saturday
        (Verzoeksoort.PRIVACY, date(2026, 1, 31), date(2026, 3, 2)),  # 28 februari is a Saturday
        (Verzoeksoort.INGEBREKESTELLING, date(2026, 11, 24), date(2026, 12, 8)),
    ],
)
def test_termijnen(soort: Verzoeksoort, ontvangen: date, end: date) -> None:
    assert termijn_end(soort, ontvangen) == end


def test_bezwaar_counts_from_the_end_of_the_bezwaartermijn_and_waiting_for_the_klant_is_added() -> None:
    soort = Verzoeksoort.BEZWAAR
    assert termijn_end(soort, date(2026, 11, 3), bezwaartermijn_end=date(2026, 11, 20)) == date(2027, 1, 4)  # 1 jan
    waited = Opschorting(local(2026, 11, 4, 10, 0), local(2026, 11, 10, 10, 0))
    assert termijn_end(soort, date(2026, 11, 3), opschortingen=[waited, waited]) == date(2026, 12, 21)


@pytest.mark.norm("W39")
@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)))
def test_the_law_never_ends_on_a_day_off_and_shifts_only_forward(day: date) -> None:
    end = shift_end(day)
    assert end >= day
    assert end.weekday() < 5
    assert end not in feestdagen(end.year)


@pytest.mark.parametrize(
    "text", ["ma 9-12", "xx 9.00-12.00", "ma 12.00-9.00", "ma 9.00-25.00", "ma 9.00-12.00 11.00-13.00"]
)
def test_openingstijden_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(InvalidOpeningstijden):
        parse_week(text)


@settings(max_examples=20)
@given(moments)
def test_a_kanaal_that_never_opens_says_so(at: datetime) -> None:
    with pytest.raises(InvalidOpeningstijden):
        Openingstijden(parse_week("")).next_open(at)
