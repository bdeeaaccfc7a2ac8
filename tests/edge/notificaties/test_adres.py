# SPDX-License-Identifier: EUPL-1.2
"""Whom we may call, however it is written, and that the check is on the address that is connected to."""

import httpcore
import pytest

from schakel.kit.settings import InvalidSetting
from schakel.koppelingen.notificaties.adres import Guarded, Refused, may_call, read_networks


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "::1", "0.0.0.0", "::", "169.254.169.254", "fe80::1%eth0", "fd00:ec2::254",
        "::ffff:169.254.169.254", "::ffff:127.0.0.1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "224.0.0.1", "ff02::1",
        "255.255.255.255", "240.0.0.1", "100.100.100.200", "168.63.129.16",
    ],
)  # fmt: skip
def test_what_is_ours_or_tells_about_the_machine_is_never_called(address: str) -> None:
    assert not may_call(address, ())


@pytest.mark.parametrize("address", ["10.1.2.3", "192.168.1.9", "fd12:3456::1", "203.0.113.7", "2a00:1450::1"])
def test_a_subscriber_on_the_internet_or_in_the_network_of_the_gemeente_is(address: str) -> None:
    assert may_call(address, ())


def test_a_setting_opens_a_network_and_nothing_beside_it() -> None:
    allowed = read_networks("127.0.0.0/8, 169.254.1.0/24")
    assert may_call("127.0.0.1", allowed)
    assert may_call("169.254.1.9", allowed)
    assert not may_call("169.254.169.254", allowed)
    assert not may_call("::1", allowed)
    with pytest.raises(InvalidSetting):
        read_networks("overal")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "0x7f.1", "2130706433", "[::1]".strip("[]")])
async def test_a_name_or_odd_spelling_that_leads_here_is_refused(host: str) -> None:
    with pytest.raises(Refused):
        await Guarded(()).connect_tcp(host, 9)


async def test_a_name_that_does_not_exist_is_not_to_be_reached() -> None:
    with pytest.raises(httpcore.ConnectError) as raised:
        await Guarded(()).connect_tcp("bestaat-niet.invalid", 80)
    assert not isinstance(raised.value, Refused)
