"""Hosts as people write them, and as DNS and browsers know them."""

import ipaddress
import re
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.faults import Fault
from builder.models.domains import HOST

_HOST: Final = re.compile(HOST)
MOST_CHARACTERS: Final = 253
# Names that no public DNS answers for (RFC 6761, 6762, 7686, 8375).
_NOT_PUBLIC: Final = frozenset({"localhost", "local", "internal", "invalid", "onion", "arpa"})


class HostError(Exception):
    """A text is no host that a site may have; `faults` say why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.faults = (Fault("/host", code, detail),)


def normalise(text: str) -> str:
    """A host in lower case, IDNA-encoded (UTS 46, RFC 5891), without a final dot.

    Raises `HostError`.
    """
    host = _encoded(text.strip().rstrip(".").lower())
    if len(host) > MOST_CHARACTERS or not _HOST.fullmatch(host):
        raise HostError("invalid_host", _("A host is like www.example.com: no https://, no path."))
    if host.rpartition(".")[2].isdigit() or _is_address(host):
        raise HostError("invalid_host", _("An IP address is no domain."))
    if host.rpartition(".")[2] in _NOT_PUBLIC:
        raise HostError("not_public", _("The public name servers do not know such a name."))
    if is_ours(host):
        raise HostError("reserved_host", _("The platform itself answers there."))
    return host


def is_ours(host: str) -> bool:
    """Whether a host is the platform's own, or below the domain of its sites."""
    from builder.serving.addresses import own_hosts

    domain: str = settings.SITES_DOMAIN
    own = own_hosts(settings.PUBLIC_SITES_URL, settings.PUBLIC_OFFICE_URL)
    return host == domain or host.endswith(f".{domain}") or host in own


def readable(host: str) -> str:
    """A host in its own letters."""
    if "xn--" not in host:
        return host
    import idna

    try:
        return idna.decode(host)
    except idna.IDNAError:
        return host


def _encoded(text: str) -> str:
    import idna

    if text.isascii():
        return text
    try:
        return idna.encode(text, uts46=True).decode("ascii")
    except idna.IDNAError:
        return text


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
