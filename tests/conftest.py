# SPDX-License-Identifier: EUPL-1.2
"""What the whole suite shares: tiers that skip loudly, and the outcome per test that `schakel normen` reads."""

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

pytest_plugins = ("tests.databases",)

ROOT = Path(__file__).resolve().parents[1]
OUTCOMES = ROOT / ".schakel-normen.json"

#: A tier's marker, the programs it needs (one of each group), and what to do when they are not here.
PARTS = {
    "browser": ((("chromium", "chromium-browser", "google-chrome"),), "Chromium ontbreekt: apt install chromium"),
    "mailserver": (
        (("postfix",), ("dovecot",)),
        "Postfix of Dovecot ontbreekt: apt install postfix dovecot-imapd dovecot-lmtpd",
    ),
    "virusscanner": ((("clamd",),), "ClamAV ontbreekt: apt install clamav-daemon"),
}
#: What an ordinary user's round leaves out, because it says nothing of that user and was run before.
ELSEWHERE = ("standards", "conformance", "edge/web", "edge/register", "edge/register_schrijven", "edge/notificaties")
#: SCHAKEL_TEST_TIER: which markers it leaves out. Left out is said at the end, like skipped.
TIERS = {"alles": set[str](), "snel": {"browser", "mailserver", "mutatie", "traag"}, "kern": {"mutatie", "traag"}}

_outcomes = pytest.StashKey[dict[str, str]]()
_left_out = pytest.StashKey[Counter[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "mutatie: disables a deciding line and expects its test to fail")
    config.addinivalue_line("markers", "traag: takes more than ten seconds")
    config.stash[_outcomes] = {}
    config.stash[_left_out] = Counter()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this tier does not run; mark what this machine cannot run with the reason."""
    tier = os.environ.get("SCHAKEL_TEST_TIER", "alles")
    if tier not in TIERS:
        raise pytest.UsageError(f"SCHAKEL_TEST_TIER is {tier!r}; kies uit {', '.join(TIERS)}")
    missing = {part: reason for part, (groups, reason) in PARTS.items() if not all(map(_has_one, groups))}
    kept, dropped = [], []
    for item in items:
        names = {mark.name for mark in item.iter_markers()}
        if out := sorted(names & TIERS[tier]) or _elsewhere(item, tier):
            dropped.append(item)
            config.stash[_left_out][f"{out[0]}: niet in de ronde '{tier}'"] += 1
            continue
        for part in sorted(names & missing.keys()):
            item.add_marker(pytest.mark.skip(reason=missing[part]))
        kept.append(item)
    items[:] = kept
    if dropped:
        config.hook.pytest_deselected(items=dropped)


def _elsewhere(item: pytest.Item, tier: str) -> list[str]:
    place = item.path.relative_to(ROOT / "tests").as_posix()
    return [f"tests/{folder}" for folder in ELSEWHERE if tier == "snel" and place.startswith(f"{folder}/")]


def _has_one(programs: tuple[str, ...]) -> bool:
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    return any(shutil.which(program, path=path) for program in programs)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    """Remember the worst outcome of a test over set-up, call and clean-up."""
    report: pytest.TestReport = yield
    outcomes = item.config.stash[_outcomes]
    if report.outcome != "passed" or report.when == "call":
        worst = "failed" if "failed" in (report.outcome, outcomes.get(item.nodeid)) else report.outcome
        outcomes[item.nodeid] = worst
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep the outcomes; in CI a skipped test is a failure, because CI installs every part."""
    outcomes = session.config.stash[_outcomes]
    if outcomes and "SCHAKEL_MUTATIE" not in os.environ:
        _keep(outcomes, all_of_them=session.config.args_source is pytest.Config.ArgsSource.TESTPATHS)
    if os.environ.get("CI") == "true" and "skipped" in outcomes.values() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _keep(outcomes: dict[str, str], *, all_of_them: bool) -> None:
    """Add this run to what earlier runs of other tests left behind; a run of all forgets tests that are gone."""
    earlier: dict[str, str] = {}
    if OUTCOMES.is_file() and not all_of_them:
        earlier = json.loads(OUTCOMES.read_text(encoding="utf-8"))
    fresh = OUTCOMES.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(dict(sorted({**earlier, **outcomes}.items())), indent=0), encoding="utf-8")
    fresh.replace(OUTCOMES)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the very end, where nobody can miss it, what this run did not show."""
    reasons = Counter(terminalreporter.config.stash[_left_out])
    for report in terminalreporter.stats.get("skipped", []):
        reasons[report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)] += 1
    if not reasons:
        return
    terminalreporter.section("NIET GEDRAAID", sep="=", yellow=True, bold=True)
    for reason, count in reasons.most_common():
        terminalreporter.line(f"{count:5} {'test' if count == 1 else 'tests'}  {reason.removeprefix('Skipped: ')}")
    if os.environ.get("CI") == "true" and terminalreporter.stats.get("skipped"):
        terminalreporter.line("      In CI telt een overgeslagen test als fout.", red=True)
