# SPDX-License-Identifier: EUPL-1.2
"""What these tests need of a verzoek: begun, filled in and handed in through the real Behandelingen."""

from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.kanaalintegratie.beheer import Beslissingregel
from schakel.kit.ids import new_id
from schakel.proceslogica.voorbeelden import voorbeeld
from tests.edge.stad import Bezoeker, Stad

PRODUCT = "parkeervergunning"
PROCES = f"/beheer/processen/{PRODUCT}"
BESLISSING = "parkeervergunning_toekennen"
INVOER = {
    "kenteken": "XX-123-X",
    "eigenaar": "eigen",
    "adres": "Lindelaan 14",
    "postcode": "3811 LW",
    "ingangsdatum": "1-12-2026",
}
V2 = voorbeeld("parkeervergunning_v2.dmn")


async def begin(stad: Stad, naam: str = "Aylin Yılmaz", kanaal: Kanaal = Kanaal.WEBFORMULIER) -> UUID:
    diensten = stad.diensten
    async with diensten.open_werk() as werk:
        return await diensten.behandelingen.begin(
            werk, PRODUCT, kanaal, diensten.clock(), partij_id=await stad.partij(naam)
        )


async def hand_in(stad: Stad, interactie_id: UUID, kanaal: Kanaal = Kanaal.WEBFORMULIER, **other: str) -> None:
    diensten = stad.diensten
    async with diensten.open_werk() as werk:
        await diensten.behandelingen.save(werk, interactie_id, INVOER | other, kanaal, diensten.clock())
        await diensten.behandelingen.hand_in(werk, interactie_id, kanaal, new_id().hex, diensten.clock())


async def decision_of(stad: Stad, interactie_id: UUID) -> Beslissingregel:
    """The one on whether it is granted."""
    beslissing_id = await stad.value(
        """select b.id from beslissing b join proces p on p.id = b.proces_id
           where p.interactie_id = $1 and b.sleutel = $2""",
        interactie_id,
        BESLISSING,
    )
    return await stad.diensten.beheer.beslissing(beslissing_id)


async def offer(
    kees: Bezoeker, *bestanden: tuple[str, bytes], path: str = PROCES, csrf: str | None = None
) -> tuple[int, str]:
    """Post files as the form does: the status and the page."""
    files = [("bestanden", (naam, inhoud, "application/xml")) for naam, inhoud in bestanden]
    answer = await kees.client.post(path, data={"csrf": kees.csrf if csrf is None else csrf}, files=files)
    return answer.status_code, answer.text
