# SPDX-License-Identifier: EUPL-1.2
"""Figures: what was measured, and what a budget says about it."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement. `budget` is the most it may be, or with `at_least` the least; None when there is none."""

    benchmark: str
    what: str
    value: float
    unit: str
    budget: float | None = None
    at_least: bool = False
    spread: tuple[float, float] | None = None
    notes: dict[str, object] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        if self.budget is None:
            return None
        return self.value >= self.budget if self.at_least else self.value <= self.budget

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "met": self.met}


def median_of(runs: Sequence[Sequence[Figure]]) -> list[Figure]:
    """The same figures of several runs, each with its median and how far the runs lie apart."""
    found = []
    for same in zip(*runs, strict=True):
        values = [figure.value for figure in same]
        first = same[0]
        found.append(
            Figure(
                first.benchmark,
                first.what,
                statistics.median(values),
                first.unit,
                first.budget,
                first.at_least,
                (min(values), max(values)),
                first.notes,
            )
        )
    return found


def table(figures: Sequence[Figure]) -> str:
    """For people; the widest cell of a column sets its width."""
    rows = [("benchmark", "what", "figure", "runs", "budget", "met")]
    for figure in figures:
        sign = "≥" if figure.at_least else "≤"
        low, high = figure.spread or (figure.value, figure.value)
        rows.append(
            (
                figure.benchmark,
                figure.what,
                f"{_short(figure.value)} {figure.unit}",
                f"{_short(low)}–{_short(high)}" if low != high else "",
                "" if figure.budget is None else f"{sign} {_short(figure.budget)}",
                {None: "", True: "yes", False: "NO"}[figure.met],
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
