# SPDX-License-Identifier: EUPL-1.2
"""Our own extension of BPMN: which form a step has, which effect a service task, which fasen the klant sees.

Elements of the namespace `https://schakel.example/bpmn`, inside extensionElements; docs in `voorbeelden`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any, get_args

from schakel.proceslogica.bpmn.model import EFFECTEN, WAARDEN, Effectregel
from schakel.proceslogica.bpmn.xml import EIGEN, MAX_TEXT, children, own, split
from schakel.proceslogica.contract import Stap, Voor
from schakel.proceslogica.velden import SOORTEN, Veld, canonical, to_fact, validate

_SLEUTEL = re.compile(r"[a-z][a-z0-9_]{0,63}")
_RESERVED = frozenset({"typename", "kanaal", "true", "false", "null", "and", "or", "not"})
#: What each of our elements may carry, and which elements stand inside it. A name that was mistyped is refused.
_ATTRIBUTES = {
    "fase": {"sleutel", "label"},
    "feit": {"naam", "soort", "standaard"},
    "stap": {"voor", "fase", "thema", "primair", "na_afronding"},
    "veld": {"sleutel", "label", "soort", "verplicht", "uitleg", "voorbeeld", "bron_sleutel"},
    "keuze": {"waarde", "label"},
    "effect": {"soort"},
    "waarde": {"naam", "tekst", "feit"},
    "beslissing": {"sleutel"},
    "uitkomst": {"tekst"},
}
_INSIDE = {"veld": {"keuze"}, "effect": {"waarde"}}
Refuse = Callable[..., None]


class Uitbreiding:
    """The extension elements of one BPMN element; `refuse` hears what is wrong with them."""

    def __init__(self, node: Any, shown: str, refuse: Refuse, known: Set[str]) -> None:
        self._node, self._shown, self._refuse = node, shown, refuse
        for box in children(node, "extensionElements"):
            self._know(box, known)

    def fasen(self) -> Iterator[tuple[str, str]]:
        for part in own(self._node, "fase"):
            yield self._name(part, "sleutel"), self._text(part, "label", wanted=True)

    def feiten(self) -> Mapping[str, object]:
        return dict(self._feit(part) for part in own(self._node, "feit"))

    def stap(self, id: str, naam: str, uitleg: str) -> tuple[Stap | None, str, bool]:
        """The step, its fase, and whether it is only there once all is done."""
        part = self._only("stap")
        velden = tuple(self._veld(one) for one in own(self._node, "veld"))
        names = [veld.sleutel for veld in velden]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self._refuse(self._shown, f"het veld '{name}' staat er twee keer.", name)
        if not naam:
            self._refuse(self._shown, "een stap heeft een naam: wat iemand doet.")
        if part is None:
            self._refuse(self._shown, "deze stap heeft geen formulier: zet er een schakel:stap bij.")
            return None, "", False
        voor = part.get("voor", "")
        if voor not in get_args(Voor):
            self._refuse(self._shown, f"'voor' is een van: {', '.join(get_args(Voor))}.", "voor")
        stap = Stap(id, naam, uitleg, voor, velden, self._flag(part, "primair"), self._text(part, "thema"))
        return stap, self._text(part, "fase"), self._flag(part, "na_afronding")

    def effect(self) -> Effectregel | None:
        part = self._only("effect")
        soort = part.get("soort", "") if part is not None else ""
        if soort not in EFFECTEN:
            self._refuse(self._shown, f"een servicetaak heeft een effect, een van: {', '.join(EFFECTEN)}.", "effect")
            return None
        vast, feiten = {}, {}
        for one in children(part, "waarde", EIGEN):
            name = self._name(one, "naam")
            if ("tekst" in one.attrib) == ("feit" in one.attrib):
                self._refuse(self._shown, "een waarde heeft een tekst of een feit, niet allebei.", name)
            elif "feit" in one.attrib:
                feiten[name] = one.get("feit")
            else:
                vast[name] = self._text(one, "tekst")
        for name in sorted(EFFECTEN[soort] - vast.keys() - feiten.keys()):
            self._refuse(self._shown, f"het effect {soort} heeft een waarde '{name}' nodig.", name)
        for name in sorted(WAARDEN.keys() & (vast.keys() | feiten.keys())):
            if vast.get(name) not in WAARDEN[name]:
                self._refuse(self._shown, f"'{name}' is een vaste tekst, een van: {', '.join(WAARDEN[name])}.", name)
        return Effectregel(soort, vast, feiten)

    def beslissing(self) -> str:
        part = self._only("beslissing")
        if part is None:
            self._refuse(self._shown, "een beslistaak noemt zijn beslissing: zet er een schakel:beslissing bij.")
            return ""
        return self._text(part, "sleutel", wanted=True)

    def uitkomst(self) -> str | None:
        part = self._only("uitkomst")
        return None if part is None else self._text(part, "tekst")

    def _veld(self, part: Any) -> Veld:
        sleutel, soort = self._name(part, "sleutel"), part.get("soort", "")
        if soort not in SOORTEN:
            self._refuse(self._shown, f"de soort '{soort[:40]}' van dit veld is niet bekend.", sleutel)
        keuzes = tuple(
            (self._text(one, "waarde", wanted=True), self._text(one, "label", wanted=True))
            for one in children(part, "keuze", EIGEN)
        )
        if (soort == "keuze") != bool(keuzes):
            self._refuse(self._shown, "alleen een veld van de soort keuze heeft keuzes, en minstens één.", sleutel)
        return Veld(
            sleutel,
            self._text(part, "label", wanted=True),
            soort,
            self._flag(part, "verplicht", "ja"),
            self._text(part, "uitleg"),
            self._text(part, "voorbeeld"),
            keuzes,
            self._text(part, "bron_sleutel"),
        )

    def _feit(self, part: Any) -> tuple[str, object]:
        name, soort, text = self._name(part, "naam"), part.get("soort", "tekst"), self._text(part, "standaard")
        if soort not in SOORTEN - {"keuze"}:
            self._refuse(self._shown, f"de soort '{soort[:40]}' van dit feit is niet bekend.", name)
            return name, None
        veld = Veld(name, name, soort, verplicht=False)
        if validate([veld], {name: text}):
            self._refuse(self._shown, "de standaardwaarde past niet bij de soort.", name)
            return name, None
        return name, to_fact(veld, canonical(veld, text))

    def _know(self, box: Any, known: Set[str]) -> None:
        """Refuse every extension element and attribute that nobody here reads."""
        for part in box:
            namespace, kind = split(part)
            if namespace != EIGEN or kind not in known:
                self._refuse(self._shown, f"de uitbreiding '{kind}' wordt hier niet ondersteund.", kind)
                continue
            for name in sorted(set(part.attrib) - _ATTRIBUTES[kind]):
                self._refuse(self._shown, f"schakel:{kind} heeft geen kenmerk '{name[:40]}'.", kind)
            self._know(part, _INSIDE.get(kind, set()))

    def _only(self, kind: str) -> Any:
        parts = own(self._node, kind)
        if len(parts) > 1:
            self._refuse(self._shown, f"schakel:{kind} mag er één keer staan.", kind)
        return parts[0] if parts else None

    def _name(self, part: Any, attribute: str) -> str:
        name = str(part.get(attribute) or "")
        if not _SLEUTEL.fullmatch(name):
            self._refuse(self._shown, f"'{name[:40]}' is geen naam: kleine letters, cijfers en _.", attribute)
        elif name == "kanaal":  # KR-1
            self._refuse(self._shown, "het kanaal mag nooit meetellen: op elk kanaal dezelfde uitkomst.", name)
        elif name in _RESERVED:
            self._refuse(self._shown, f"de naam '{name}' is gereserveerd.", name)
        return name

    def _text(self, part: Any, attribute: str, *, wanted: bool = False) -> str:
        text = " ".join(str(part.get(attribute) or "").split())
        if (wanted and not text) or len(text) > MAX_TEXT:
            self._refuse(self._shown, f"'{attribute}' is leeg of te lang.", attribute)
        return text[:MAX_TEXT]

    def _flag(self, part: Any, attribute: str, absent: str = "nee") -> bool:
        said = part.get(attribute, absent)
        if said not in ("ja", "nee"):
            self._refuse(self._shown, f"'{attribute}' is ja of nee.", attribute)
        return bool(said == "ja")
