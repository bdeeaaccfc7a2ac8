# SPDX-License-Identifier: EUPL-1.2
"""Notatie: how figures, dates, durations and codes are written on a screen (Dutch, 24 hours, a point in times)."""

import re
from datetime import date, datetime, timedelta

from markupsafe import Markup, escape

from schakel.kit.clock import AMSTERDAM

DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MAX_UNIT = 1024


def getal(value: float, decimals: int = 0) -> str:
    """1284 is `1.284` and 0.4 with one decimal is `0,4`."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def procent(share: float, decimals: int = 0) -> str:
    """A share of 1 as a percentage, with a narrow space that does not break."""
    return f"{getal(share * 100, decimals)}\u202f%"


def euro(amount: float) -> str:
    """`€ 45,20`; whole euros without cents."""
    return f"€\u00a0{getal(amount, 0 if amount == int(amount) else 2)}"


def seconden(value: float) -> str:
    """`0,4 sec`: how long something took."""
    return f"{getal(value, 1)}\u00a0sec"


def werkdagen(count: int) -> str:
    """`1 werkdag`, `8 werkdagen`: which clock it is, is in the word."""
    return f"{count}\u00a0{'werkdag' if count == 1 else 'werkdagen'}"


def bsn_laatste(laatste: str) -> str:
    """`••••• •019`: of a bsn no more than its last three digits ever get here."""
    if not re.fullmatch(r"[0-9]{3}", laatste):
        raise ValueError("bsn_laatste takes the last three digits only")
    return f"•••••\u00a0•{laatste}"


def grootte(size: int) -> str:
    """A size in bytes as a person says it."""
    if size < MAX_UNIT:
        return f"{size} bytes"
    if size < MAX_UNIT**2:
        return f"{getal(size / MAX_UNIT)} kB"
    return f"{getal(size / MAX_UNIT**2, 1)} MB"


def local(moment: datetime) -> datetime:
    return moment.astimezone(AMSTERDAM)


def klokstand(moment: datetime) -> str:
    """The time of day: `9.04`, `14.02`."""
    at = local(moment)
    return f"{at.hour}.{at.minute:02}"


def datum(value: date | datetime, now: datetime | None = None) -> str:
    """For a sentence: `dinsdag 24 november`; the year only when it is another one."""
    day = local(value).date() if isinstance(value, datetime) else value
    text = f"{DAGEN[day.weekday()]} {day.day} {MAANDEN[day.month - 1]}"
    return text if now and local(now).year == day.year else f"{text} {day.year}"


def geboortedatum(value: date) -> str:
    """`3 maart 1994`: without a day of the week."""
    return f"{value.day} {MAANDEN[value.month - 1]} {value.year}"


def korte_datum(value: date | datetime, now: datetime) -> str:
    """For a list: vandaag, gisteren, morgen, `di 24 nov`, and with the year when it is another one."""
    day, today = (local(value).date() if isinstance(value, datetime) else value), local(now).date()
    word = {0: "vandaag", -1: "gisteren", 1: "morgen"}.get((day - today).days)
    if word:
        return word
    text = f"{day.day} {KORT[day.month - 1]}"
    return f"{DAGEN[day.weekday()][:2]} {text}" if day.year == today.year else f"{text} {day.year}"


def tijdstip(moment: datetime, now: datetime) -> Markup:
    """A `<time>`: `vandaag 14.02`, `di 24 nov, 14.02`."""
    day = korte_datum(moment, now)
    between = " " if day.isalpha() else ", "
    return time_tag(moment, f"{day}{between}{klokstand(moment)}")


def time_tag(moment: date | datetime, text: str) -> Markup:
    iso = moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()
    return Markup('<time datetime="{}">{}</time>').format(iso, text)


def duur(span: timedelta | float) -> str:
    """`41 sec`, `1 min 52`, `2 u 54 min`, `1 d 7 u`; a number counts seconds. Never negative."""
    seconds = max(0, int(span.total_seconds() if isinstance(span, timedelta) else span))
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours} u" if hours else f"{days} d"
    if hours:
        return f"{hours} u {minutes} min" if minutes else f"{hours} u"
    if minutes:
        return f"{minutes} min {rest}" if rest and minutes < 10 else f"{minutes} min"
    return f"{rest} sec"


def telefoon(number: str) -> str:
    """`06 12 34 41 27`, `14 0199`, `0199 12 34 56`; what is not a Dutch number stays as it is."""
    digits = re.sub(r"[\s.-]|^(?:\+31|0031)(?=[1-9])", lambda m: "0" if "31" in m.group() else "", number)
    if re.fullmatch(r"140\d{2,3}", digits):
        return f"14 {digits[2:]}"
    if not re.fullmatch(r"0\d{9}", digits):
        return number
    area = (
        2
        if digits.startswith("06")
        else 3
        if re.match(r"0(?:1[035]|2[03-6]|3[03568]|4[0356]|5[0358]|7\d)", digits)
        else 4
    )
    rest = digits[area:]
    groups = [rest[:3], rest[3:5], rest[5:]] if len(rest) == 7 else re.findall("..", rest)
    return " ".join((digits[:area], *groups))


def postcode(value: str) -> str:
    """`3811 LW`; what is not a postcode stays as it is."""
    found = re.fullmatch(r"\s*(\d{4})\s*([A-Za-z]{2})\s*", value)
    return f"{found[1]} {found[2].upper()}" if found else value


def wisselcode(value: str) -> str:
    """`7KQ-4M2`."""
    signs = re.sub(r"[^0-9A-Za-z]", "", value).upper()
    return f"{signs[:3]}-{signs[3:]}" if len(signs) == 6 else value


def alineas(text: str) -> Markup:
    """Plain text as paragraphs; a single line break stays one."""
    parts = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(Markup("<br>").join(escape(part).split("\n"))) for part in parts)
