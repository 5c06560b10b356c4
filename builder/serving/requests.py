"""What of a visitor's request matters here."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from builder.serving import answers, cookies
from builder.serving.hot import Key

Scope = Mapping[str, Any]
Receive = Any

_HOST: Final = b"host"


class Request:
    """An HTTP request's head; of a header that is repeated the last counts.

    A request with several hosts is for none (RFC 9112, section 3.2): `host` is "" then. `key` is
    by what its answer may be kept for others, None where it may not.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.headers: Mapping[bytes, bytes] = dict(scope["headers"])
        self.method: str = scope["method"]
        self.head = self.method == "HEAD"
        self.path: str = scope["path"]
        self.query: bytes = scope.get("query_string", b"")
        hosts = sum(name == _HOST for name, _value in scope["headers"])
        self.host = self.headers[_HOST].decode("latin-1") if hosts == 1 else ""
        codings = self.headers.get(b"accept-encoding", b"")
        self.codings = answers.accepted_codings(codings)
        self.if_none_match = self.headers.get(b"if-none-match", b"")
        alike = self.method == "GET" and hosts == 1
        self.key: Key | None = (self.headers[_HOST], codings, self.path) if alike else None

    @cached_property
    def cookies(self) -> Mapping[str, str]:
        return cookies.read(self.headers)

    @property
    def wants_page(self) -> bool:
        """Whether a person waits, not a page for one of its parts."""
        return b"text/html" in self.headers.get(b"accept", b"")

    def text(self, name: bytes, *, most: int = 500) -> str:
        """A header's text, cut; "" where there is none."""
        return self.headers.get(name, b"").decode("latin-1")[:most]
