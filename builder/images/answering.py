"""A picture's thumbnail as the office answers with it: to members only, never as a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from builder.images.showing import thumbnail
from builder.models import Image

# A browser shows it within the office's own pages, whatever it takes it for.
_HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
}
WIDEST: Final = 4096


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body; 304 where the reader has it, 404 where its bytes are gone."""

    status: int
    headers: Mapping[str, str]
    content_type: str = ""
    body: bytes = b""


def answer(image: Image, *, width: int, accepted: str, known: str) -> Answer:
    """A file of the picture; `accepted` is the header Accept, `known` is If-None-Match.

    Raises `storing.StorageAwayError`.
    """
    found = thumbnail(image, width=width, accepted=accepted)
    if found is None:
        return Answer(404, {})
    tag = f'"{found.sha256[:32]}"'
    headers = {**_HEADERS, "ETag": tag}
    if tag in known:
        return Answer(304, headers)
    return Answer(200, headers, found.content_type, found.body)
