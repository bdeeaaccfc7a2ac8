# SPDX-License-Identifier: EUPL-1.2
"""Pages as tests meet them: what one reads on them, and an app that serves them on a port of its own."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

import uvicorn
from litestar.types import ASGIApp


def visible(page: str) -> str:
    """What one reads on a page, in one line."""
    body = re.sub(r"(?s)<(script|style|svg|template).*?</\1>", " ", page.partition("<main")[2] or page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """The app on a port of its own; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as end:
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve(sockets=[end]))
        try:
            async with asyncio.timeout(10):
                while not server.started:  # noqa: ASYNC110 (uvicorn offers no event)
                    await asyncio.sleep(0.02)
            yield f"http://127.0.0.1:{end.getsockname()[1]}"
        finally:
            server.should_exit = True
            await asyncio.wait_for(running, 10)
