"""Secrets at rest: Fernet (AES-128-CBC with HMAC-SHA256), under keys that can be rotated.

What is stored is `<fingerprint>:<token>`; the fingerprint tells which key made the token, so that
a rotation finds what remains to be done by looking at rows.
"""

import base64
import functools
import hashlib
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

FINGERPRINT_LENGTH: Final = 12


class LostKeyError(Exception):
    """A secret was encrypted with a key that is no longer known."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__(
            f"No key of CREDENTIAL_KEYS or SECRET_KEY has the fingerprint {fingerprint}; a secret "
            "under it cannot be read. Add the key that was taken away, or store the secret again."
        )


def encrypt(text: str) -> str:
    """Encrypt under the first key."""
    fingerprint, cipher = next(iter(_ciphers(*_keys()).items()))
    return f"{fingerprint}:{cipher.encrypt(text.encode()).decode()}"


def decrypt(stored: str) -> str:
    """The text again. Raises LostKeyError, or cryptography's InvalidToken for a damaged one."""
    fingerprint, _sep, token = stored.partition(":")
    cipher = _ciphers(*_keys()).get(fingerprint)
    if cipher is None:
        raise LostKeyError(fingerprint)
    return cipher.decrypt(token.encode()).decode()


def is_current(stored: str) -> bool:
    """Whether the text is under the first key already."""
    return stored.startswith(f"{current_fingerprint()}:")


def current_fingerprint() -> str:
    """The name of the key that is used for new secrets."""
    return next(iter(_ciphers(*_keys())))


def _keys() -> tuple[str, ...]:
    """CREDENTIAL_KEYS, newest first; last one derived from the signing secret.

    That one encrypts where there is no other, and later still opens what it encrypted.
    """
    return (*settings.CREDENTIAL_KEYS, f"derived:{settings.SECRET_KEY}")


@functools.cache
def _ciphers(*keys: str) -> "dict[str, Fernet]":
    from cryptography.fernet import Fernet

    ciphers = {}
    for key in keys:
        material = _material(key)
        fingerprint = hashlib.sha256(b"fingerprint:" + material).hexdigest()[:FINGERPRINT_LENGTH]
        ciphers[fingerprint] = Fernet(material)
    return ciphers


def _material(key: str) -> bytes:
    """A Fernet key as it is; the derived one is stretched from the secret by HKDF (RFC 5869)."""
    if not key.startswith("derived:"):
        return key.encode()
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"halfhour credentials")
    return base64.urlsafe_b64encode(derive.derive(key.removeprefix("derived:").encode()))
