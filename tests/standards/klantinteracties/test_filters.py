# SPDX-License-Identifier: EUPL-1.2
"""Every filter finds what it says: one identificator for four keys, a url on any host, nothing twice."""

from urllib.parse import quote

import pytest
from tests.edge.register.vulling import ANDER_BSN, BSN, KVK, VESTIGING, Lezer

CASES = [
    (f"partijen?partijIdentificator__objectId={BSN}", ["fatima"]),
    (f"partijen?partijIdentificator__objectId={BSN}&partijIdentificator__codeSoortObjectId=bsn"
     "&partijIdentificator__codeRegister=brp&partijIdentificator__codeObjecttype=natuurlijk_persoon", ["fatima"]),
    ("partijen?partijIdentificator__objectId=12345678&partijIdentificator__codeSoortObjectId=bsn", []),
    (f"partijen?partijIdentificator__objectId={BSN}&partijIdentificator__codeRegister=hr", []),
    (f"partijen?partijIdentificator__objectId={BSN}&partijIdentificator__codeRegister=BRP", []),
    (f"partijen?partijIdentificator__objectId={VESTIGING}&subIdentificatorVan__objectId={KVK}", ["firma"]),
    (f"partijen?partijIdentificator__objectId={VESTIGING}&subIdentificatorVan__objectId=12345678", []),
    ("partijen?partijIdentificator__objectId=", []),
    ("partijen?partijIdentificator__codeSoortObjectId=kvk_nummer", ["firma", "fatima"]),
    ("partijen?soortPartij=organisatie", ["firma"]),
    ("partijen?indicatieGeheimhouding=true", ["bram"]),
    ("partijen?categorierelatie__categorie__naam=student,ondernemer", ["fatima"]),
    ("partijen?vertegenwoordigdePartij__uuid={fatima}", ["bram"]),
    ("partijen?vertegenwoordigdePartij__url=https://elders.example/x/{fatima}", ["bram"]),
    ("partij-identificatoren?partijIdentificatorObjectId=" + ANDER_BSN, ["ander_bsn"]),
    ("partij-identificatoren?partijIdentificatorCodeObjecttype=vestiging", ["vestiging"]),
    ("rekeningnummers?iban=NL91ABNA0417164300", ["rekening"]),
    ("rekeningnummers?uuid={rekening}", ["rekening"]),
    ("categorie-relaties?categorie__naam=ondernemer&partij__uuid={fatima}&beginDatum=2026-03-04",
     ["categorie_relatie"]),
    ("categorie-relaties?beginDatum=2026-03-05", []),
    ("vertegenwoordigingen?vertegenwoordigdePartij__uuid={bram}", ["vertegenwoordiging"]),
    ("vertegenwoordigingen?vertegenwoordigdePartij__uuid={fatima}", []),
    ("digitaleadressen?adres=0612345678", ["telefoon"]),
    ("digitaleadressen?adres__icontains=FATIMA@", ["email"]),
    ("digitaleadressen?adres__icontains=%25", []),
    ("digitaleadressen?soortDigitaalAdres=telefoonnummer", ["telefoon"]),
    (f"digitaleadressen?verstrektDoorPartij__partijIdentificator__objectId={BSN}"
     "&verstrektDoorPartij__partijIdentificator__codeSoortObjectId=bsn", ["telefoon", "email"]),
    ("digitaleadressen?isGeverifieerd=true", []),
    ("klantcontacten?hadBetrokkene__wasPartij__uuid={fatima}", ["geheim_gesprek", "vraag"]),
    ("klantcontacten?hadBetrokkene__wasPartij__url=https://elders.example/klantinteracties/api/v1/partijen/{fatima}",
     ["geheim_gesprek", "vraag"]),
    ("klantcontacten?hadBetrokkene__wasPartij__url=https://elders.example/partijen", []),
    (f"klantcontacten?hadBetrokkene__wasPartij__partijIdentificator__objectId={BSN}", ["geheim_gesprek", "vraag"]),
    ("klantcontacten?hadBetrokkene__uuid={vraag.betrokkene}", ["vraag"]),
    ("klantcontacten?hadBetrokkene__uuid={vraag.betrokkene}&hadBetrokkene__wasPartij__uuid={bram}", []),
    ("klantcontacten?hadBetrokkene__wasPartij=true", ["geheim_gesprek", "vraag"]),
    ("klantcontacten?hadBetrokkene__wasPartij=False", ["antwoord"]),
    ("klantcontacten?leiddeTotInterneTaken=true", ["geheim_gesprek", "vraag"]),
    ("klantcontacten?leiddeTotInterneTaken=false", ["antwoord"]),
    ("klantcontacten?indicatieContactGelukt=FALSE", ["antwoord"]),
    ("klantcontacten?kanaal=balie", ["geheim_gesprek"]),
    ("klantcontacten?kanaal=", []),
    ("klantcontacten?inhoud=MIJN", ["vraag"]),
    ("klantcontacten?inhoud=" + quote("100%_pas"), ["vraag"]),
    ("klantcontacten?inhoud=" + quote("100_"), []),
    ("klantcontacten?inhoud=", []),
    ("klantcontacten?onderwerpobject__onderwerpobjectidentificatorObjectId=zaak-1"
     "&onderwerpobject__onderwerpobjectidentificatorCodeRegister=open-zaak", ["vraag"]),
    ("klantcontacten?wasOnderwerpobject__uuid={draad}", ["vraag"]),
    ("klantcontacten?vertrouwelijk=true", ["geheim_gesprek"]),
    ("klantcontacten?plaatsgevondenOp=2026-03-04T11:00:00%2B01:00&kanaal=balie", ["geheim_gesprek"]),
    ("betrokkenen?wasPartij__url=https://elders.example/partijen/{fatima}",
     ["geheim_gesprek.betrokkene", "vraag.betrokkene"]),
    ("betrokkenen?hadKlantcontact__uuid={antwoord}", ["antwoord.betrokkene"]),
    ("internetaken?actoren__naam=Joris&klantcontact__uuid={vraag}", ["taak"]),
    ("internetaken?toegewezenAanActor__uuid={actor}", ["geheime_taak", "taak"]),
    ("internetaken?status=verwerkt", []),
    ("actoren?actoridentificatorObjectId=joris@lindewaard.example&soortActor=medewerker", ["actor"]),
    ("actoren?naam=ORI", ["actor"]),
    ("actorklantcontacten?actor__uuid={actor}&klantcontact__uuid={vraag}", ["actorklantcontact"]),
    ("onderwerpobjecten?wasKlantcontact__uuid={vraag}", ["draad"]),
    ("onderwerpobjecten?onderwerpobjectidentificatorObjectId=zaak-1", ["zaak"]),
    ("bijlagen?bijlageidentificatorObjectId=document-1&klantcontact__uuid={vraag}", ["bijlage"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "names"), CASES, ids=lambda x: x if isinstance(x, str) else ",".join(x) or "niets")
async def test_a_filter_finds_exactly_what_it_means(vast: Lezer, path: str, names: list[str]) -> None:
    ids = vast.vulling.ids
    for name, uuid in ids.items():
        path = path.replace(f"{{{name}}}", str(uuid))
    known = {uuid: name for name, uuid in ids.items()}
    assert [known[uuid] for uuid in await vast.found(path)] == names


async def test_a_klantcontact_with_two_betrokkenen_of_one_partij_is_found_once(lezer: Lezer) -> None:
    v = lezer.vulling
    await v.put(lezer.db, "betrokkene", "nog_een", klantcontact_id=v.ids["vraag"], partij_id=v.ids["fatima"])
    found = await lezer.found(f"klantcontacten?hadBetrokkene__wasPartij__uuid={v.ids['fatima']}")
    assert found == [v.ids["geheim_gesprek"], v.ids["vraag"]]


async def test_the_same_vestigingsnummer_of_two_firms_is_told_apart_by_the_kvk_nummer(lezer: Lezer) -> None:
    v = lezer.vulling
    ander = await v.partij(lezer.db, "andere_firma", soort="organisatie", naam="Slager")
    kvk = await v.identificator(lezer.db, "ander_kvk", ander, "kvk_nummer", "68750110")
    await v.identificator(lezer.db, "zelfde", ander, "vestigingsnummer", VESTIGING, sub_id=kvk)
    assert await lezer.found(f"partijen?partijIdentificator__objectId={VESTIGING}") == [ander, v.ids["firma"]]
    one = f"partijen?partijIdentificator__objectId={VESTIGING}&subIdentificatorVan__objectId={KVK}"
    assert await lezer.found(one) == [v.ids["firma"]]
