"""HTTP answers of the edge, as ASGI messages."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

PINNED: Final = b"public, max-age=31536000, immutable"
REVALIDATED: Final = b"public, max-age=0, must-revalidate"
PRIVATE: Final = b"no-store"
PINNED_PRIVATELY: Final = b"private, max-age=31536000, immutable"
REVALIDATED_PRIVATELY: Final = b"private, no-cache"

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors {ancestors}"
)
_COMMON: Final[Headers] = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]


def security_headers(*, ancestors: str) -> Headers:
    """What keeps a page to itself; `ancestors` are the origins that may frame it."""
    return [*_COMMON, (b"content-security-policy", _POLICY.format(ancestors=ancestors).encode())]


PLAIN: Final = security_headers(ancestors="'none'")
# For pages of the platform's own, whose style is in them.
STYLED: Final = [
    (name, value.replace(b"style-src 'self'", b"style-src 'unsafe-inline'"))
    for name, value in PLAIN
]
_PAGE: Final[Headers] = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", PRIVATE),
    *STYLED,
]
_UNKNOWN_PAGE: Final = Path(__file__).with_name("unknown.html").read_bytes()
_GONE_PAGE: Final = Path(__file__).with_name("gone.html").read_bytes()
_BROKEN_PAGE: Final = Path(__file__).with_name("broken.html").read_bytes()
_RETRY_SECONDS: Final = 30


async def answer(send: Send, status: int, headers: Headers, body: bytes, *, head: bool) -> None:
    """Send a whole answer; for HEAD everything but its body."""
    length = [(b"content-length", str(len(body)).encode())] if status != 304 else []
    await send({"type": "http.response.start", "status": status, "headers": [*length, *headers]})
    await send({"type": "http.response.body", "body": b"" if head else body})


async def redirect(
    send: Send, *, path: str, query: bytes, head: bool, root: str = "", private: bool = False
) -> None:
    """308: the same request at another path of this host, or at another host (`root`)."""
    # A path that began with two slashes would be read as another host.
    target = f"{root}{quote('/' + path.lstrip('/'), safe='/:')}".encode() + _asked(query)
    await move(send, 308, target, head=head, private=private)


async def move(send: Send, status: int, target: bytes, *, head: bool, private: bool) -> None:
    """Send the visitor to a whole address, as bytes that a header may hold."""
    caching = PRIVATE if private else REVALIDATED
    headers = [(b"location", target), (b"cache-control", caching), *PLAIN]
    await answer(send, status, headers, b"", head=head)


async def not_allowed(send: Send, *, allow: bytes = b"GET, HEAD") -> None:
    headers = [(b"allow", allow), (b"content-type", b"text/plain; charset=utf-8"), *PLAIN]
    text = b"Only " + allow.replace(b", ", b" and ") + b" is answered here.\n"
    await answer(send, 405, headers, text, head=False)


async def unknown(send: Send, *, head: bool) -> None:
    """There is no site at this address, or none yet."""
    await answer(send, 404, _PAGE, _UNKNOWN_PAGE, head=head)


async def gone(send: Send, *, head: bool) -> None:
    """There was a site, and its owner took it down."""
    await answer(send, 410, _PAGE, _GONE_PAGE, head=head)


async def broken(send: Send, *, head: bool) -> None:
    """The site has this page, and its bytes are not to be found: a fault of ours."""
    headers = [(b"retry-after", str(_RETRY_SECONDS).encode()), *_PAGE]
    await answer(send, 503, headers, _BROKEN_PAGE, head=head)


def _asked(query: bytes) -> bytes:
    return b"?" + query if query else b""


def etag(sha256: str, coding: str) -> bytes:
    """A strong validator: a coding is a representation of its own (RFC 9110, section 8.8.3)."""
    return f'"{sha256}{"-" + coding if coding else ""}"'.encode()


def unchanged(condition: bytes, tag: bytes) -> bool:
    """Whether If-None-Match holds the tag; compared weakly, as RFC 9110 (13.1.2) says."""
    if not condition:
        return False
    tags = {part.strip().removeprefix(b"W/") for part in condition.split(b",")}
    return b"*" in tags or tag in tags


def accepted_codings(header: bytes) -> tuple[str, ...]:
    """The names in Accept-Encoding but those refused with `q=0`."""
    if header in _ACCEPTED:
        return _ACCEPTED[header]
    names = []
    for part in header.decode("latin-1").lower().split(","):
        name, _sep, weight = part.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            names.append(name.strip())
    return tuple(names)


# What browsers send, read beforehand.
_ACCEPTED: Mapping[bytes, tuple[str, ...]] = {
    b"": (),
    b"gzip, deflate, br, zstd": ("gzip", "br"),
    b"gzip, deflate, br": ("gzip", "br"),
    b"gzip, deflate": ("gzip",),
}
