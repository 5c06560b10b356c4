"""Cookies of the edge, read and written without Django's request."""

import re
import uuid
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings

from builder.serving.addresses import Address

# The id of a browser. Not HttpOnly: the tracker takes it up, and writes it where it is missing
# (journeys/ingest/tracker/tracker.js, by the same rules): one visitor has one id.
VISITOR: Final = "hh_id"
VISITOR_SECONDS: Final = 180 * 86_400
# Set by a site's own banner, where the project's setting `consent` is "required".
CONSENT: Final = "hh_consent"
CONSENT_REQUIRED: Final = "required"
CONSENT_GIVEN: Final = "granted"
_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def read(headers: Mapping[bytes, bytes]) -> dict[str, str]:
    """The cookies of a request by name; of two with one name the first counts (RFC 6265, 5.4)."""
    found: dict[str, str] = {}
    for pair in headers.get(b"cookie", b"").decode("latin-1").split(";"):
        name, equals, value = pair.strip().partition("=")
        if equals:
            found.setdefault(name, value.strip('"'))
    return found


def visitor_id(
    headers: Mapping[bytes, bytes], *, consent: str, kept: Mapping[str, str]
) -> tuple[str | None, bool]:
    """The visitor's id, and whether it is new; None for who may not be followed.

    Whoever sends Global Privacy Control or Do Not Track is not. Where the site's `consent` is
    "required", nobody is whose `hh_consent` cookie does not say "granted".
    """
    if headers.get(b"sec-gpc") == b"1" or headers.get(b"dnt") == b"1":
        return None, False
    if consent == CONSENT_REQUIRED and kept.get(CONSENT) != CONSENT_GIVEN:
        return None, False
    known = kept.get(VISITOR, "").lower()
    if _ID.fullmatch(known):
        return known, False
    return str(uuid.uuid4()), True


def header(
    name: str, value: str, *, address: Address, seconds: int, http_only: bool
) -> tuple[bytes, bytes]:
    """A Set-Cookie header for this site only: its host, or its path where it has no host."""
    parts = [f"{name}={value}", f"Max-Age={seconds}", f"Path={address.mount}", "SameSite=Lax"]
    if http_only:
        parts.append("HttpOnly")
    if is_secure():
        parts.append("Secure")
    return b"set-cookie", "; ".join(parts).encode("latin-1")


def is_secure() -> bool:
    """Whether visitors come by https."""
    public: Any = settings.PUBLIC_SITES_URL
    return str(public).startswith("https://")
