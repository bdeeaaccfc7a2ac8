# SPDX-License-Identifier: EUPL-1.2
"""POST /api/telefoon/v1/gebeurtenissen: where a telephone exchange says what happens to a call."""

from collections.abc import Awaitable, Callable, Sequence
from hmac import compare_digest
from typing import Any

from litestar import MediaType, Request, Response, post
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from schakel.kit.errors import SchakelError

MAX_BODY = 64 * 1024
PATH = "/api/telefoon/v1"
Take = Callable[[str, bytes], Awaitable[None]]


class TooLarge(SchakelError):
    status = 413
    title = "Dit bericht is te groot"
    advice = "Een gebeurtenis past in 64 kB."


def telefoon_handlers(take: Take, geheim: str) -> Sequence[HTTPRouteHandler]:
    """`geheim`: as bearer, or in the path for an exchange that cannot send a header. 204 once it is on disk."""

    async def receive(request: Request[Any, Any, Any], given: str) -> Response[None]:
        if not compare_digest(given.encode(), geheim.encode()):
            raise NotAuthorizedException
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                raise TooLarge
        soort = request.headers.get("content-type", "")
        await take(soort, body or request.url.query.encode())
        return Response(None, status_code=204, media_type=MediaType.TEXT)

    @post(f"{PATH}/gebeurtenissen", include_in_schema=False)
    async def by_bearer(request: Request[Any, Any, Any]) -> Response[None]:
        return await receive(request, request.headers.get("authorization", "").removeprefix("Bearer "))

    @post(f"{PATH}/{{sleutel:str}}/gebeurtenissen", include_in_schema=False)
    async def by_path(request: Request[Any, Any, Any], sleutel: FromPath[str]) -> Response[None]:
        return await receive(request, sleutel)

    return [by_bearer, by_path] if geheim else []
