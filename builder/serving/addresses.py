"""Which site a request asks for, from its host or its path."""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

PREVIEW: Final = "/_hh/preview/"
BY_PATH: Final = "/s/"
# RFC 9110, section 7.2, of what DNS can hold; a host in letters beyond ASCII comes as punycode.
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST: Final = re.compile(rf"({_LABEL}(?:\.{_LABEL})*)\.?(?::[0-9]{{1,5}})?")
_IPV6: Final = re.compile(r"(\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")
MOST_CHARACTERS: Final = 262


@dataclass(frozen=True, slots=True)
class Address:
    """`name` is a site's label or its own host, or a preview's token; `path` the path within the
    site, and `mount` what stands before it in this request's address; both begin, and the mount
    ends, with a slash. A label has no dot, a host of a customer's has one.
    """

    kind: Literal["site", "preview", "nowhere"]
    name: str
    path: str
    mount: str


def parse(*, host: str, path: str, domain: str, platform: Collection[str] = ()) -> Address:
    """Read an address. `host` is the Host header, `path` decoded, `domain` as SITES_DOMAIN.

    `<label>.<domain>` is a site; on the platform's own hosts (`platform`, `domain`, localhost and
    bare addresses) so is the path `/s/<label>/`, and there alone are previews; any other host is a
    customer's, where only that customer's site may be. An address that lacks the slash after its
    label or token has the path "".
    """
    name = host_of(host)
    label = label_of(host=name, domain=domain)
    if label:
        return Address("site", label, path, "/")
    if name in ("localhost", domain) or name in platform or _is_address(name):
        return _on_platform(path)
    return Address("site", name, path, "/") if "." in name else _nowhere(path)


def _on_platform(path: str) -> Address:
    if path.startswith(PREVIEW):
        return _below(PREVIEW, path, "preview")
    return _below(BY_PATH, path, "site") if path.startswith(BY_PATH) else _nowhere(path)


def host_of(header: str) -> str:
    """The host of a Host header: lower-case, without port and final dot; "" for what is none."""
    if len(header) > MOST_CHARACTERS:
        return ""
    lowered = header.lower()
    found = _HOST.fullmatch(lowered) or _IPV6.fullmatch(lowered)
    return found[1] if found else ""


def label_of(*, host: str, domain: str) -> str:
    """The label of a site's host, as `host_of` gives it; "" for a host that is no site's."""
    label = host.removesuffix(f".{domain}")
    return label if label != host and "." not in label else ""


def own_hosts(*urls: str) -> frozenset[str]:
    """The hosts of the platform's own addresses, such as PUBLIC_SITES_URL."""
    return frozenset(urlsplit(url).hostname or "" for url in urls)


def root_of(*, host: str, like: str) -> str:
    """A site's address at another host, with the scheme and the port of `like`; no last slash."""
    parts = urlsplit(like)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _nowhere(path: str) -> Address:
    return Address("nowhere", "", path, "/")


def _below(prefix: str, path: str, kind: Literal["site", "preview"]) -> Address:
    name, slash, rest = path.removeprefix(prefix).partition("/")
    return Address(kind, name, slash + rest, f"{prefix}{name}/")
