# SPDX-License-Identifier: EUPL-1.2
"""Models to begin with: a question, and a parkeervergunning with its rules. Invented figures.

How a model speaks to Schakel, in extensionElements of the namespace `https://schakel.example/bpmn`:
  process          fase (sleutel, label), feit (naam, soort, standaard): what the proces may be started with
  userTask,        stap (voor, fase, thema, primair, na_afronding) and veld (sleutel, label, soort, verplicht, uitleg,
  receiveTask      voorbeeld, bron_sleutel; inside: keuze with waarde and label); documentation explains the step
  serviceTask      effect (soort; inside: waarde with naam and either tekst or feit)
  businessRuleTask beslissing (sleutel); its outputs become facts
  any of these     uitkomst (tekst): what the klant reads from here on
An eventBasedGateway offers its receiveTasks side by side: the first one done takes the others away.
"""

from collections.abc import Mapping
from importlib.resources import files

#: The files of each model, by the key of its proces.
MODELLEN: Mapping[str, tuple[str, ...]] = {
    "vraag": ("vraag.bpmn",),
    "parkeervergunning": ("parkeervergunning.bpmn", "parkeervergunning.dmn"),
}


def voorbeeld(naam: str) -> bytes:
    """The file, by its name."""
    return files(__package__).joinpath(naam).read_bytes()
