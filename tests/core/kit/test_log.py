# SPDX-License-Identifier: EUPL-1.2
"""No personal data in a log line, whatever a library puts in it."""

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from uuid import uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schakel.begrippen.bsn import passes_elfproef
from schakel.kit.log import JsonFormatter, scrub


@st.composite
def bsns(draw: st.DrawFn) -> str:
    head = draw(st.integers(min_value=1_000_000, max_value=99_999_999))
    found = [f"{head:08d}{last}" for last in range(10) if passes_elfproef(f"{head:08d}{last}")]
    assume(found)
    return found[0]


@st.composite
def phones(draw: st.DrawFn) -> str:
    number = draw(st.sampled_from(["06{:08d}", "+316{:08d}", "0031 6 {:08d}", "%2B316{:08d}", "030-2{:06d}"])).format(
        draw(st.integers(min_value=1_000_000, max_value=9_999_999))
    )
    gap = draw(st.sampled_from(["", " ", "-", "."]))
    return number[:4] + gap + number[4:]


LOCAL = st.from_regex(r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,20}", fullmatch=True)
MAILS = st.builds(
    lambda local, at, host: f"{local}{at}{host}.nl",
    LOCAL.filter(lambda text: not text.endswith("%")),
    st.sampled_from(["@", "%40"]),
    st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True),
)
AROUND = st.sampled_from(["", " ", "bsn", "bsn=", "tel:", '"', "'", "<", "/", "-", "_", "é", "\n", "(", "x", ":"])


@pytest.mark.norm("A09", "GE-11")
@given(AROUND, bsns() | phones(), AROUND)
def test_no_bsn_or_telephone_number_comes_through(before: str, number: str, after: str) -> None:
    digits = re.sub(r"\D", "", number)
    left = scrub(f"{before}{number}{after}")
    assert "[nummer]" in left
    assert digits[-6:] not in re.sub(r"\D", "", left)


@given(AROUND, bsns(), st.sampled_from([" ", ".", "-", "  ", "\u00a0"]))
def test_no_spaced_bsn_comes_through(before: str, bsn: str, gap: str) -> None:
    assert not re.search(r"\d", scrub(f"{before}{bsn[:4]}{gap}{bsn[4:6]}{gap}{bsn[6:]}"))


@given(AROUND, MAILS, AROUND)
def test_no_e_mail_address_comes_through(before: str, mail: str, after: str) -> None:
    left = scrub(f"{before} {mail} {after}")
    assert "[adres]" in left
    assert "@" not in left
    assert "%40" not in left


def test_digits_before_an_address_do_not_hide_it() -> None:
    assert scrub("12345 6789@post.example") == "12345 [adres]"
    assert scrub("123456789 6789@post.example") == "[nummer] [adres]"


def test_a_quoted_address_is_one_too() -> None:
    assert scrub('van "jan de wit"@post.example aan jan@[10.0.0.1]') == "van [adres] aan [adres]"


def test_what_a_beheerder_needs_stays() -> None:
    key = str(uuid4())
    for text in (f"origineel {key} bewaard", "op 2026-11-24 15:30:00.123 klaar", "poort 8080, 14 0199, 12345678 bytes"):
        assert scrub(text) == text
    assert "999993653" not in scrub("2026-11-24 999993653")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("proef")
    logger.addHandler(handler)
    logger.propagate = False
    yield stream
    logger.removeHandler(handler)
    logger.propagate = True


def test_an_exception_is_its_type_and_place(lines: io.StringIO) -> None:
    try:
        raise ValueError("999993653 van jan@post.example")
    except ValueError:
        logging.getLogger("proef").exception("mislukt voor %s", "jan@post.example")
    said = json.loads(lines.getvalue())
    assert said["tekst"] == "mislukt voor [adres]"
    assert said["fout"] == "ValueError"
    assert said["plaats"].startswith("tests.core.kit.test_log:") or "test_log:" in said["plaats"]
    assert "999993653" not in lines.getvalue()


def test_a_wrong_log_call_is_one_line_without_its_arguments() -> None:
    record = logging.LogRecord("proef", logging.WARNING, __file__, 1, "twee %s %s", ("999993653",), None)
    assert json.loads(JsonFormatter().format(record))["tekst"] == "twee %s %s"


NOISY = """
import asyncio, logging, threading, warnings
from schakel.kit.log import set_up_logging
logging.getLogger("uvicorn.access").addHandler(logging.StreamHandler())
set_up_logging()
logging.getLogger("uvicorn.access").error("GET /?bsn=999993653")
logging.getLogger("mail.log").info("MAIL FROM jan@post.example")
logging.getLogger("sqlalchemy.engine").info("select 999993653")
logging.getLogger("laat.gemaakt").warning("bel 06-12345678")
warnings.warn("999993653")
thread = threading.Thread(target=lambda: 1 / int("999993653 nee"))
thread.start(); thread.join()
async def main():
    asyncio.get_running_loop().create_task(fails()); await asyncio.sleep(0.05)
async def fails(): raise ValueError("jan@post.example")
asyncio.run(main())
raise RuntimeError("999993653 jan@post.example")
"""


def test_everything_a_process_says_is_json_without_personal_data() -> None:
    said = subprocess.run([sys.executable, "-c", NOISY], capture_output=True, text=True, check=False, timeout=60)
    assert said.returncode == 1
    assert said.stdout == ""
    records = [json.loads(line) for line in said.stderr.splitlines()]
    assert [record["fout"] for record in records if "fout" in record] == ["ValueError", "ValueError", "RuntimeError"]
    assert not re.search(r"999993653|12345678|post\.example", said.stderr)
    assert {record["bron"] for record in records} == {"laat.gemaakt", "py.warnings", "schakel", "asyncio"}
