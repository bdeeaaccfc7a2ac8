#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Measures the budgets of the house on this machine, against loopback only; `make bench` runs all of it once."""

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.bench import (  # noqa: E402
    decision_bench,
    memory_bench,
    ontvangst_bench,
    overname_bench,
    screens_bench,
    search_bench,
    start_bench,
    verdeling_bench,
    write_bench,
)
from tests.bench.figures import Figure, median_of, table  # noqa: E402

Measure = Callable[[Path], Awaitable[list[Figure]]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    names = "start, memory, ontvangst, decision, screens, search, write, overname, verdeling"
    parser.add_argument("benchmarks", nargs="*", metavar="benchmark", help=names)
    parser.add_argument("--runs", type=int, default=1, help="how often; the median counts")
    parser.add_argument("--mails", type=int, default=2_000, help="of ontvangst; its memory takes five times that")
    parser.add_argument("--people", type=int, default=1_000_000, help="of search")
    parser.add_argument("--json", action="store_true", help="one JSON object per figure")
    chosen = parser.parse_args()
    known: dict[str, Measure] = {
        "start": start_bench.measure,
        "memory": memory_bench.measure,
        "ontvangst": partial(ontvangst_bench.measure, mails=chosen.mails),
        "decision": decision_bench.measure,
        "screens": screens_bench.measure,
        "search": partial(search_bench.measure, people=chosen.people),
        "write": write_bench.measure,
        "overname": overname_bench.measure,
        "verdeling": verdeling_bench.measure,
    }
    if unknown := [name for name in chosen.benchmarks if name not in known]:
        parser.error(f"unknown: {', '.join(unknown)}")
    figures = []
    for name in chosen.benchmarks or known:
        runs = [run(name, known[name]) for _ in range(chosen.runs)]
        figures += median_of(runs) if len(runs) > 1 else runs[0]
    print("\n".join(json.dumps(f.as_dict(), ensure_ascii=False) for f in figures) if chosen.json else table(figures))
    return 0


def run(name: str, measure: Measure) -> Sequence[Figure]:
    """One benchmark in a folder of its own, that the database's user can pass through."""
    print(f"{name} … (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)
    folder = Path(tempfile.mkdtemp(prefix="schakel-bench-"))
    folder.chmod(0o711)
    try:
        return asyncio.run(_within(measure(folder), 3600))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _within(measuring: Awaitable[list[Figure]], seconds: float) -> list[Figure]:
    """Stops by itself, whatever hangs."""
    return await asyncio.wait_for(measuring, seconds)


if __name__ == "__main__":
    sys.exit(main())
