# SPDX-License-Identifier: EUPL-1.2
"""Fouten: the error object that clients of these standards expect, with everything that is wrong in it at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import msgspec

from schakel.kit.errors import Conflict, Forbidden, NotFound, SchakelError, TooMany
from schakel.kit.projection import Invalid
from schakel.relatiebeheer.register.poorten import Refused


@dataclass(frozen=True)
class Fout(Exception):
    """An answer other than what was asked for. `soort` names it in `type`."""

    status: int
    soort: str
    code: str
    title: str
    detail: str = ""
    invalid: Sequence[Invalid] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, base: str) -> bytes:
        """The error object as JSON."""
        said: dict[str, object] = {
            "type": f"{base}/ref/fouten/{self.soort}/",
            "code": self.code,
            "title": self.title,
            "status": self.status,
            "detail": self.detail or self.title,
            "instance": f"urn:uuid:{uuid4()}",
        }
        if self.status == 400:
            said["invalidParams"] = [{"name": i.name, "code": i.code, "reason": i.reason} for i in self.invalid]
        return msgspec.json.encode(said)


def invalid_input(invalid: Sequence[Invalid]) -> Fout:
    """400, with what is wrong about each name."""
    return Fout(400, "ValidationError", "invalid", "Invalid input.", invalid=invalid)


def parse_error() -> Fout:
    """400: this is no JSON, or not an object."""
    wrong = Invalid("nonFieldErrors", "parse_error", "De inhoud is geen geldig JSON-object.")
    return Fout(400, "ParseError", "parse_error", "Ongeldig samengesteld verzoek.", invalid=(wrong,))


def not_authenticated() -> Fout:
    """401: who is asking was not said."""
    return Fout(
        401,
        "NotAuthenticated",
        "not_authenticated",
        "Authenticatiegegevens zijn niet opgegeven.",
        headers={"WWW-Authenticate": "Token"},
    )


def authentication_failed() -> Fout:
    """401: a token that we do not know, or no longer."""
    return Fout(
        401, "AuthenticationFailed", "authentication_failed", "Ongeldige token.", headers={"WWW-Authenticate": "Token"}
    )


def permission_denied() -> Fout:
    """403: known, but this scope is not in the token."""
    return Fout(403, "PermissionDenied", "permission_denied", "U heeft geen toestemming om deze actie uit te voeren.")


def not_found(detail: str = "Niet gevonden.") -> Fout:
    """404: not there, or not for you."""
    return Fout(404, "NotFound", "not_found", "Niet gevonden.", detail)


def method_not_allowed(method: str, allowed: Sequence[str]) -> Fout:
    """405."""
    title = f'Methode "{method}" niet toegestaan.'
    return Fout(405, "MethodNotAllowed", "method_not_allowed", title, headers={"Allow": ", ".join(allowed)})


def not_acceptable() -> Fout:
    """406: we speak JSON."""
    return Fout(406, "NotAcceptable", "not_acceptable", "Kan niet voldoen aan de opgegeven Accept header.")


def too_large() -> Fout:
    """413."""
    return Fout(413, "RequestEntityTooLarge", "request_too_large", "De inhoud is te groot.")


def unsupported_media_type(known: str = "application/json") -> Fout:
    """415: we read JSON."""
    title = f"Ongeldig media type in het verzoek: alleen {known}."
    return Fout(415, "UnsupportedMediaType", "unsupported_media_type", title)


def unexpected() -> Fout:
    """500: our mistake; the log has it."""
    return Fout(500, "APIException", "error", "Er is een serverfout opgetreden.")


def unavailable() -> Fout:
    """503: the database does not answer."""
    return Fout(503, "ServiceUnavailable", "unavailable", "Wij kunnen er nu even niet bij.")


def of_rules(error: SchakelError) -> Fout:
    """What the rules below say, as this API says it."""
    match error:
        case Refused():
            return invalid_input(error.invalid)
        case NotFound():
            return not_found()
        case Forbidden():
            return permission_denied()
        case Conflict():
            return Fout(409, "Conflict", "conflict", "Iemand anders was u net voor.", error.detail)
        case TooMany():
            return Fout(429, "Throttled", "throttled", "U probeerde dit te vaak.")
    if error.status == 412:
        return Fout(412, "PreconditionFailed", "precondition_failed", error.title, error.detail)
    return unavailable() if error.status == 503 else unexpected()
