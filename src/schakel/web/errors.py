# SPDX-License-Identifier: EUPL-1.2
"""Errors as a person reads them: a page for a browser, a line on the page for htmx, problem+json for software."""

import logging
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from schakel.kit.errors import InvalidInput, NotFound, SchakelError, TooMany
from schakel.web.page import AnyRequest, is_htmx, render, see_other
from schakel.web.sessie import NotSignedIn, onward

log = logging.getLogger(__name__)


class MethodNotAllowed(SchakelError):
    """A form for another address, or a link to what only takes a form."""

    status = 405
    title = "Zo kan dit niet"
    advice = "Ga terug en gebruik de knop op de pagina."


class TooLarge(SchakelError):
    """More bytes than we take in at once."""

    status = 413
    title = "Dit is te groot"
    advice = "Stuur een kleiner bestand, of breng het langs aan de balie."


class Unexpected(SchakelError):
    """Our mistake; the log has it, the screen does not."""

    status = 500
    title = "Dit ging bij ons mis"
    advice = "Uw tekst is bewaard. Probeer het over een minuut opnieuw, of bel ons."


KNOWN: dict[int, type[SchakelError]] = {
    404: NotFound,
    405: MethodNotAllowed,
    413: TooLarge,
    429: TooMany,
}


def handle_schakel_error(request: AnyRequest, error: SchakelError) -> Response[Any]:
    """What our own rules say."""
    if isinstance(error, NotSignedIn) and wants_html(request) and request.method in ("GET", "HEAD"):
        return see_other(request, error.sign_in + onward(request.url.path, str(request.url.query or "")))
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("antwoord %s", error.status, exc_info=error)
    return answer(request, error)


def handle_http_error(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """What the framework refuses: unknown address, wrong method, parameters that are not what they should be."""
    if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return handle_unexpected(request, error)
    known = KNOWN.get(error.status_code, InvalidInput)()
    return answer(request, known, status=error.status_code, headers=dict(error.headers or {}))


def handle_unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    """Never a trace on the screen; in the log only with the kind of error, because its text may hold a name."""
    log.error("onverwachte fout: %s", type(error).__name__, exc_info=error)
    return answer(request, Unexpected())


def answer(
    request: AnyRequest, error: SchakelError, *, status: int | None = None, headers: dict[str, str] | None = None
) -> Response[Any]:
    """One error, in the form that this asker can read."""
    status = status or error.status
    if is_htmx(request):
        # htmx puts it in the place for messages and leaves what was typed alone
        aside = {"HX-Retarget": "#meldingen", "HX-Reswap": "innerHTML", **(headers or {})}
        return render(request, "fouten/regel.html", status_code=status, headers=aside, fout=error)
    if wants_html(request):
        return render(request, "fouten/pagina.html", status_code=status, headers=headers, fout=error)
    return problem(error, status, headers or {})


def problem(error: SchakelError, status: int, headers: dict[str, str]) -> Response[bytes]:
    """RFC 9457, with the fields that are wrong as NL API design rules name them."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": error.title,
        "status": status,
        "detail": error.detail or error.advice,
    }
    if isinstance(error, InvalidInput) and error.fields:
        body["invalidParams"] = [{"name": name, "reason": reason} for name, reason in error.fields.items()]
    return Response(
        msgspec.json.encode(body), status_code=status, headers=headers, media_type="application/problem+json"
    )


def wants_html(request: Request[Any, Any, Any]) -> bool:
    return "text/html" in request.headers.get("accept", "")


def error_handlers() -> ExceptionHandlersMap:
    return {
        SchakelError: handle_schakel_error,
        HTTPException: handle_http_error,
        Exception: handle_unexpected,
    }
