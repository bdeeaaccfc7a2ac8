# SPDX-License-Identifier: EUPL-1.2
"""Settings: good defaults, and one clear sentence that names the variable that is wrong."""

import base64
from pathlib import Path

import pytest

from schakel.kit.settings import InvalidSetting, OidcSettings, Settings, problems, read_settings


def test_an_empty_environment_is_enough() -> None:
    for env in ({}, dict.fromkeys(("SCHAKEL_HOST", "SCHAKEL_PORT", "SCHAKEL_MAILDOMEIN", "DATABASE_URL"), "")):
        settings = read_settings(env)
        assert (settings.host, settings.port, settings.smtp_port) == ("127.0.0.1", 8080, 2525)
        assert settings.data.is_absolute()
        assert settings.data.name == ".schakel"
        assert settings.publiek_adres == "http://localhost:8080"
        assert settings.demo


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SCHAKEL_PORT", "tachtig"),
        ("SCHAKEL_PORT", "70000"),
        ("SCHAKEL_SMTP_PORT", "-1"),
        ("SCHAKEL_POSTGRES", "sqlite"),
        ("SCHAKEL_DEMO", "nee"),
        ("SCHAKEL_SMTP_UIT", "mail.example"),
        ("SCHAKEL_SMTP_UIT", "mail.example:99999"),
        ("SCHAKEL_BRP_URL", "brp.example"),
        ("SCHAKEL_PUBLIEK_ADRES", "https://[::1"),
        ("SCHAKEL_PUBLIEK_ADRES", "https://x:poort"),
        ("SCHAKEL_MAILDOMEIN", "niet een domein"),
        ("SCHAKEL_SLEUTEL", "kort"),
        ("SCHAKEL_SLEUTEL", base64.b64encode(bytes(16)).decode()),
        ("DATABASE_URL", "mysql://x"),
    ],
)
def test_a_bad_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        read_settings({name: value})
    assert refused.value.detail.startswith(f"{name} ")
    assert refused.value.detail.endswith(".")
    assert refused.value.detail.count(". ") == 0


def test_a_secret_is_not_in_what_is_printed() -> None:
    key = base64.b64encode(bytes(range(32))).decode()
    settings = read_settings(
        {"SCHAKEL_SLEUTEL": key, "SCHAKEL_DEMO_TOKEN": "geheim-token", "DATABASE_URL": "postgresql://x:wachtwoord@db/x"}
    )
    assert settings.sleutel == bytes(range(32))
    assert not any(secret in repr(settings) for secret in ("geheim-token", "wachtwoord", "sleutel="))


def test_what_is_missing_is_said_per_variable() -> None:
    named = {line.split()[0] for line in problems(read_settings({}))}
    assert named == {
        "DATABASE_URL",
        "SCHAKEL_SLEUTEL",
        "SCHAKEL_SMTP_UIT",
        "SCHAKEL_CLAMD",
        "SCHAKEL_BRP_URL",
        "SCHAKEL_OIDC_ISSUER",
        "SCHAKEL_DEMO",
    }
    ready = Settings(
        database_url="postgresql://x", sleutel=bytes(32), smtp_uit="m:25", brp_url="https://b", demo=False,
        publiek_adres="https://contact.example", clamd="c:3310",
        oidc=OidcSettings("https://login.example", "schakel", "geheim", groepen=Path("groepen.toml")),
    )  # fmt: skip
    assert problems(ready) == []


def test_what_is_missing_for_logging_in_is_said_by_name() -> None:
    issuer, client = {"SCHAKEL_OIDC_ISSUER": "http://login.example/"}, {"SCHAKEL_OIDC_CLIENT_ID": "schakel"}
    for half, missing in ((issuer, "SCHAKEL_OIDC_CLIENT_ID"), (client, "SCHAKEL_OIDC_ISSUER")):
        with pytest.raises(InvalidSetting, match=f"{missing} ontbreekt"):
            read_settings(half)
    with pytest.raises(InvalidSetting, match="SCHAKEL_OIDC_SCOPE moet het woord openid bevatten"):
        read_settings({**issuer, **client, "SCHAKEL_OIDC_SCOPE": "profile"})
    settings = read_settings({**issuer, **client})
    assert settings.oidc
    assert settings.oidc.issuer == "http://login.example/", "as the provider spells it"
    said = " ".join(problems(settings))
    for part in ("ISSUER begint met http", "CLIENT_SECRET ontbreekt", "GROEPEN ontbreekt"):
        assert f"SCHAKEL_OIDC_{part}" in said


def test_the_secret_of_the_provider_is_in_no_text() -> None:
    client = {"SCHAKEL_OIDC_CLIENT_ID": "schakel", "SCHAKEL_OIDC_CLIENT_SECRET": "stil"}
    assert "stil" not in repr(read_settings({"SCHAKEL_OIDC_ISSUER": "https://x.example", **client}))
