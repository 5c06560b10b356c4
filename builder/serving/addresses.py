"""Which site a request asks for, from its host or its path."""

from dataclasses import dataclass
from typing import Final, Literal

PREVIEW: Final = "/_hh/preview/"
BY_PATH: Final = "/s/"


@dataclass(frozen=True, slots=True)
class Address:
    """`name` is a site's label or a preview's token, `path` the path within the site, and `mount`
    what stands before it in this request's address; both begin, and the mount ends, with a slash.
    """

    kind: Literal["site", "preview", "nowhere"]
    name: str
    path: str
    mount: str


def parse(*, host: str, path: str, domain: str) -> Address:
    """Read an address. `host` is the Host header, `path` decoded, `domain` as SITES_DOMAIN.

    `<label>.<domain>` is a site, and so is the path `/s/<label>/` on every other host; an address
    that lacks the slash after its label or token has the path "".
    """
    if path.startswith(PREVIEW):
        return _below(PREVIEW, path, "preview")
    label = label_of(host=host, domain=domain)
    if label:
        return Address("site", label, path, "/")
    if path.startswith(BY_PATH):
        return _below(BY_PATH, path, "site")
    return Address("nowhere", "", path, "/")


def label_of(*, host: str, domain: str) -> str:
    """The label of a site's host, "" for a host that is no site's."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    label = name.lower().removesuffix(".").removesuffix(f".{domain}")
    return label if "." not in label and label != domain and name.lower() != label else ""


def _below(prefix: str, path: str, kind: Literal["site", "preview"]) -> Address:
    name, slash, rest = path.removeprefix(prefix).partition("/")
    return Address(kind, name, slash + rest, f"{prefix}{name}/")
