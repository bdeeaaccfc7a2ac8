# SPDX-License-Identifier: EUPL-1.2
"""/mijn/gegevens: who looked and why, what we know and from where, and what the klant decides himself (GE-10, EG-4)."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from litestar import Response, get, post
from litestar.handlers import BaseRouteHandler
from msgspec.structs import asdict

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.mijn import Klantvoorkeuren
from schakel.klantbeeld.beeld import Klantbeeld
from schakel.klantbeeld.beeld import Veld as Klantveld
from schakel.klantbeeld.gegevens import Adres, Contactregel, Datum, DigitaalAdres, Verzoekregel
from schakel.proceslogica.contract import Veld, canonical, validate
from schakel.regie.catalogus import catalogus
from schakel.regie.doelen import INZAGE, Gegevensklasse
from schakel.regie.logboek import Inzageregel, bundle
from schakel.web.diensten import Diensten, diensten_of
from schakel.web.formulier import read_any_form
from schakel.web.klant.toegang import ingelogd
from schakel.web.notatie import bsn_laatste, klokstand, korte_datum, local, telefoon
from schakel.web.page import AnyRequest, render
from schakel.web.wie import inwoner_of

DAYS = 30
TALEN = {"nld": "Nederlands", "eng": "Engels", "deu": "Duits", "fra": "Frans", "tur": "Turks", "ara": "Arabisch"}
_BSN = frozenset(k.sleutel for k in catalogus().klantgegevens if k.klasse is Gegevensklasse.BSN)
VELDEN = (
    Veld(
        *("voorkeur", "Hoe wilt u het liefst van ons horen?", "keuze", False),
        keuzes=(
            ("", "Geen voorkeur"),
            (Kanaal.EMAIL, "E-mail"),
            (Kanaal.TELEFOON, "Telefoon"),
            (Kanaal.POST, "Brief"),
        ),
    ),
    Veld(
        *("aanspreekvorm", "Hoe spreken wij u aan?", "keuze", False),
        keuzes=(("", "Met mijn naam"), ("mevrouw", "Mevrouw"), ("meneer", "Meneer")),
    ),
    Veld("email", "E-mailadres", "email", verplicht=False),
    Veld("telefoon", "Telefoonnummer", "telefoon", verplicht=False),
)


@get("/mijn/gegevens", include_in_schema=False, guards=[ingelogd])
async def who_looked(request: AnyRequest) -> Response[bytes]:
    found = await diensten_of(request).mijn.voorkeuren(inwoner_of(request))
    return await _page(request, shown(found), {})


@post("/mijn/gegevens", include_in_schema=False, guards=[ingelogd])
async def change(request: AnyRequest) -> Response[bytes]:
    """Works at once on every kanaal, and can be undone with one press."""
    formulier = await read_any_form(request)
    texts = formulier.fields()
    waarden = {veld.sleutel: texts.get(veld.sleutel, "") for veld in VELDEN}
    fouten = validate(VELDEN, waarden) | {n: zin for n, zin in formulier.fouten.items() if n in waarden}
    if fouten:
        return await _page(request, waarden, fouten)
    kept = {veld.sleutel: canonical(veld, waarden[veld.sleutel]) for veld in VELDEN}
    kept["telefoon"] = international(kept["telefoon"])
    after = Klantvoorkeuren(**kept)
    before = await diensten_of(request).mijn.change(inwoner_of(request), after)
    return await _page(request, shown(after), {}, before=before, undone="terug" in texts)


@get("/mijn/gegevens/zelf", include_in_schema=False, guards=[ingelogd])
async def own_data(request: AnyRequest) -> Response[bytes]:
    """The klantbeeld of himself: the one that a medewerker would see, whole."""
    klantbeeld = await _klantbeeld(request)
    return render(
        request,
        "klant/gegevens_zelf.html",
        klantbeeld=klantbeeld,
        lees=partial(in_words, now=diensten_of(request).clock()),
    )


@get("/mijn/gegevens/opvragen", include_in_schema=False, guards=[ingelogd])
async def rights(request: AnyRequest) -> Response[bytes]:
    return render(request, "klant/gegevens_opvragen.html")


@get("/mijn/gegevens/wie-keek.csv", include_in_schema=False, guards=[ingelogd])
async def keep_list(request: AnyRequest) -> Response[bytes]:
    """The list to keep, with every line, those of himself too."""
    rows = await _looked(diensten_of(request), request)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(("dag", "tijd", "wie", "zag", "waarom", "mag volgens", "bron"))
    for r in rows:
        seen, bronnen = ", ".join(r.gezien), ", ".join(r.bronnen)
        day = f"{local(r.moment):%d-%m-%Y}"
        writer.writerow((day, klokstand(r.moment), r.wie, seen, r.waarom, r.grondslag, bronnen))
    headers = {"Content-Disposition": 'attachment; filename="wie-keek.csv"'}
    return Response(b"\xef\xbb\xbf" + text.getvalue().encode(), media_type="text/csv", headers=headers)


async def _page(
    request: AnyRequest,
    waarden: Mapping[str, str],
    fouten: Mapping[str, str],
    *,
    before: Klantvoorkeuren | None = None,
    undone: bool = False,
) -> Response[bytes]:
    regels = await _looked(diensten_of(request), request)
    others = [regel for regel in regels if not regel.eigen]
    return render(
        request,
        "klant/gegevens.html",
        status_code=400 if fouten else 200,
        bundels=bundle(others),
        anderen=len(others),
        eigen=sum(regel.eigen for regel in regels),
        dagen=DAYS,
        velden=VELDEN,
        waarden=waarden,
        fouten=fouten,
        eerder=before,
        teruggezet=undone,
    )


async def _looked(diensten: Diensten, request: AnyRequest) -> Sequence[Inzageregel]:
    wie = inwoner_of(request)
    since = diensten.clock() - timedelta(days=DAYS)
    return await diensten.klantinzage.wie_keek(wie.partij_id, since, 500)  # GE-10


async def _klantbeeld(request: AnyRequest) -> Klantbeeld:
    wie = inwoner_of(request)
    return await diensten_of(request).klantinzage.klantbeeld(wie.partij_id, wie, INZAGE)


def shown(voorkeuren: Klantvoorkeuren) -> Mapping[str, str]:
    """As they stand in the fields."""
    return {**asdict(voorkeuren), "telefoon": telefoon(voorkeuren.telefoon)}


def in_words(veld: Klantveld, now: datetime) -> Sequence[str]:
    """A value as its klant reads it, line by line; of a bsn no more than the end."""
    match veld.waarde:
        case bool():
            return ["Ja" if veld.waarde else "Nee"]
        case str():
            return [bsn_laatste(veld.waarde[-3:]) if veld.sleutel in _BSN else TALEN.get(veld.waarde, veld.waarde)]
        case Datum():
            return [veld.waarde.tekst]
        case Adres():
            return veld.waarde.regels
        case rows:
            return [_line(row, now) for row in rows] or ["Geen"]


def _line(row: DigitaalAdres | Contactregel | Verzoekregel, now: datetime) -> str:
    match row:
        case DigitaalAdres():
            return telefoon(row.adres) if "@" not in row.adres else row.adres
        case Contactregel():
            return f"{korte_datum(row.plaatsgevonden_op, now)}: {row.onderwerp}, via {row.kanaal}"
        case Verzoekregel():
            return f"{row.nummer}: {row.uitkomst or row.status}"


def international(number: str) -> str:
    """E.164, as numbers are kept: 0612345678 is +31612345678."""
    if number.startswith("00"):
        return f"+{number[2:]}"
    return f"+31{number[1:]}" if number.startswith("0") else number


HANDLERS: list[BaseRouteHandler] = [who_looked, change, own_data, rights, keep_list]
