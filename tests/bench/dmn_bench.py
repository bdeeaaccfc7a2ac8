# SPDX-License-Identifier: EUPL-1.2
"""CPU time of one decision and of one upload check. Run it as a script; it prints figures and holds no promise."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "core" / "dmn"))

from models import a_table, table_model

from schakel.proceslogica.dmn import check

FACTS = {"leeftijd": "number", "soort": "string", "wachttijd in dagen": "number", "spoed": "boolean"}
LAST = {"leeftijd": 99, "soort": "b", "wachttijd in dagen": 12, "spoed": False}


def model(rules: int, policy: str) -> bytes:
    inputs = list(FACTS.items())
    rows = [
        [f"[{n * 100 // rules}..{(n + 1) * 100 // rules}[", '"a","b"', "[0..30]", "-", f'"uitkomst {n}"', str(n)]
        for n in range(rules)
    ]
    return table_model(FACTS, a_table(inputs, [("weg", "string"), ("dagen", "number")], rows, policy=policy))


def cpu_ms(step: Callable[[], object], times: int) -> float:
    started = time.process_time()
    for _ in range(times):
        step()
    return (time.process_time() - started) / times * 1000


if __name__ == "__main__":
    for rules, policy in ((20, "UNIQUE"), (20, "COLLECT"), (20, "FIRST"), (200, "UNIQUE")):
        xml = model(rules, policy)
        definities = check(xml)
        decide = cpu_ms(lambda: definities.decide("besluit", LAST), 5000)  # noqa: B023
        upload = cpu_ms(lambda: check(xml), 5)  # noqa: B023
        print(f"{rules:4} regels {policy:8} beslissen {decide:.4f} CPU-ms, controleren {upload:.1f} CPU-ms")  # noqa: T201
