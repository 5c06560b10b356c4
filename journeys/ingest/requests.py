"""What comes over the wire: headers, and a body that is capped, also once it is inflated."""

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final

from journeys.ingest.answers import Refusal

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

READ_SECONDS: Final = 30
_GZIP_MAGIC: Final = b"\x1f\x8b"


class HungUp(Exception):  # noqa: N818  nothing of ours went wrong
    """The client left before it had sent everything; nobody waits for an answer."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request's head; `headers` are by lower-cased name, the last of several counts."""

    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    scope: Scope = field(repr=False)

    @classmethod
    def of(cls, scope: Scope) -> "Request":
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope.get("headers", ())
        }
        return cls(scope["method"], scope["path"], headers, scope)

    @property
    def host(self) -> str:
        """The host's name without its port, lower-cased."""
        return self.headers.get("host", "").lower().rpartition("@")[2].partition(":")[0]


async def read_body(request: Request, receive: Receive, *, limit: int) -> bytes:
    """Return the whole body, inflated where it is gzip (by its header, or its first bytes).

    Raises Refusal: 413 above `limit` bytes, packed or not, 408 for a client that takes too long,
    400 for gzip that is none; HungUp when the client left.
    """
    try:
        async with asyncio.timeout(READ_SECONDS):
            body = await _receive_all(receive, limit=limit)
    except TimeoutError as error:
        raise Refusal(408, "timeout", f"The body took over {READ_SECONDS} seconds.") from error
    packed = request.headers.get("content-encoding", "").strip().lower() == "gzip"
    if packed or body.startswith(_GZIP_MAGIC):
        return _inflate(body, limit=limit)
    return body


async def _receive_all(receive: Receive, *, limit: int) -> bytes:
    body = bytearray()
    while True:
        part = await receive()
        if part["type"] == "http.disconnect":
            raise HungUp
        body += part.get("body", b"")
        if len(body) > limit:
            raise too_large(limit)
        if not part.get("more_body", False):
            return bytes(body)


def _inflate(body: bytes, *, limit: int) -> bytes:
    # 16 + MAX_WBITS: a gzip wrapper; never more than one byte above the limit is unpacked.
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        inflated = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise Refusal(400, "invalid_gzip", f"The body is no gzip: {error}") from error
    if len(inflated) > limit:
        raise too_large(limit)
    if not unpacker.eof:
        raise Refusal(400, "invalid_gzip", "The body's gzip ends too early.")
    return inflated


def too_large(limit: int) -> Refusal:
    return Refusal(413, "too_large", f"A body has at most {limit} bytes.")
