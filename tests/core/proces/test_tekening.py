# SPDX-License-Identifier: EUPL-1.2
"""What the upload check refuses of a drawing, and how it says so: the element, its cell, and what is the matter."""

import pytest

from schakel.proceslogica.bpmn.lezen import read_bpmn
from schakel.proceslogica.bpmn.toets import inspect
from schakel.proceslogica.dmn import ModelRefused
from schakel.proceslogica.pakket import assemble
from schakel.proceslogica.voorbeelden import voorbeeld

from .tekenen import HEAD, STANDAARD, STAP, a_line, knoop, pijlen, stap, wrap

EFFECT = '<s:effect soort="zet_status"><s:waarde naam="status" tekst="open"/></s:effect>'
BEGIN, EINDE = knoop("startEvent", "begin"), knoop("endEvent", "einde")


def findings(xml: bytes) -> list[tuple[str, str, str]]:
    """Element, cell and sentence of everything that reading or checking finds."""
    try:
        found = inspect(read_bpmn(xml))
    except ModelRefused as refused:
        found = list(refused.bevindingen)
    return [(one.element, one.cel, one.melding) for one in found]


def test_a_plain_drawing_and_the_examples_pass() -> None:
    effect = knoop("serviceTask", "doe", EFFECT)
    assert findings(a_line(stap("iets"), effect, ids=("iets", "doe"))) == []
    assert findings(voorbeeld("vraag.bpmn")) == []
    assert findings(voorbeeld("parkeervergunning.bpmn")) == []


@pytest.mark.parametrize(
    ("kind", "inside", "said"),
    [
        ("scriptTask", "<script>import os; os.system('id')</script>", "een script"),
        ("userTask", "<multiInstanceLoopCharacteristics/>", "multi-instance"),
        ("userTask", "<standardLoopCharacteristics/>", "een herhaling"),
        ("userTask", "<ioSpecification><inputSet/><outputSet/></ioSpecification>", "toewijzing van gegevens"),
        ("startEvent", "<timerEventDefinition><timeDate>datetime.now()</timeDate></timerEventDefinition>", "tijdstip"),
        ("callActivity", "", "de aanroep van een ander model"),
        ("subProcess", "", "een subproces"),
        ("sendTask", "", "een verzendtaak"),
        ("task", "", "een taak zonder soort"),
        ("manualTask", "", "een handmatige taak"),
        ("boundaryEvent", "", "een gebeurtenis op de rand"),
        ("inclusiveGateway", "", "een inclusieve poort"),
        ("dataObject", "", "het onderdeel dataObject"),
    ],
)
def test_what_could_run_by_itself_is_refused_by_name(kind: str, inside: str, said: str) -> None:
    extra = STAP if kind == "userTask" else ""
    found = findings(a_line(knoop(kind, "iets", extra, inside=inside)))
    assert any(said in melding and element in ("Iets (iets)", "iets") for element, _, melding in found), found


@pytest.mark.parametrize(
    ("extra", "attributes", "cel"),
    [
        ("", "", "effect"),
        ('<s:effect soort="roep_python_aan"/>', "", "effect"),
        ('<s:effect soort="zet_status"/>', "", "status"),
        ('<s:effect soort="zet_status"><s:waarde naam="status" tekst="weg"/></s:effect>', "", "status"),
        ('<s:effect soort="zet_status"><s:waarde naam="status" feit="x"/></s:effect>', "", "status"),
        (EFFECT.replace("tekst=", "feit='x' tekst="), "", "status"),
        (EFFECT + EFFECT, "", "effect"),
        (EFFECT.replace("soort=", "als='x' soort="), "", "effect"),
        (EFFECT + '<s:script tekst="1"/>', "", "script"),
        (EFFECT + '<z:taskDefinition xmlns:z="http://camunda.org/schema/zeebe/1.0"/>', "", "taskDefinition"),
        (EFFECT, ' xmlns:c="http://camunda.org/schema/1.0/bpmn" c:expression="${x.y()}"', "expression"),
        (EFFECT, ' implementation="http://elders"', "implementation"),
        (EFFECT, ' isForCompensation="true"', "isForCompensation"),
        (EFFECT, ' operationRef="x"', "operationRef"),
    ],
)
def test_a_service_task_that_the_house_does_not_know_is_refused(extra: str, attributes: str, cel: str) -> None:
    found = findings(a_line(knoop("serviceTask", "iets", extra, attributes)))
    assert ("Iets (iets)", cel) in [(element, cel) for element, cel, _ in found]


@pytest.mark.parametrize(
    ("extra", "cel"),
    [
        ("", ""),
        ('<s:stap voor="iedereen"/>', "voor"),
        ('<s:stap voor="klant" primair="misschien"/>', "primair"),
        ('<s:stap voor="klant" primiar="ja"/>', "stap"),
        ('<s:stap voor="klant" fase="elders"/>', "fase"),
        (STAP + '<s:veld sleutel="x" label="X" soort="python"/>', "x"),
        (STAP + '<s:veld sleutel="x" label="X" soort="keuze"/>', "x"),
        (STAP + '<s:veld sleutel="kanaal" label="X" soort="tekst"/>', "kanaal"),
        (STAP + '<s:veld sleutel="typename" label="X" soort="tekst"/>', "typename"),
        (STAP + '<s:veld sleutel="__class__" label="X" soort="tekst"/>', "sleutel"),
        (STAP + '<s:veld sleutel="x" label="X" soort="tekst" verplicht="nooit"/>', "verplicht"),
        (STAP + '<s:veld sleutel="x" label="X" soort="tekst"/>' * 2, "x"),
    ],
)
def test_a_step_without_a_sound_form_is_refused(extra: str, cel: str) -> None:
    fase = '<s:fase sleutel="hier" label="Hier"/>' if "elders" in extra else ""
    assert ("Iets (iets)", cel) in [(one, place) for one, place, _ in findings(a_line(stap("iets", extra), extra=fase))]


@pytest.mark.parametrize(
    "feit", ['naam="x" soort="getal" standaard="twee"', 'naam="x" soort="python"', 'naam="kanaal"']
)
def test_a_fact_to_start_with_has_a_name_and_a_fitting_value(feit: str) -> None:
    (one, *_) = findings(a_line(stap("iets"), extra=f"<s:feit {feit}/>"))
    assert one[0] == "Proef (proef)"


def a_choice(left: str, attributes: str = ' default="poort_links"', right: str = STANDAARD) -> bytes:
    poort = knoop("exclusiveGateway", "poort", "", attributes)
    arrows = [("begin", "poort", ""), ("poort", "rechts", left), ("poort", "links", right), ("rechts", "einde", ""),
              ("links", "einde", "")]  # fmt: skip
    return wrap(BEGIN + poort + stap("links") + stap("rechts") + EINDE + pijlen(arrows))


@pytest.mark.parametrize(
    "tekst",
    ["__import__('os').system('id')", "x == 1", "x.y()", "lambda: 1", "f'{x}'", "len(x) > 1", "${x}", "", "1 = 1"],
)
def test_python_in_a_voorwaarde_is_refused_with_its_arrow(tekst: str) -> None:
    (one,) = findings(a_choice(tekst or " "))
    assert one[:2] == ("poort_rechts", "voorwaarde")


@pytest.mark.parametrize("language", ["python", "http://www.java.com/java", "http://www.w3.org/1999/XPath"])
def test_a_voorwaarde_in_another_language_is_refused(language: str) -> None:
    xml = a_choice("x = 1").replace(b"<conditionExpression", f'<conditionExpression language="{language}"'.encode())
    assert ("poort_rechts", "voorwaarde") in [one[:2] for one in findings(xml)]
    if "XPath" not in language:  # what the standard takes by itself says nothing
        whole = a_choice("x = 1").replace(b'id="model"', f'id="model" expressionLanguage="{language}"'.encode())
        assert ("model", "expressionLanguage") in [one[:2] for one in findings(whole)]


@pytest.mark.parametrize("language", ["feel", "http://www.omg.org/spec/FEEL/20140401", "https://x/DMN/20191111/FEEL/"])
def test_feel_by_any_of_its_names_is_read(language: str) -> None:
    xml = a_choice("= x = 1").replace(b"<conditionExpression", f'<conditionExpression language="{language}"'.encode())
    assert findings(xml) == []


@pytest.mark.parametrize(
    ("xml", "element", "said"),
    [
        (a_choice("x", attributes=""), "Poort (poort)", "geen standaardpijl"),
        (a_choice("x", attributes=' default="links_einde"'), "Poort (poort)", "vertrekt niet van dit onderdeel"),
        (a_choice(""), "Poort (poort)", "geen voorwaarde"),
        (a_choice("x", right="y"), "Poort (poort)", "een voorwaarde telt hier niet mee"),
        (a_choice("x").replace(b"Expression\">x<", b"Expression\">x<b/><"), "poort_rechts", "alleen tekst"),
        (a_line(stap("iets")).replace(b'targetRef="einde"', b'targetRef="weg"'), "iets_einde", "onbekend onderdeel"),
        (a_line(stap("iets")) [:-30], "bestand", "geen geldige XML"),
        (b"<!DOCTYPE a>" + a_line(stap("iets")), "bestand", "DOCTYPE"),
        (a_line(stap("iets")).replace(b"</process>", b"</process><process id='p2'/>"), "bestand", "precies één proces"),
        (a_line(stap("iets")).replace(b"</process>", b"</process><message id='m'/>"), "m", "het onderdeel message"),
        (a_line(stap("iets")).replace(b'isExecutable="true"', b'isExecutable="false"'), "Proef", "niet uitvoerbaar"),
        (a_line(stap("iets"), stap("los")), "Los (los)", "hier houdt de weg op"),
        (a_line(stap("iets"), stap("iets")), "Iets (iets)", "twee keer"),
        (a_line(stap("iets"), ids=("iets", "iets")), "Iets (iets)", "meer pijlen"),
        (a_line(stap("iets")).replace(b"userTask", b"userTask foo='1'", 1), "Iets (iets)", "'foo' wordt niet"),
        (a_line(stap("iets")).replace(b'id="iets" ', b'id="1 x" '), "Iets (1 x)", "de id"),
        (a_line(stap("iets")).replace(b"<process", b"<process processType='Geheim'"), "Proef", "norm BPMN 2.0"),
        (f"{HEAD}</definitions>".encode(), "bestand", "precies één proces"),
    ],
)  # fmt: skip
def test_a_broken_drawing_names_the_element(xml: bytes, element: str, said: str) -> None:
    found = findings(xml)
    assert any(one.startswith(element) and said in melding for one, _, melding in found), found


def a_net(*arrows: str, poorten: str = "") -> bytes:
    """Arrows as `a b`; what is in no other list is a step."""
    kinds = dict(part.split(":") for part in poorten.split())
    lines = [(*arrow.split(), "") for arrow in arrows]
    ids = sorted({each for van, naar, _ in lines for each in (van, naar)} - {"begin", "einde"})
    body = "".join(knoop(kinds[id], id) if id in kinds else stap(id) for id in ids)
    return wrap(BEGIN + body + EINDE + pijlen(lines))


@pytest.mark.parametrize(
    ("xml", "element", "said"),
    [
        (a_net("begin en", "en a", "en b", "a einde", "b einde", poorten="en:parallelGateway"), None, ""),
        (a_net("begin en", "en a", "en b", "a c", "b c", "c einde", poorten="en:parallelGateway"),
         "C (c)", "twee keer tegelijk"),
        (a_net("begin en", "en a", "en b", "a of", "b of", "of c", "c einde",
               poorten="en:parallelGateway of:exclusiveGateway"), "Of (of)", "twee keer tegelijk"),
        (a_net("begin of", "of a", "of b", "a en", "b en", "en einde",
               poorten="of:eventBasedGateway en:parallelGateway"), "En (en)", "voorgoed blijven wachten"),
        (a_net("begin of", "of en", "en einde", poorten="of:eventBasedGateway en:parallelGateway"),
         "Of (of)", "alleen stappen"),
        (a_net("begin a", "a of", "of b", "of c", "b of", "c einde", poorten="of:eventBasedGateway"), None, ""),
        (a_net("begin x", "x y", "y x", "x einde", poorten="x:parallelGateway y:exclusiveGateway"),
         "X (x)", "zonder dat iemand iets doet"),
        (a_net("begin x", "x a", "a x", "x einde", poorten="x:parallelGateway"), "X (x)", "in een lus"),
        (a_net("begin a", "a b", "b a", "c einde"), "C (c)", "nooit bereikt"),
        (a_net("begin en", "en a", "en b", "a of", "b of", "of c", "of d", "c einde", "d einde",
               poorten="en:parallelGateway of:eventBasedGateway"), "Of (of)", "twee keer tegelijk"),
    ],
)  # fmt: skip
def test_a_drawing_that_cannot_end_well_is_refused(xml: bytes, element: str | None, said: str) -> None:
    found = findings(xml)
    assert any(one == element and said in melding for one, _, melding in found) if element else found == [], found


def test_the_drawing_and_its_rules_are_checked_together() -> None:
    regels = knoop("businessRuleTask", "regels", '<s:beslissing sleutel="weg"/>')
    bericht = EFFECT.replace("</s:effect>", '<s:waarde naam="tekst" feit="nergens"/></s:effect>')
    with pytest.raises(ModelRefused) as refused:
        assemble([a_line(regels, knoop("serviceTask", "doe", bericht), ids=("regels", "doe"))])
    assert [(one.element, one.cel) for one in refused.value.bevindingen] == [
        ("Regels (regels)", ""),
        ("Doe (doe)", "tekst"),
    ]
    with pytest.raises(ModelRefused, match="het feit 'x' komt nergens vandaan"):
        assemble([a_choice("x = 1")])


def test_what_a_beheerder_uploads_is_refused_whole_with_every_reason() -> None:
    xml = a_line(
        stap("een", ""), knoop("scriptTask", "twee"), knoop("serviceTask", "drie"), ids=("een", "twee", "drie")
    )
    assert [(element, cel) for element, cel, _ in findings(xml)] == [
        ("Een (een)", ""),
        ("Twee (twee)", ""),
        ("Drie (drie)", "effect"),
    ]
