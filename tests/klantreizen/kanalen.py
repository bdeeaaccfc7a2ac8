# SPDX-License-Identifier: EUPL-1.2
"""One set of facts through every real entrance: the form, the balie, a mail and a telephone call worked out."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from schakel.begrippen.kanaal import Kanaal
from schakel.kit.ids import new_id
from tests.edge.stad import Bezoeker, Stad
from tests.edge.web.bladen import visible
from tests.edge.web.klant.portaal import begin, code_on, fill_in, hand_in, hidden
from tests.edge.web.medewerker_contact.gang import open_at_balie
from tests.edge.web.medewerker_werk.bureau import PDF, answer_form, mail_in, move_to

Feiten = Mapping[str, str]


@dataclass
class Ingangen:
    """The people at each entrance, signed in once."""

    stad: Stad
    inwoner: Bezoeker
    ruben: Bezoeker
    femke: Bezoeker

    @classmethod
    async def open(cls, stad: Stad) -> "Ingangen":
        """An inwoner whom the BRP does not know, so that every fact is typed."""
        partij_id = await stad.value(
            """select p.id from partij p where not p.zelfstandig and p.soort = 'persoon'
               and not exists (select from partij_identificator n where n.partij_id = p.id) order by p.id limit 1"""
        )
        return cls(stad, await stad.log_in_partij(partij_id), await stad.log_in("ruben"), await stad.log_in("femke"))

    @property
    def all(self) -> dict[str, Callable[[Feiten, bool], Awaitable[UUID]]]:
        return {"formulier": self.form, "balie": self.balie, "e-mail": self.mail, "telefoon": self.telephone}

    async def form(self, feiten: Feiten, bewijs: bool) -> UUID:
        """Theme by theme on the website."""
        path, page = await begin(self.inwoner)
        files = {"v_bewijs": ("bewijs.pdf", PDF, "application/pdf")} if bewijs else None
        for nummer in (1, 2, 3):
            extra = {"files": files} if files and nummer == 1 else {}
            answer = await fill_in(self.inwoner, path, nummer, feiten, **extra)
            assert answer.status_code == 303, visible(answer.text)
        answer = await hand_in(self.inwoner, path)
        assert answer.status_code == 303, visible(answer.text)
        return UUID(path.rpartition("/")[2])

    async def balie(self, feiten: Feiten, bewijs: bool) -> UUID:
        """Begun online, everything told at the balie."""
        path, page = await begin(self.inwoner)
        here = await open_at_balie(self.ruben, code_on(page.text))
        files = {"files": {"bewijs": ("foto.pdf", PDF, "application/pdf")}} if bewijs else {}
        answer = await self.ruben.post(here, dict(feiten), **files)
        assert answer.status_code == 303, visible(answer.text)
        return UUID(path.rpartition("/")[2])

    async def mail(self, feiten: Feiten, bewijs: bool) -> UUID:
        """A mail that is an aanvraag, worked out by the team it went to."""
        text = "Hierbij vraag ik een parkeervergunning aan."
        interactie_id = await mail_in(self.stad, "Parkeervergunning", text, van=f"x{new_id().hex}@post.example")
        return await self._work_out(interactie_id, feiten, bewijs)

    async def telephone(self, feiten: Feiten, bewijs: bool) -> UUID:
        """A call that becomes an aanvraag."""
        page = (await self.ruben.get("/registreren")).text
        answer = await self.ruben.post(
            "/registreren",
            {
                "sleutel": hidden(page, "sleutel"),
                "kanaal": str(Kanaal.TELEFOON),
                "samenvatting": "Wil een parkeervergunning voor bewoners.",
                "product": "parkeervergunning",
                "naam": "Beller",
                "nummer": "06 12 34 99 99",
                "beantwoord": "nee",
            },
        )
        assert answer.status_code == 303, visible(answer.text)
        interactie_id = UUID(answer.headers["location"].partition("=")[2])
        await move_to(self.stad, interactie_id, "parkeren")
        began = await self.femke.post(f"/werk/{interactie_id}/aanvraag")
        assert began.status_code == 303, visible(began.text)
        return await self._work_out(interactie_id, feiten, bewijs)

    async def _work_out(self, interactie_id: UUID, feiten: Feiten, bewijs: bool) -> UUID:
        form = await answer_form(self.femke, interactie_id)
        files = {"files": {"bewijs": ("scan.pdf", PDF, "application/pdf")}} if bewijs else {}
        answer = await self.femke.post(f"/werk/{interactie_id}/indienen", {**form, **feiten}, **files)
        assert answer.status_code == 303, visible(answer.text)
        return interactie_id
