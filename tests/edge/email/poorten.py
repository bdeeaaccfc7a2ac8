# SPDX-License-Identifier: EUPL-1.2
"""Ports of loopback for servers that a test starts."""

import asyncio
import socket


def free_port() -> int:
    """One that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


async def reachable(port: int) -> None:
    """Until somebody listens; raises TimeoutError."""
    for _ in range(100):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError(f"nobody listens on {port}")
