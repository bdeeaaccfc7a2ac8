# SPDX-License-Identifier: EUPL-1.2
"""Adres: whom we may call. A subscriber names the address, so that it could name one of ours: metadata, the database.

The check is on the address that is really connected to: a name that changes meanwhile gains nothing.
"""

import asyncio
import socket
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpcore

from schakel.kit.settings import InvalidSetting

Network = IPv4Network | IPv6Network
_METADATA = tuple(map(ip_network, ("100.100.100.200/32", "192.0.0.192/32", "168.63.129.16/32", "fd00:ec2::254/128")))
_NAT64 = ip_network("64:ff9b::/96")


class Refused(httpcore.ConnectError):
    """This address is not to be called."""


def read_networks(value: str) -> tuple[Network, ...]:
    """A setting: networks with commas between them."""
    try:
        return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError:
        raise InvalidSetting("SCHAKEL_NOTIFICATIES_TOEGESTAAN moet bestaan uit netwerken, zoals 10.1.0.0/16.") from None


def may_call(address: str, allowed: Iterable[Network]) -> bool:
    """Never loopback, link-local, metadata or what is no address of one host, unless a network that is allowed has it.

    Private networks are where most subscribers of a gemeente live: those may be called.
    """
    found = _unwrapped(ip_address(address.partition("%")[0]))
    if any(found in network for network in allowed):
        return True
    odd = found.is_loopback or found.is_link_local or found.is_multicast or found.is_unspecified
    return not odd and not _reserved(found) and not any(found in network for network in _METADATA)


def _reserved(found: IPv4Address | IPv6Address) -> bool:
    return isinstance(found, IPv4Address) and (found.is_reserved or found in IPv4Network("0.0.0.0/8"))


def _unwrapped(found: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """An IPv4 address in the clothes of IPv6 is that IPv4 address."""
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is not None:
            return inner
        if found in _NAT64:
            return IPv4Address(int(found) & 0xFFFFFFFF)
    return found


class Guarded(httpcore.AsyncNetworkBackend):
    """Looks a name up once, refuses what may not be called, and connects to exactly that address."""

    def __init__(self, allowed: Sequence[Network]) -> None:
        self._allowed = tuple(allowed)
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as unknown:
            raise httpcore.ConnectError from unknown
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        if not addresses or not all(may_call(address, self._allowed) for address in addresses):
            raise Refused
        return await self._inner.connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)
