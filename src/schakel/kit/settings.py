# SPDX-License-Identifier: EUPL-1.2
"""Settings: everything the environment can say, read once, typed, with a Dutch sentence for what is wrong."""

import base64
import binascii
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from schakel.kit.errors import SchakelError


class InvalidSetting(SchakelError):
    """`detail` names the variable."""

    title = "Een instelling klopt niet"
    advice = "Pas de genoemde variabele aan en start opnieuw."


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The provider where medewerkers log in. `groepen` is the file that says what its groups mean here."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scope: str = "openid profile"
    groepclaim: str = "groups"
    groepen: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it. `port` 0 means: any free one. Empty addresses mean: the demo's own part."""

    host: str = "127.0.0.1"
    port: int = 8080
    smtp_port: int = 2525
    data: Path = Path(".schakel")
    database_url: str = field(default="", repr=False)
    postgres: str = "auto"
    demo: bool = True
    demo_token: str = field(default="", repr=False)
    smtp_uit: str = ""
    clamd: str = ""
    telefoon: str = field(default="", repr=False)
    imap: str = field(default="", repr=False)
    brp_url: str = ""
    notificaties_toegestaan: str = ""
    oin: str = ""
    publiek_adres: str = "http://localhost:8080"
    maildomein: str = "lindewaard.example"
    gemeente: str = "Lindewaard"
    prefix: str = "LW"
    sleutel: bytes = field(default=b"", repr=False)
    werkers: int = 2
    oidc: OidcSettings | None = None


def read_settings(env: Mapping[str, str] | None = None) -> Settings:
    """From the environment; raises InvalidSetting with the name of the first variable that is wrong."""
    env = os.environ if env is None else env
    port = _port(env, "SCHAKEL_PORT", 8080)
    return Settings(
        host=env.get("SCHAKEL_HOST") or "127.0.0.1",
        port=port,
        smtp_port=_port(env, "SCHAKEL_SMTP_PORT", 2525),
        data=Path(env.get("SCHAKEL_DATA") or ".schakel").absolute(),
        database_url=_database_url(env),
        postgres=_one_of(env, "SCHAKEL_POSTGRES", ("auto", "systeem", "wheel")),
        demo=_one_of(env, "SCHAKEL_DEMO", ("ja", "leeg")) == "ja",
        demo_token=env.get("SCHAKEL_DEMO_TOKEN", ""),
        smtp_uit=_address(env, "SCHAKEL_SMTP_UIT"),
        telefoon=_secret(env, "SCHAKEL_TELEFOON_GEHEIM"),
        clamd=_address(env, "SCHAKEL_CLAMD"),
        imap=env.get("SCHAKEL_IMAP", ""),
        brp_url=_url(env, "SCHAKEL_BRP_URL", ""),
        notificaties_toegestaan=env.get("SCHAKEL_NOTIFICATIES_TOEGESTAAN", ""),
        oin=_oin(env),
        publiek_adres=_url(env, "SCHAKEL_PUBLIEK_ADRES", f"http://localhost:{port}"),
        maildomein=_domain(env, "SCHAKEL_MAILDOMEIN", "lindewaard.example"),
        gemeente=env.get("SCHAKEL_GEMEENTE") or "Lindewaard",
        prefix=env.get("SCHAKEL_NUMMERPREFIX") or "LW",
        sleutel=_key(env),
        werkers=max(1, _number(env, "SCHAKEL_WERKERS", 2)),
        oidc=_oidc(env),
    )


def host_and_port(value: str) -> tuple[str, int] | None:
    """Of a setting that was read as host:port; None when it is empty."""
    host, _, port = value.rpartition(":")
    return (host, int(port)) if value else None


def problems(settings: Settings) -> list[str]:
    """What a beheerder should still arrange before real klanten use this, in Dutch."""
    found = []
    if not settings.database_url:
        found.append("DATABASE_URL ontbreekt: Schakel gebruikt een eigen ingebouwde database in SCHAKEL_DATA.")
    if not settings.sleutel:
        found.append("SCHAKEL_SLEUTEL ontbreekt: de sleutel voor bsn staat dan als bestand naast de gegevens.")
    if not settings.smtp_uit:
        found.append("SCHAKEL_SMTP_UIT ontbreekt: e-mail gaat niet echt weg, maar naar de proefpostbus.")
    if not settings.clamd:
        found.append("SCHAKEL_CLAMD ontbreekt: niemand kijkt of er een virus in een bijlage zit.")
    if not settings.brp_url:
        found.append("SCHAKEL_BRP_URL ontbreekt: Schakel vraagt de kleine proef-BRP met verzonnen personen.")
    if settings.publiek_adres.startswith("http://") and "localhost" not in settings.publiek_adres:
        found.append("SCHAKEL_PUBLIEK_ADRES begint met http: gebruik https voor inwoners.")
    found += _oidc_problems(settings)
    if settings.demo:
        found.append("SCHAKEL_DEMO staat aan: iedereen kan inloggen als proefmedewerker. Zet hem op leeg.")
    return found


def _oidc_problems(settings: Settings) -> list[str]:
    oidc = settings.oidc
    if oidc is None:
        return ["SCHAKEL_OIDC_ISSUER ontbreekt: medewerkers kunnen niet inloggen met hun eigen account."]
    found = []
    if oidc.issuer.startswith("http://"):
        found.append("SCHAKEL_OIDC_ISSUER begint met http: gebruik https, anders kan iemand meelezen bij het inloggen.")
    if not oidc.client_secret:
        found.append("SCHAKEL_OIDC_CLIENT_SECRET ontbreekt: vraag bij het inlogsysteem een geheim aan voor Schakel.")
    if oidc.groepen is None:
        found.append("SCHAKEL_OIDC_GROEPEN ontbreekt: Schakel gebruikt zijn eigen lijst van groepen en rollen.")
    return found


def _oidc(env: Mapping[str, str]) -> OidcSettings | None:
    _url(env, "SCHAKEL_OIDC_ISSUER", "")
    issuer, client_id = env.get("SCHAKEL_OIDC_ISSUER", ""), env.get("SCHAKEL_OIDC_CLIENT_ID", "")
    if not issuer and not client_id:
        return None
    for name, value in (("SCHAKEL_OIDC_ISSUER", issuer), ("SCHAKEL_OIDC_CLIENT_ID", client_id)):
        if not value:
            raise InvalidSetting(f"{name} ontbreekt: zonder deze kan niemand inloggen via het inlogsysteem.")
    scope, groepen = env.get("SCHAKEL_OIDC_SCOPE") or "openid profile", env.get("SCHAKEL_OIDC_GROEPEN")
    if "openid" not in scope.split():
        raise InvalidSetting("SCHAKEL_OIDC_SCOPE moet het woord openid bevatten.")
    return OidcSettings(
        issuer=issuer,
        client_id=client_id,
        client_secret=env.get("SCHAKEL_OIDC_CLIENT_SECRET", ""),
        scope=scope,
        groepclaim=env.get("SCHAKEL_OIDC_GROEPCLAIM") or "groups",
        groepen=Path(groepen).absolute() if groepen else None,
    )


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(env.get(name) or default)
    except ValueError:
        raise InvalidSetting(f"{name} moet een getal zijn.") from None


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    port = _number(env, name, default)
    if not 0 <= port <= 65535:
        raise InvalidSetting(f"{name} moet een poortnummer tussen 0 en 65535 zijn.")
    return port


def _one_of(env: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = env.get(name) or allowed[0]
    if value not in allowed:
        raise InvalidSetting(f"{name} kan zijn: {', '.join(allowed)}.")
    return value


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    value = (env.get(name) or default).rstrip("/")
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # a port or an IPv6 address that is none
        fits = False
    if value and not fits:
        raise InvalidSetting(f"{name} moet beginnen met http:// of https:// en een hostnaam hebben.")
    return value


def _domain(env: Mapping[str, str], name: str, default: str) -> str:
    value = (env.get(name) or default).lower()
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", value):
        raise InvalidSetting(f"{name} moet een domeinnaam zijn, zoals gemeente.nl.")
    return value


def _oin(env: Mapping[str, str]) -> str:
    value = env.get("SCHAKEL_OIN", "")
    if value and not re.fullmatch(r"[0-9]{20}", value):
        raise InvalidSetting("SCHAKEL_OIN moet een OIN van 20 cijfers zijn.")
    return value


def _database_url(env: Mapping[str, str]) -> str:
    value = env.get("DATABASE_URL", "")
    if value and not value.startswith(("postgres://", "postgresql://")):
        raise InvalidSetting("DATABASE_URL moet beginnen met postgresql://.")
    return value


def _address(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "")
    host, _, port = value.rpartition(":")
    if value and not (host and port.isdecimal() and 0 < int(port) <= 65535):
        raise InvalidSetting(f"{name} moet de vorm host:poort hebben.")
    return value


def _secret(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "")
    if value and not re.fullmatch(r"[A-Za-z0-9_-]{20,200}", value):
        raise InvalidSetting(f"{name} moet 20 tot 200 letters en cijfers zijn.")
    return value


def _key(env: Mapping[str, str]) -> bytes:
    value = env.get("SCHAKEL_SLEUTEL", "")
    if not value:
        return b""
    try:
        key = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise InvalidSetting("SCHAKEL_SLEUTEL moet 32 bytes in base64 zijn.")
    return key
