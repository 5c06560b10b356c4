"""Which network addresses a customer's webhook may reach: the public internet and nothing else."""

import ipaddress
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IANA's special-purpose registries (RFC 6890 and its updates), written out, since what Python's
# `is_global` says of them differs between patch releases.
_IPV4: Final = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's host agent, a public address that answers inside
        "169.254.0.0/16",  # link-local, where clouds keep their metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
_IPV6_GLOBAL: Final = ipaddress.IPv6Network("2000::/3")
# Within 2000::/3: protocol assignments and Teredo, documentation, 6to4 (which embeds IPv4).
_IPV6: Final = [
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
]


def is_public(address: Address) -> bool:
    """Whether the address belongs to the public internet.

    An IPv4 address in IPv6's clothes (`::ffff:127.0.0.1`) is judged as the IPv4 address that it
    is; every other form that embeds one (6to4, NAT64, Teredo) is refused.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        return address in _IPV6_GLOBAL and not any(address in network for network in _IPV6)
    return not any(address in network for network in _IPV4)


def parse(text: str) -> Address | None:
    """The address that a host is written as, or None where it is a name.

    Accepts IPv6 in brackets or with a zone (`fe80::1%eth0`), whose zone is left out.
    """
    try:
        return ipaddress.ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
