# SPDX-License-Identifier: EUPL-1.2
"""`schakel importeer open-klant`: a register moves in, with its progress, and a report of what differs at the end."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from schakel.api.contactgegevens.api import CONTACTGEGEVENS
from schakel.api.klantinteracties.api import KLANTINTERACTIES
from schakel.app.opening import opened
from schakel.kit.errors import InvalidInput
from schakel.kit.settings import Settings
from schakel.koppelingen.openklant.client import OpenKlantBron
from schakel.relatiebeheer.overname.overnemen import Overnemen
from schakel.relatiebeheer.overname.poorten import Fase, Overnamestand
from schakel.storage.crypto import derive, master_key
from schakel.storage.overname.opslag import SqlOpslag

Say = Callable[[str], None]
TOKEN = "SCHAKEL_OPEN_KLANT_TOKEN"  # noqa: S105 (the name of a variable)
_WIDTH = 30


class NoToken(InvalidInput):
    """A token on the command line is in the history of the shell."""

    title = "Het token van Open Klant ontbreekt"
    advice = f"Geef --token, of zet het in {TOKEN}: dan staat het niet in de geschiedenis van uw terminal."


def open_klant_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--url", required=True, help="adres van Open Klant, zoals https://openklant.gemeente.nl")
    parser.add_argument(
        "--token", default=os.environ.get(TOKEN, ""), help=f"een token dat alles mag lezen (of {TOKEN})"
    )
    parser.add_argument("--bijwerken", action="store_true", help="neem over wat daar veranderde sinds de vorige keer")


async def move_in(settings: Settings, url: str, chosen: Namespace, say: Say) -> int:
    """Everything, from where it was; 0 when nothing differs."""
    if not chosen.token:
        raise NoToken
    key = master_key(settings)
    async with opened(settings, url, say=say) as huis:
        opslag = SqlOpslag(huis.database, huis.register.house, derive(key, "pseudoniem"), huis.diensten.clock)
        bron = OpenKlantBron(chosen.url, chosen.token)
        progress = Progress(say, bars=sys.stdout.isatty())
        try:
            road = Overnemen(bron, opslag, (KLANTINTERACTIES, CONTACTGEGEVENS), progress)
            stand = await road.run(bron.url, bijwerken=chosen.bijwerken)
        finally:
            await bron.close()
        progress.end()
    for line in report(stand):
        say(line)
    return 1 if stand.aantal_verschillen else 0


@dataclass(slots=True)
class Progress:
    """On a terminal a bar that moves, elsewhere a line for each resource."""

    say: Say
    bars: bool
    _now: tuple[Fase, str] | None = None
    _line: str = ""

    def __call__(self, fase: Fase, resource: str, done: int, of: int) -> None:
        if self._now not in (None, (fase, resource)):
            self.end()
        self._now, self._line = (fase, resource), f"{fase:<12} {resource:<24} {done:>9}" + (f" van {of}" if of else "")
        if self.bars:
            full = min(_WIDTH, _WIDTH * done // of) if of else 0
            sys.stdout.write(f"\r{self._line:<60} {'█' * full}{'░' * (_WIDTH - full)}" if of else f"\r{self._line:<91}")
            sys.stdout.flush()

    def end(self) -> None:
        """This resource is done."""
        if self._now is None:
            return
        if self.bars:
            sys.stdout.write("\n")
        else:
            self.say(self._line)
        self._now = None


def report(stand: Overnamestand) -> Iterator[str]:
    """Counts and afdrukken of every resource, and each difference by its uuid and field."""
    yield f"{'':24} {'Open Klant':>10} {'hier':>10}  afdruk"
    for one in stand.resources:
        said = "gelijk" if one.gelijk else f"verschilt ({one.bron_afdruk.hex()[:12]} en {one.hier_afdruk.hex()[:12]})"
        yield f"{one.resource:24} {one.vergeleken:>10} {one.hier:>10}  {said}"
    given = sum(one.toegekend for one in stand.resources)
    if given:
        yield f"{given} klantcontacten en taken hadden geen nummer. Zij kregen er een van Schakel."
    for verschil in stand.verschillen:
        yield f"Verschil: {verschil.resource} {verschil.uuid}, {verschil.veld}: {verschil.reden}"
    if stand.aantal_verschillen > len(stand.verschillen):
        yield f"En nog {stand.aantal_verschillen - len(stand.verschillen)} verschillen: zie Beheer, Import."
    yield "Alles is overgenomen." if not stand.aantal_verschillen else f"{stand.aantal_verschillen} verschillen."
