# SPDX-License-Identifier: EUPL-1.2
"""What the rules of one table do to each other: overlap, contradiction, gaps, rules that are never reached."""

from collections.abc import Iterator, Sequence
from itertools import islice

from schakel.proceslogica.dmn.findings import Bevinding
from schakel.proceslogica.dmn.overlap import Budget, Column, Overlap, Raster, TooLarge, describe
from schakel.proceslogica.dmn.table import Rij, Tabel

MAX_FINDINGS = 20


def check_rules(tabel: Tabel, columns: Sequence[Column], budget: Budget) -> tuple[list[Bevinding], list[Bevinding]]:
    """What refuses the table, and what the beheerder should know."""
    try:
        raster = Raster(columns, len(tabel.rijen), budget)
    except TooLarge:
        return [Bevinding(tabel.naam, "", "Dit model is te groot om op overlap na te kijken. Splits de tabel.")], []
    refused: list[Bevinding] = []
    warned: list[Bevinding] = []
    if tabel.policy in ("UNIQUE", "ANY"):
        for overlap in raster.overlaps():
            finding = _overlap(tabel, overlap)
            if finding:
                (refused if _is_sure(tabel, overlap) else warned).append(finding)
            if len(refused) + len(warned) >= MAX_FINDINGS:
                break
    if tabel.policy == "FIRST":
        warned += islice(_never_reached(tabel, raster), MAX_FINDINGS)
    warned += _gap(tabel, raster)
    return refused, warned


def _overlap(tabel: Tabel, overlap: Overlap) -> Bevinding | None:
    first, second = tabel.rijen[overlap.first], tabel.rijen[overlap.second]
    cel = f"regel {first.nummer} en regel {second.nummer}"
    example = describe(overlap.voorbeeld) or "alle gegevens"
    may = "passen allebei" if overlap.certain else "passen misschien allebei"
    if tabel.policy == "UNIQUE":
        return Bevinding(
            tabel.naam,
            cel,
            f"Deze regels {may}, bijvoorbeeld bij {example}. In een UNIQUE-tabel past er hoogstens één.",
            overlap.voorbeeld,
        )
    if _agree(first, second) is True:
        return None
    return Bevinding(
        tabel.naam,
        cel,
        f"Deze regels {may}, bijvoorbeeld bij {example}, maar met een andere uitkomst. In ANY kan dat niet.",
        overlap.voorbeeld,
    )


def _is_sure(tabel: Tabel, overlap: Overlap) -> bool:
    """Surely wrong: then the model is refused; otherwise it is a warning, and run time sees to it."""
    if tabel.policy == "UNIQUE":
        return overlap.certain
    return overlap.certain and _agree(tabel.rijen[overlap.first], tabel.rijen[overlap.second]) is False


def _agree(first: Rij, second: Rij) -> bool | None:
    """Same outputs; None when only the facts can tell."""
    verdict: bool | None = True
    for one, other in zip(first.outputs, second.outputs, strict=True):
        if one.constant and other.constant:
            if type(one.value) is not type(other.value) or one.value != other.value:
                return False
        elif one.text != other.text:
            verdict = None
    return verdict


def _never_reached(tabel: Tabel, raster: Raster) -> Iterator[Bevinding]:
    for later, earlier in raster.never_reached():
        melding = f"Deze regel wordt nooit bereikt: regel {tabel.rijen[earlier].nummer} vangt alles al af."
        yield Bevinding(tabel.naam, f"regel {tabel.rijen[later].nummer}", melding)


def _gap(tabel: Tabel, raster: Raster) -> Iterator[Bevinding]:
    if tabel.policy in ("COLLECT", "RULE ORDER", "OUTPUT ORDER") or any(column.default for column in tabel.outputs):
        return
    try:
        voorbeeld = raster.gap()
    except TooLarge:
        yield Bevinding(tabel.naam, "", "Deze tabel is te groot om helemaal op gaten na te kijken.")
        return
    if voorbeeld is not None:
        melding = (
            f"Voor sommige gegevens past geen enkele regel, bijvoorbeeld bij {describe(voorbeeld) or 'elk gegeven'}."
        )
        yield Bevinding(tabel.naam, "", melding, voorbeeld)
