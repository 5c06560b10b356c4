"""Where a request comes from."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The caller's address; X-Forwarded-For counts only behind as many proxies as are ours."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    proxies: int = settings.TRUSTED_PROXIES
    if not proxies or not forwarded:
        return str(request.META.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in forwarded.split(",")]
    return hops[-min(proxies, len(hops))]


def edge_address(scope: Mapping[str, Any], forwarded: str) -> str | None:
    """The visitor's address of the edge's request; `forwarded` is its X-Forwarded-For.

    As PostgreSQL's `inet` takes it; None for what is no address.
    """
    proxies: int = settings.TRUSTED_PROXIES
    if proxies and forwarded:
        hops = [hop.strip() for hop in forwarded.split(",")]
        return parse_address(hops[-min(proxies, len(hops))])
    client = scope.get("client")
    return parse_address(client[0]) if client else None


def parse_address(value: object) -> str | None:
    """An IP address without an IPv6 zone; None for anything else.

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
