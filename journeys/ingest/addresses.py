"""Where a request came from."""

import ipaddress
from collections.abc import Mapping
from typing import Any

Scope = Mapping[str, Any]


def parse_address(value: object) -> str | None:
    """An IP address as PostgreSQL's `inet` takes it, without an IPv6 zone; None for anything else.

    An IPv4 address in IPv6's clothes is given as IPv4.
    """
    if not isinstance(value, str):
        return None
    try:
        address = ipaddress.ip_address(value.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def client_address(scope: Scope, headers: Mapping[str, str], *, proxies: int) -> str | None:
    """The visitor's address; X-Forwarded-For counts only behind as many proxies as are ours."""
    forwarded = headers.get("x-forwarded-for", "")
    if proxies and forwarded:
        hops = [hop.strip() for hop in forwarded.split(",")]
        return parse_address(hops[-min(proxies, len(hops))])
    client = scope.get("client")
    return parse_address(client[0]) if client else None
