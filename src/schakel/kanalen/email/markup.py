# SPDX-License-Identifier: EUPL-1.2
"""Html of a mail: harmless to show, and as plain text. Nothing in it can load from elsewhere."""

import re
from html import escape, unescape

import nh3

from schakel.kit.text import clean

MAX_HTML, MAX_TAGS, MAX_DEPTH = 500_000, 5_000, 1_000
_SHOWN = {"a", "p", "br", "b", "strong", "i", "em", "u", "s", "ul", "ol", "li", "blockquote", "pre", "code", "hr"}
_SHOWN |= {"h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "table", "tr", "td", "th"}
_NESTING = re.compile(r"<(/?)(?!(?:p|li|t[drh]|br|hr|img|meta|link|input|wbr|col|option)\b)[a-z]", re.IGNORECASE)
_CLEANER = nh3.Cleaner(
    tags=_SHOWN,
    attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    clean_content_tags={"script", "style", "title"},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer nofollow",
)
_LINES = re.compile(r"<(?:br|hr|/p|/div|/tr|/h[1-6]|/ul|/ol|/table|/blockquote|/pre)>")
_TAG = re.compile(r"<[^<>]*>")


def sanitise(source: str) -> str:
    """What may be shown: no script, style, form, image or address that runs something.

    Nesting costs quadratic time (90,000 divs took 15 s), so what is nested absurdly deep is shown as its text.
    """
    if source.count("<") > MAX_TAGS and _depth(source) > MAX_DEPTH:
        return escape(unescape(_TAG.sub(" ", source)))
    return clean(_CLEANER.clean(source))


def to_text(harmless: str) -> str:
    """What a person would read of html that `sanitise` gave; there every `<` begins a whole tag."""
    flat = " ".join(harmless.split())
    lines = _LINES.sub("\n", flat).replace("<li>", "\n- ").replace("</td>", " ").replace("</th>", " ")
    plain = unescape(_TAG.sub("", lines)).replace("\xa0", " ")
    kept = "\n".join(" ".join(line.split()) for line in plain.split("\n"))
    return clean(re.sub(r"\n{3,}", "\n\n", kept)).strip()


def _depth(source: str) -> int:
    deepest = depth = 0
    for tag in _NESTING.finditer(source):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
