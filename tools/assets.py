#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Builds what the browser loads into src/schakel/web/assets: CSS, JavaScript, font and icons. Standard library only.

What comes from others is fetched by npm after frontend/package-lock.json. Of it only what our pages use is kept: the
rules of the classes in KEEP, the design tokens those rules reach, and the icons of static/iconen.txt. File names carry
the hash of their content; manifest.json tells which name a page must ask for. Does nothing when nothing changed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
STATIC = ROOT / "src" / "schakel" / "web" / "static"
TARGET = ROOT / "src" / "schakel" / "web" / "assets"
BUDGET = 100_000  # bytes, gzipped, of a first visit (ontwerp: first load of at most 100 KB)

THEME = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
COMPONENTS = (
    "@nl-design-system-candidate/button-css/dist/button.css",
    "@nl-design-system-candidate/skip-link-css/dist/skip-link.css",
    "@utrecht/textbox-css/dist/index.css",
    "@utrecht/textarea-css/dist/index.css",
    "@utrecht/select-css/dist/index.css",
)
KEEP = {
    *("nl-button", "nl-button--primary", "nl-button--secondary", "nl-button--subtle", "nl-button--disabled"),
    *("nl-button--negative", "nl-skip-link"),
    *("utrecht-textbox", "utrecht-textbox--html-input", "utrecht-textbox--invalid"),
    *("utrecht-textarea", "utrecht-textarea--html-textarea", "utrecht-textarea--invalid"),
    *("utrecht-select", "utrecht-select--html-select", "utrecht-select--invalid"),
}
FONTS = {
    "source-sans-3-latin.woff2": "source-sans-3-latin-wght-normal.woff2",
    "source-sans-3-latin-ext.woff2": "source-sans-3-latin-ext-wght-normal.woff2",
}
#: What a page without pictures of its own asks for: the second font only comes for signs such as ş and ł.
FIRST_LOAD = ("schakel.css", "schakel.js", "htmx.js", "iconen.svg", "favicon.svg", "source-sans-3-latin.woff2")


class Stop(Exception):
    """The build cannot go on; one sentence for whoever runs it."""


def digest(*parts: bytes) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


def lock_digest() -> str:
    return digest((FRONTEND / "package-lock.json").read_bytes())


def is_installed() -> bool:
    stamp = MODULES / ".schakel-stempel"
    return stamp.is_file() and stamp.read_text() == lock_digest()


def install(npm: str) -> None:
    """Fetch what the lock names, unless that is what lies there."""
    if is_installed():
        return
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=FRONTEND, stdin=subprocess.DEVNULL, check=False).returncode != 0:
        raise Stop("npm kon de pakketten van frontend/package-lock.json niet ophalen")
    (MODULES / ".schakel-stempel").write_text(lock_digest())


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """The statements of a style sheet: prelude and body, or a statement without body."""
    at = 0
    while match := re.compile(r"[^{};]+").search(css, at):
        prelude, end = match.group().strip(), match.end()
        if end >= len(css) or css[end] != "{":
            at = end + 1
            if prelude:
                yield prelude, None
            continue
        depth, stop = 1, end + 1
        while depth and stop < len(css):
            depth += {"{": 1, "}": -1}.get(css[stop], 0)
            stop += 1
        yield prelude, css[end + 1 : stop - 1]
        at = stop


def only_used(css: str) -> str:
    """The rules for classes that our pages use; a selector with any other class goes."""
    kept = []
    for prelude, body in blocks(without_comments(css)):
        if prelude.startswith("@media") and body is not None:
            if inner := only_used(body):
                kept.append(f"{prelude}{{{inner}}}")
        elif body is not None and not prelude.startswith("@"):
            selectors = [s.strip() for s in re.split(r",(?![^(]*\))", prelude)]
            used = [s for s in selectors if set(re.findall(r"\.([\w-]+)", s)) <= KEEP and "." in s]
            if used:
                kept.append(f"{','.join(used)}{{{body}}}")
    return "".join(kept)


def reached_tokens(theme: str, css: str) -> str:
    """Of the theme only the tokens that `css` asks for, directly or through another token."""
    body = next(body for prelude, body in blocks(without_comments(theme)) if body and "voorbeeld-theme" in prelude)
    tokens = dict(re.findall(r"(--[\w-]+)\s*:\s*([^;]+);", body))
    wanted, pending = set[str](), re.findall(r"var\(\s*(--[\w-]+)", css)
    while pending:
        name = pending.pop()
        if name in tokens and name not in wanted:
            wanted.add(name)
            pending += re.findall(r"var\(\s*(--[\w-]+)", tokens[name])
    return ".voorbeeld-theme{" + "".join(f"{k}:{v};" for k, v in tokens.items() if k in wanted) + "}"


def squeezed(css: str) -> str:
    """Without comments and spare white space; strings are left alone because we keep single spaces."""
    css = re.sub(r"\s+", " ", without_comments(css))
    return re.sub(r"\s*([{};,>])\s*", r"\1", css).replace(";}", "}").replace(": ", ":").strip()


def style_sheet(names: dict[str, str]) -> str:
    """Theme, then components, then our own files in the order of their names (`names`: fonts and pictures, hashed)."""
    components = "".join(only_used((MODULES / path).read_text(encoding="utf-8")) for path in COMPONENTS)
    own = "\n".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / "css").glob("*.css")))
    for plain, hashed in names.items():
        own = own.replace(f'url("{plain}")', f'url("{hashed}")')
    theme = reached_tokens((MODULES / THEME).read_text(encoding="utf-8"), components + own)
    return "/* EUPL-1.2: NL Design System, Utrecht and Schakel */" + squeezed(theme + components + own)


def sprite() -> str:
    """One file with every icon of static/iconen.txt; the page sets stroke and size (Tabler Icons, MIT)."""
    symbols = []
    for name in (STATIC / "iconen.txt").read_text(encoding="utf-8").split():
        path = MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
        if not path.is_file():
            raise Stop(f"icoon {name} uit static/iconen.txt bestaat niet in Tabler")
        shapes = re.sub(r"^.*?<svg[^>]*>|</svg>.*$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        shapes = re.sub(r'\s*<path stroke="none" d="M0 0h24v24H0z"[^>]*/>', "", shapes)
        shapes = re.sub(r"\s+/>", "/>", re.sub(r">\s+<", "><", shapes)).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg"><!-- Tabler Icons, MIT -->' + "".join(symbols) + "</svg>"


def script() -> str:
    """Our own modules, each in a scope of its own, in the order of their names."""
    parts = []
    for path in sorted((STATIC / "js").glob("*.js")):
        code = re.sub(r"^\s*//.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        code = re.sub(r"^\s+", "", re.sub(r"/\*.*?\*/", "", code, flags=re.DOTALL), flags=re.MULTILINE)
        parts.append(f"(()=>{{\n{code.strip()}\n}})();")
    return '/* EUPL-1.2: Schakel */\n"use strict";\n' + "\n".join(parts) + "\n"


def hashed_name(name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{digest(content)[:12]}.{suffix}"


def build() -> dict[str, bytes]:
    """Every file by its plain name."""
    fonts = MODULES / "@fontsource-variable" / "source-sans-3" / "files"
    files = {plain: (fonts / name).read_bytes() for plain, name in FONTS.items()}
    files.update({path.name: path.read_bytes() for path in sorted((STATIC / "los").iterdir()) if path.is_file()})
    names = {plain: hashed_name(plain, content) for plain, content in files.items()}
    files["schakel.css"] = style_sheet(names).encode()
    files["schakel.js"] = script().encode()
    files["htmx.js"] = (MODULES / "htmx.org" / "dist" / "htmx.min.js").read_bytes()
    files["iconen.svg"] = sprite().encode()
    return files


def write(files: dict[str, bytes], stamp: str) -> None:
    """A new folder next to the old one, then swapped: a page never asks for half a build."""
    fresh = TARGET.with_name("assets.nieuw")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    names = {plain: hashed_name(plain, content) for plain, content in files.items()}
    for plain, content in files.items():
        (fresh / names[plain]).write_bytes(content)
    (fresh / "manifest.json").write_text(json.dumps({"stempel": stamp, "bestanden": names}, indent=1) + "\n")
    shutil.rmtree(TARGET, ignore_errors=True)
    fresh.rename(TARGET)


def gzipped(content: bytes) -> int:
    return min(len(content), len(gzip.compress(content, 9, mtime=0)))


def is_built(stamp: str) -> bool:
    manifest = TARGET / "manifest.json"
    if not manifest.is_file():
        return False
    known = json.loads(manifest.read_text())
    return known["stempel"] == stamp and all((TARGET / name).is_file() for name in known["bestanden"].values())


def main() -> int:
    parser = argparse.ArgumentParser(description="Bouwt de bestanden die de browser laadt.")
    parser.add_argument("--npm", default=shutil.which("npm") or "npm", help="welk npm")
    arguments = parser.parse_args()
    sources = [Path(__file__), FRONTEND / "package-lock.json", *sorted(p for p in STATIC.rglob("*") if p.is_file())]
    stamp = digest(*(str(p.relative_to(ROOT)).encode() + p.read_bytes() for p in sources))
    if is_built(stamp) and is_installed():
        return 0
    try:
        install(arguments.npm)
        files = build()
    except Stop as stop:
        print(f"Schakel: {stop}", file=sys.stderr)
        return 1
    sizes = {name: gzipped(content) for name, content in files.items()}
    write(files, stamp)
    for name, size in sizes.items():
        print(f"  {name:34}{size / 1000:6.1f} KB gz", file=sys.stderr)
    total = sum(sizes[name] for name in FIRST_LOAD)
    print(f"  {'eerste bezoek':34}{total / 1000:6.1f} KB gz (grens {BUDGET / 1000:.0f})", file=sys.stderr)
    return 0 if total <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
