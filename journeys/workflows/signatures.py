"""Signing of webhooks (Standard Webhooks 1.0.0, https://www.standardwebhooks.com)."""

import base64
import hashlib
import hmac

from accounts.webhook_secrets import key_of
from accounts.webhook_secrets import new_secret as new_secret


def sign(*, secret: str, webhook_id: str, timestamp: int, body: bytes) -> str:
    """The value of `Webhook-Signature`: version 1, HMAC-SHA256 over `id.timestamp.body`.

    `timestamp` is in seconds since 1970. Raises ValueError where the secret is none of ours.
    """
    signed = f"{webhook_id}.{timestamp}.".encode() + body
    digest = hmac.new(key_of(secret), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
