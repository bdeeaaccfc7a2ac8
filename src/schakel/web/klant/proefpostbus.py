# SPDX-License-Identifier: EUPL-1.2
"""/proefpostbus: in the demo, everything that was sent out; answer it, or write a mail to the gemeente."""

from collections.abc import Sequence

from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler

from schakel.kanaalintegratie.demo import Demo, Proefpost
from schakel.kit.errors import InvalidInput, NotFound
from schakel.web.diensten import diensten_of
from schakel.web.formulier import read_any_form
from schakel.web.klant.brief import with_links
from schakel.web.page import AnyRequest, render, see_other

LONGEST = {"van": 254, "onderwerp": 200, "tekst": 20_000}


def _demo(request: AnyRequest) -> Demo:
    demo = diensten_of(request).demo
    if demo is None:
        raise NotFound
    return demo


@get("/proefpostbus", include_in_schema=False)
async def show(request: AnyRequest) -> Response[bytes]:
    found = await _demo(request).post()
    return _page(request, found, sent="verstuurd" in request.query_params)


@post("/proefpostbus", include_in_schema=False)
async def write(request: AnyRequest) -> Response[bytes] | Response[None]:
    """A new mail, or with `antwoord` an answer to one of these, from whom it was sent to."""
    demo, formulier = _demo(request), await read_any_form(request)
    found, waarden = await demo.post(), formulier.fields()
    answered = next((one for one in found if str(one.id) == waarden.get("antwoord", "")), None)
    fouten = {name: zin for name, zin in formulier.fouten.items() if name in LONGEST}
    fouten |= _too_long(waarden)
    if not waarden.get("tekst"):
        fouten["tekst"] = "Schrijf eerst uw e-mail."
    if not fouten:
        try:
            onderwerp, tekst = waarden.get("onderwerp", ""), waarden["tekst"]
            if answered:
                await demo.post_in(answered.aan, f"Re: {answered.onderwerp}", tekst, answered.antwoord_aan)
            else:
                await demo.post_in(waarden.get("van", ""), onderwerp, tekst)
            return see_other(request, "/proefpostbus?verstuurd")
        except InvalidInput as wrong:
            fouten = wrong.fields
    return _page(request, found, waarden=waarden, fouten=fouten, answered=answered)


def _too_long(waarden: dict[str, str]) -> dict[str, str]:
    return {
        name: f"Dit zijn {len(waarden[name])} tekens. Er passen er {longest}. Maak de tekst korter."
        for name, longest in LONGEST.items()
        if len(waarden.get(name, "")) > longest
    }


def _page(
    request: AnyRequest,
    found: Sequence[Proefpost],
    *,
    sent: bool = False,
    waarden: dict[str, str] | None = None,
    fouten: dict[str, str] | None = None,
    answered: Proefpost | None = None,
) -> Response[bytes]:
    return render(
        request,
        "klant/proefpostbus.html",
        status_code=400 if fouten else 200,
        berichten=found,
        verstuurd=sent,
        waarden=waarden or {},
        fouten=fouten or {},
        open=answered,
        met_links=with_links,
    )


HANDLERS: list[BaseRouteHandler] = [show, write]
