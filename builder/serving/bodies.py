"""The bytes of published files, kept in memory as far as they fit."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

CAPACITY: Final = 64 * 1024 * 1024
# The content codings that files are kept in (RFC 9110, section 8.4.1), the better one first.
CODINGS: Final = ("br", "gzip")


@dataclass(frozen=True, slots=True)
class Body:
    """A file as it is and, where that is worth it, compressed."""

    plain: bytes
    gzip: bytes | None
    br: bytes | None

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.gzip or b"") + len(self.br or b"")

    def coded(self, accepted: tuple[str, ...]) -> tuple[bytes, str]:
        """The bytes in the best coding accepted, and its name; "" for none."""
        for coding in CODINGS:
            body: bytes | None = getattr(self, coding)
            if body is not None and coding in accepted:
                return body, coding
        return self.plain, ""


class Bodies:
    """The bodies used last, by hash; never more than `capacity` bytes of them.

    A hash names its bytes for ever, so that nothing here is ever stale.
    """

    def __init__(self, *, capacity: int = CAPACITY) -> None:
        self.capacity, self.size = capacity, 0
        self._kept: OrderedDict[str, Body] = OrderedDict()

    def get(self, sha256: str) -> Body | None:
        body = self._kept.get(sha256)
        if body is not None:
            self._kept.move_to_end(sha256)
        return body

    def put(self, sha256: str, body: Body) -> None:
        """Keep a body; what was used longest ago makes room. One above the capacity is not kept."""
        if body.size > self.capacity or sha256 in self._kept:
            return
        self._kept[sha256] = body
        self.size += body.size
        while self.size > self.capacity:
            _sha256, dropped = self._kept.popitem(last=False)
            self.size -= dropped.size
