# SPDX-License-Identifier: EUPL-1.2
"""/dubbelen: who is likely here twice, and what was joined last."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from schakel.kit.errors import InvalidInput
from schakel.relatiebeheer.samenvoegen import MAX_REDEN, NietTeSplitsen
from schakel.web.diensten import diensten_of
from schakel.web.formulier import read_form
from schakel.web.page import AnyRequest, render, see_other
from schakel.web.sessie import medewerker_only
from schakel.web.wie import medewerker_of

MELDINGEN = {
    "samen": "Er is nu één klant. Ziet u dat het fout was? Maak het hieronder ongedaan.",
    "gesplitst": "Het zijn weer twee klanten, zoals het was.",
    "twee": "Dit paar tonen wij niet meer. Het zijn twee klanten.",
}


@get("/dubbelen", guards=[medewerker_only()], include_in_schema=False)
async def dubbelen_page(request: AnyRequest) -> Response[bytes]:
    """The likeliest first; each look leaves its line."""
    return await show_list(request, melding=MELDINGEN.get(request.query_params.get("gedaan", ""), ""))


@post("/dubbelen/splits/{verliezer_id:uuid}", guards=[medewerker_only()], include_in_schema=False)
async def unmerge(request: AnyRequest, verliezer_id: FromPath[UUID]) -> Response[bytes] | Response[None]:
    """Undone, with a reason of its own."""
    form, dubbelen = await read_form(request), diensten_of(request).dubbelen
    try:
        await dubbelen.unmerge(verliezer_id, form.text("reden"), dubbelen.medewerker(medewerker_of(request)))
    except InvalidInput as wrong:
        return await show_list(request, fout=wrong.fields.get("reden", wrong.detail), bij=verliezer_id)
    except NietTeSplitsen as wrong:
        return await show_list(request, fout=wrong.detail, bij=verliezer_id, status_code=wrong.status)
    return see_other(request, "/dubbelen?gedaan=gesplitst")


async def show_list(
    request: AnyRequest, *, melding: str = "", fout: str = "", bij: UUID | None = None, status_code: int = 400
) -> Response[bytes]:
    """`bij`: where the mistake was made."""
    dubbelen = diensten_of(request).dubbelen
    door = dubbelen.medewerker(medewerker_of(request))
    return render(
        request,
        "medewerker/dubbelen/lijst.html",
        status_code=status_code if fout else 200,
        paren=await dubbelen.likely(door),
        samenvoegingen=await dubbelen.recent(door),
        melding=melding,
        fout=fout,
        bij=bij,
        max_reden=MAX_REDEN,
    )
