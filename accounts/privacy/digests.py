"""Digests that only this installation can make: they tell the same person again, and no name."""

import hashlib
import hmac
import secrets

from django.conf import settings


def digest(*parts: str) -> str:
    """HMAC-SHA256 (RFC 2104) in hex of the parts under PRIVACY_KEY; their borders count."""
    text = "\x1f".join(parts)
    return hmac.new(derive("digest"), text.encode(), hashlib.sha256).hexdigest()


def derive(purpose: str) -> bytes:
    """32 bytes for one purpose, from PRIVACY_KEY (where that is empty: from SECRET_KEY)."""
    key = settings.PRIVACY_KEY or settings.SECRET_KEY
    return hmac.new(key.encode(), f"halfhour privacy {purpose}".encode(), hashlib.sha256).digest()


def new_token() -> tuple[str, str]:
    """A secret of 256 bits to be shown once, and the digest that is kept of it."""
    token = secrets.token_urlsafe(32)
    return token, digest("token", token)
