# SPDX-License-Identifier: EUPL-1.2
"""Telling: what is left after a ramp, counted in the database and at both mail servers."""

from dataclasses import dataclass

from tests.edge.rampen.afzender import Afzender
from tests.edge.rampen.draaiend import Draaiend
from tests.edge.rampen.ontvanger import Ontvanger

DONE = """(select count(*) = 0 from pgqueuer where status <> 'failed' and execute_after < now() + interval '5 seconds')
          and (select count(*) = 0 from origineel where status = 'ontvangen')"""

_COUNTS = """
select (select count(*) from interactie) as interacties,
       (select count(distinct kenmerk) from gespreksbijdrage where richting = 'in') as mails,
       (select count(*) from gespreksbijdrage where richting = 'in') as bijdragen,
       (select count(*) from klantcontact) as klantcontacten,
       (select count(*) from origineel where status = 'geregistreerd') as geregistreerd,
       (select count(*) from interactie i where not exists
          (select from proces p where p.id = i.proces_id)) as zonder_proces,
       (select count(*) from bericht) as berichten,
       (select count(*) from bericht b where b.status <> 'bij_persoon' and not exists
          (select from bezorging z where z.bericht_id = b.id)) as zonder_poging,
       (select count(*) from bericht where status in ('bezorgd', 'bij_persoon')) as uitgekomen,
       (select count(*) from bezorging where uitkomst = 'onbekend') as onbekend,
       (select count(*) from pgqueuer where status = 'failed') as vastgehouden"""


@dataclass(frozen=True, slots=True)
class Telling:
    """`in` and out of one Schakel, after everything is done."""

    interacties: int
    mails: int
    bijdragen: int
    klantcontacten: int
    geregistreerd: int
    zonder_proces: int
    berichten: int
    zonder_poging: int
    uitgekomen: int
    onbekend: int
    vastgehouden: int
    acknowledged: int
    taken: int
    doubles: int

    def hold(self, mails: int) -> None:
        """Invariant 1: nothing acknowledged is lost or there twice; every bericht went or has a person."""
        assert self.acknowledged == mails
        assert self.interacties == self.mails == self.bijdragen == self.klantcontacten == self.geregistreerd == mails
        assert self.zonder_proces == 0
        assert self.berichten == self.uitgekomen == self.taken == mails
        assert self.zonder_poging == 0
        assert self.doubles <= self.onbekend
        assert self.vastgehouden == 0


async def count(schakel: Draaiend, afzender: Afzender, hop: Ontvanger, seconds: float = 60) -> Telling:
    """When all work is done."""
    await schakel.eventually(DONE, seconds)
    connection = await schakel.connect()
    try:
        row = await connection.fetchrow(_COUNTS)
    finally:
        await connection.close()
    assert row is not None
    return Telling(**row, acknowledged=len(set(afzender.acknowledged)), taken=len(hop.taken), doubles=hop.doubles)
