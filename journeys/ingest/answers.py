"""Answers of the door to programs: small JSON that suits every client, and CORS."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

Header = tuple[bytes, bytes]

RETRY_SECONDS: Final = 5
_JSON: Final = b"application/json"


class Refusal(Exception):  # noqa: N818  an answer, carried to where answers are given
    """A request that is not taken in; `retry_after` in seconds, `place` within the body."""

    def __init__(
        self, status: int, code: str, message: str, *, retry_after: int = 0, place: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after
        self.place = place

    def answer(self) -> "Answer":
        """One body for all clients: Segment's read `code` and `message`, PostHog's `detail`."""
        body = {"code": self.code, "message": self.message, "detail": self.message}
        if self.place:
            body["place"] = self.place
        answer = json_answer(body, status=self.status)
        if self.retry_after:
            answer.headers.append((b"retry-after", str(self.retry_after).encode()))
        return answer


@dataclass(slots=True)
class Answer:
    status: int = 200
    body: bytes = b""
    content_type: bytes = _JSON
    headers: list[Header] = field(default_factory=list)


def json_answer(body: Any, *, status: int = 200) -> Answer:
    return Answer(status=status, body=msgspec.json.encode(body))


def away() -> Refusal:
    return Refusal(
        503,
        "unavailable",
        "The events could not be stored just now; send them again.",
        retry_after=RETRY_SECONDS,
    )


def cors(headers: Mapping[str, str]) -> list[Header]:
    """Reflect the page's origin: a key is public, and no cookie counts here."""
    origin = headers.get("origin")
    if not origin:
        return []
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-expose-headers", b"Retry-After"),
        (b"vary", b"Origin"),
    ]


def preflight(headers: Mapping[str, str]) -> Answer:
    """Allow what the browser asks for (Fetch, section 4.8)."""
    asked = headers.get("access-control-request-headers", "content-type, authorization")
    return Answer(
        status=204,
        content_type=b"",
        headers=[
            (b"access-control-allow-methods", b"GET, POST, OPTIONS"),
            (b"access-control-allow-headers", asked.encode("latin-1")),
            (b"access-control-max-age", b"86400"),
        ],
    )


async def send_answer(
    send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    answer: Answer,
    *,
    more: Iterable[Header] = (),
) -> None:
    headers: list[Header] = [
        (b"content-length", str(len(answer.body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *answer.headers,
        *more,
    ]
    if answer.content_type:
        headers.append((b"content-type", answer.content_type))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
