"""Answers that are ready to be sent again as they are: the edge's shortest way.

A page that was just served is served again by looking three headers up in a dictionary. What is
kept here has no visitor in it: sites behind a password, decided pages and everything but 200 and
304 take the longer way.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from builder.serving.answers import Headers, Message

MOST_ANSWERS: Final = 4_096
MOST_BYTES: Final = 32 * 1024 * 1024

# Host and Accept-Encoding as they were sent, and the path.
Key = tuple[bytes, bytes, str]


@dataclass(frozen=True, slots=True)
class HotAnswer:
    """The messages of a whole answer and of the 304 in its place, good until a time."""

    until: float
    tag: bytes
    start: Message
    body: Message
    unchanged: Message


class HotAnswers:
    """The answers given last; all go at once when there are too many, or news of any site."""

    def __init__(self) -> None:
        self._kept: dict[Key, HotAnswer] = {}
        self._size = 0

    def find(self, scope: Mapping[str, Any]) -> tuple[Message, Message] | None:
        """The two messages that answer a GET; None where the longer way must be taken."""
        host = codings = condition = b""
        for name, value in scope["headers"]:
            if name == b"host":
                if host:
                    return None
                host = value
            elif name == b"accept-encoding":
                codings = value
            elif name == b"if-none-match":
                condition = value
        found = self._kept.get((host, codings, scope["path"]))
        if found is None or found.until < time.monotonic():
            return None
        if not condition:
            return found.start, found.body
        return (found.unchanged, _NOTHING) if condition == found.tag else None

    def keep(self, key: Key, *, until: float, tag: bytes, headers: Headers, content: bytes) -> None:
        """Keep a 200 that whoever asks alike is to get."""
        self._size += len(content)
        if self._size > MOST_BYTES or len(self._kept) >= MOST_ANSWERS:
            self.clear()
            self._size = len(content)
        length = (b"content-length", str(len(content)).encode())
        self._kept[key] = HotAnswer(
            until=until,
            tag=tag,
            start={"type": "http.response.start", "status": 200, "headers": [length, *headers]},
            body={"type": "http.response.body", "body": content},
            unchanged={"type": "http.response.start", "status": 304, "headers": headers},
        )

    def clear(self) -> None:
        self._kept.clear()
        self._size = 0


_NOTHING: Final[Message] = {"type": "http.response.body", "body": b""}
