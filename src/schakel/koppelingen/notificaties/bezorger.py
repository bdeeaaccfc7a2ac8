# SPDX-License-Identifier: EUPL-1.2
"""Bezorger: one POST per line to whoever subscribed; fills the port `Bezorger`."""

import base64
import hashlib
import hmac
import logging
from collections.abc import Mapping, Sequence

import httpcore
import msgspec

from schakel.kit.clock import Clock
from schakel.kit.projection import Invalid
from schakel.koppelingen.notificaties.adres import Network, Refused
from schakel.koppelingen.notificaties.bericht import Afzender, Bericht, bericht_of, kanalen_of, test_bericht
from schakel.koppelingen.notificaties.lijnen import Lijnen
from schakel.relatiebeheer.notificaties.abonnement import Aanvraag, Gebeurtenis, Vorm

_log = logging.getLogger(__name__)
PATIENCE = 10.0  # seconds for one notificatie, whatever the subscriber does meanwhile


class HttpBezorger:
    """`allowed`: networks that may be called though others of their kind may not."""

    def __init__(
        self, afzender: Afzender, allowed: Sequence[Network], clock: Clock, patience: float = PATIENCE
    ) -> None:
        self._afzender, self._clock, self._patience = afzender, clock, patience
        self._lijnen = Lijnen(allowed)

    async def close(self) -> None:
        await self._lijnen.close()

    async def deliver(self, aanvraag: Aanvraag, gebeurtenis: Gebeurtenis) -> str:
        """Any 2xx is a yes. Redirects are not followed: the address that was checked is the address."""
        return await self._told(aanvraag, bericht_of(gebeurtenis, aanvraag.vorm, self._afzender))

    async def check(self, aanvraag: Aanvraag) -> Sequence[Invalid]:
        if aanvraag.vorm is Vorm.DOORGEVEN:
            fout = await self._add_kanalen(aanvraag)
            return [Invalid("callbackUrl", "invalid-callback-url", f"De Notificaties API {fout}.")] if fout else []
        bericht = test_bericht(aanvraag.vorm, self._afzender, self._clock().isoformat().replace("+00:00", "Z"))
        fout = await self._told(aanvraag, bericht)
        if fout:
            return [Invalid("callbackUrl", "invalid-callback-url", f"De callback {fout}.")]
        if not await self._told(_bare(aanvraag), bericht):
            reason = "De callback neemt ook notificaties aan zonder autorisatie."
            return [Invalid("callbackUrl", "no-auth-on-callback-url", reason)]
        return []

    async def _told(self, aanvraag: Aanvraag, bericht: Bericht) -> str:
        headers = {"Content-Type": bericht.content_type, "Idempotency-Key": bericht.sleutel, **self._auth(aanvraag)}
        url = aanvraag.url + ("/notificaties" if aanvraag.vorm is Vorm.DOORGEVEN else "")
        try:
            status, _ = await self._call("POST", url, headers, bericht.body)
        except _Unheard as unheard:
            return str(unheard)
        return "" if 200 <= status < 300 else f"antwoordt met foutcode {status}"

    async def _add_kanalen(self, aanvraag: Aanvraag) -> str:
        """Make the kanalen that are not there yet at the Notificaties API that tells it to others."""
        url = f"{aanvraag.url}/kanaal"
        headers = {"Content-Type": "application/json", "Accept": "application/json", **self._auth(aanvraag)}
        try:
            status, body = await self._call("GET", url, headers, b"")
            if status != 200:
                return f"antwoordt met foutcode {status}"
            known = {one.get("naam") for one in msgspec.json.decode(body, type=list[dict[str, object]])}
            for kanaal in kanalen_of(self._afzender.host):
                if kanaal["naam"] not in known:
                    status, _ = await self._call("POST", url, headers, msgspec.json.encode(kanaal))
                    if status != 201:
                        return f"maakt een kanaal niet: foutcode {status}"
        except _Unheard as unheard:
            return str(unheard)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return "gaf een antwoord dat wij niet begrijpen"
        return ""

    async def _call(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        try:
            return await self._lijnen.call(method, url, {"User-Agent": "Schakel", **headers}, body, self._patience)
        except Refused:
            raise _Unheard("staat op een adres dat Schakel niet mag aanroepen") from None
        except (TimeoutError, httpcore.TimeoutException):
            raise _Unheard("antwoordt te laat") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError):
            raise _Unheard("is niet te bereiken") from None
        except Exception as fault:  # whatever a subscriber does, it must not end the walk of its abonnement
            _log.warning("notificatie niet afgegeven: %s", type(fault).__name__)
            raise _Unheard("is niet te bereiken") from None

    def _auth(self, aanvraag: Aanvraag) -> Mapping[str, str]:
        if not aanvraag.auth:
            return {}
        if aanvraag.vorm is not Vorm.DOORGEVEN:
            return {"Authorization": aanvraag.auth}
        client_id, _, secret = aanvraag.auth.partition(":")
        return {"Authorization": f"Bearer {_signed(client_id, secret, int(self._clock().timestamp()))}"}


class _Unheard(Exception):
    """No usable answer; the text says why, without anything of the address."""


def _bare(aanvraag: Aanvraag) -> Aanvraag:
    return Aanvraag(aanvraag.naam, aanvraag.vorm, aanvraag.url, "", aanvraag.kanalen)


def _signed(client_id: str, secret: str, now: int) -> str:
    """A ZGW token of this client, for now."""
    claims = {
        "iss": client_id,
        "iat": now,
        "client_id": client_id,
        "user_id": "schakel",
        "user_representation": "Schakel",
    }
    parts = b".".join(_b64(msgspec.json.encode(part)) for part in ({"typ": "JWT", "alg": "HS256"}, claims))
    return (parts + b"." + _b64(hmac.new(secret.encode(), parts, hashlib.sha256).digest())).decode()


def _b64(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")
