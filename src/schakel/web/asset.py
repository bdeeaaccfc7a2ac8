# SPDX-License-Identifier: EUPL-1.2
"""Assets: the files of the build by their hashed names, kept in memory, gzipped once."""

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from schakel.kit.errors import NotFound, SchakelError

FOLDER = Path(__file__).parent / "assets"
MEDIA = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}


class AssetsMissing(SchakelError):
    """The build has not run."""

    status = 500
    title = "De bestanden voor de schermen ontbreken"
    advice = "Maak ze met `make start` of `python tools/assets.py`."


@dataclass(frozen=True, slots=True)
class Assets:
    """`names`: plain name to hashed name. `packed`: hashed name to content, and gzipped where that helps."""

    names: dict[str, str]
    packed: dict[str, tuple[bytes, bytes | None]]
    icons: frozenset[str]

    def url(self, name: str) -> str:
        """The address of a file by its plain name; a name that is not built is a mistake of ours."""
        return f"/assets/{self.names[name]}"

    def icon_url(self, name: str) -> str:
        """The address of an icon; one that is not in static/iconen.txt would show as nothing at all."""
        if name not in self.icons:
            raise KeyError(f"icon {name} is not in static/iconen.txt")
        return f"{self.url('iconen.svg')}#{name}"


def load_assets(folder: Path = FOLDER) -> Assets:
    try:
        names: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["bestanden"]
        contents = {hashed: (folder / hashed).read_bytes() for hashed in names.values()}
    except (OSError, ValueError, KeyError) as problem:
        raise AssetsMissing from problem
    packed = {}
    for name, content in contents.items():
        small = gzip.compress(content, 9, mtime=0)
        packed[name] = (content, small if len(small) < len(content) else None)
    icons = re.findall(rb'<symbol id="([^"]+)"', contents[names["iconen.svg"]])
    return Assets(names, packed, frozenset(icon.decode() for icon in icons))


def assets_handler(assets: Assets) -> HTTPRouteHandler:
    """Hashed names never change their content, so a browser may keep them for ever."""

    @get("/assets/{name:str}", sync_to_thread=False, include_in_schema=False)
    def asset(name: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
        if name not in assets.packed:
            raise NotFound
        content, small = assets.packed[name]
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        if small is not None and "gzip" in request.headers.get("accept-encoding", ""):
            content, headers["Content-Encoding"] = small, "gzip"
        media_type = MEDIA.get(name.rpartition(".")[2], "application/octet-stream")
        return Response(content, media_type=media_type, headers=headers)

    return asset
