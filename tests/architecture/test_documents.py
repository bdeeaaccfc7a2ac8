# SPDX-License-Identifier: EUPL-1.2
"""What the documents say is what the house does: settings, words, the example of a model, publiccode.yml."""

import re
import tomllib

import pytest
import yaml
from house_files import ROOT

from schakel.proceslogica.pakket import assemble

#: publiccode.yml 0.5: what must be there, and what may; of a description likewise.
TOP = {
    *("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description"),
    *("legal", "maintenance", "localisation"),
}
TOP_OPTIONAL = {
    *("applicationSuite", "landingURL", "isBasedOn", "softwareVersion", "releaseDate", "logo", "organisation"),
    *("categories", "usedBy", "roadmap", "fundedBy", "intendedAudience", "dependsOn"),
}
TEXTS = {"shortDescription", "longDescription", "features"}
TEXTS_OPTIONAL = {
    *("localisedName", "documentation", "apiDocumentation", "screenshots", "videos", "awards"),
}


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["README.md", "README.nl.md"])
def test_every_setting_stands_in_the_readme_and_no_other(path: str) -> None:
    settings = set(re.findall(r'"(SCHAKEL_[A-Z_]+|DATABASE_URL)"', text_of("src/schakel/kit/settings.py")))
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", text_of(path), re.MULTILINE)) == settings


def test_every_word_of_the_glossary_stands_in_its_overview_and_no_other() -> None:
    words = {entry["enkelvoud"] for entry in tomllib.loads(text_of("src/schakel/begrippen/begrippen.toml")).values()}
    assert set(re.findall(r"^\| \*\*(.+?)\*\*", text_of("docs/begrippen.md"), re.MULTILINE)) == words


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{file.relative_to(ROOT)}: {target}"
        for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8"))
        if not (file.parent / target).exists()
    ]
    assert broken == []


def test_the_example_of_a_model_can_be_uploaded_as_it_stands() -> None:
    files = re.findall(r"```xml\n(.*?)```", text_of("docs/developers/model.md"), re.DOTALL)
    pakket = assemble([file.encode() for file in files])
    assert pakket.sleutels == ("container", "container_toekennen")
    assert pakket.waarschuwingen == ()


def test_publiccode_has_the_fields_of_its_version() -> None:
    found = yaml.safe_load(text_of("publiccode.yml"))
    assert found["publiccodeYmlVersion"] == "0.5"
    assert TOP <= found.keys() <= TOP | TOP_OPTIONAL
    for texts in found["description"].values():
        assert TEXTS <= texts.keys() <= TEXTS | TEXTS_OPTIONAL
        assert len(texts["shortDescription"]) <= 150
        assert 150 <= len(texts["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in texts["features"])
    assert found["softwareType"] == "standalone/web"
    assert found["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert found["legal"]["license"] == "EUPL-1.2"
    assert (found["maintenance"]["type"] in ("community", "internal")) == ("contacts" in found["maintenance"])
    assert found["localisation"].keys() == {"localisationReady", "availableLanguages"}
