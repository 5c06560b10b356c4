"""Secrets that webhooks are signed with (Standard Webhooks 1.0.0, standardwebhooks.com)."""

import base64
import binascii
import secrets
from typing import Final

PREFIX: Final = "whsec_"
# The specification's bounds of a key, in bytes.
SHORTEST, LONGEST = 24, 64


def new_secret() -> str:
    """A signing secret: `whsec_` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def key_of(secret: str) -> bytes:
    """The key that a secret stands for. Raises ValueError where it is none."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("A signing secret is `whsec_` and base64.") from error
    if not SHORTEST <= len(key) <= LONGEST:
        raise ValueError(f"A signing secret is of {SHORTEST} to {LONGEST} bytes.")
    return key
