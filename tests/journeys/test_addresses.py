import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.workflows import addresses

FORBIDDEN = [
    "0.0.0.0",  # noqa: S104
    "10.1.2.3",
    "100.100.100.200",  # Alibaba's metadata
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",  # Azure's host agent
    "169.254.169.254",  # the metadata of most clouds
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",  # Oracle's metadata
    "192.168.1.1",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",  # NAT64 of 127.0.0.1
    "64:ff9b:1::1",
    "100::1",
    "2001::1",  # Teredo
    "2001:db8::1",
    "2002:7f00:1::",  # 6to4 of 127.0.0.1
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",  # AWS's metadata
    "fe80::1",
    "ff02::1",
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1"]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_an_address_that_is_not_the_public_internet_is_refused(text):
    assert not addresses.is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_a_public_address_is_allowed(text):
    assert addresses.is_public(ipaddress.ip_address(text))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_the_same_in_the_clothes_of_ipv6(address):
    mapped = ipaddress.IPv6Address(f"::ffff:{address}")
    assert addresses.is_public(mapped) == addresses.is_public(address)


@given(st.ip_addresses())
def test_nothing_that_python_calls_private_is_public(address):
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        mapped = getattr(address, "ipv4_mapped", None)
        assert not addresses.is_public(mapped or address)
    if address.is_private and getattr(address, "ipv4_mapped", None) is None:
        assert not addresses.is_public(address)


@pytest.mark.parametrize("text", ["[::1]", "::1", "fe80::1%eth0", "127.0.0.1"])
def test_a_host_written_as_an_address_is_seen_as_one(text):
    assert addresses.parse(text) is not None


@pytest.mark.parametrize("text", ["example.com", "127.1", "0x7f.1", ""])
def test_a_name_is_no_address(text):
    assert addresses.parse(text) is None
