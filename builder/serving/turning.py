"""Where a request is sent instead: to the site's home, or where one of its redirects leads."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from builder.serving.addresses import BY_PATH, Address
from builder.serving.catalogue import Site

# What may stand in a Location as it is (RFC 3986, section 2); `%` begins what is quoted already.
_KEPT = "/:?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True, slots=True)
class Home:
    """The site's own address: its root without a last slash, and the path of the request there."""

    root: str
    path: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A redirect as it is answered."""

    target: bytes
    status: int
    replaces_page: bool


def home_of(address: Address, site: Site) -> Home | None:
    """Where a visitor of a place that is not the site's own goes on; None to stay."""
    if address.mount == "/":
        return Home(site.home, address.path)
    # Found by path, a site stays on this host: its own may not be known here.
    if address.name == site.label:
        return None
    return Home("", f"{BY_PATH}{site.label}{address.path or '/'}")


def turn(address: Address, site: Site, *, query: bytes) -> Turn | None:
    """The redirect for a path, if there is one; with and without a slash at the end it is one.

    The visitor's query goes along, unless the redirect has one of its own. Nothing of the request
    becomes part of the target's host or path.
    """
    rule = site.rules.get(address.path.rstrip("/") or "/")
    if rule is None:
        return None
    to, status, replaces_page = rule
    if to.startswith("/"):
        to = address.mount + to.lstrip("/")
    target = quote(to, safe=_KEPT).encode()
    if query and not urlsplit(to).query:
        before, hash_sign, fragment = target.partition(b"#")
        target = before + b"?" + query + hash_sign + fragment
    return Turn(target, status, replaces_page)
