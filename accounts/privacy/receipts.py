"""Receipts of erasures: signed, so that whoever holds one can show what was done and when.

Ed25519 (RFC 8032) over the receipt's canonical JSON (keys sorted, no spaces, UTF-8) without its
`signature`. The key comes of PRIVACY_KEY; its public half is in every receipt and at
/api/v1/privacy/receipts/key/.
"""

import base64
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from accounts.privacy.digests import derive

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORMAT: Final = "halfhour.erasure/1"


def sign(content: Mapping[str, Any]) -> dict[str, Any]:
    """The receipt: the content with its format, the public key and the signature (base64)."""
    receipt = {"format": FORMAT, **content, "public_key": public_key()}
    signature = _key().sign(_canonical(receipt))
    return {**receipt, "signature": base64.b64encode(signature).decode()}


def verify_receipt(receipt: Mapping[str, Any], *, key: str = "") -> bool:
    """Whether the receipt is as it was signed, by `key` (base64; default: this installation's).

    The key that the receipt itself names is not trusted.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    content = {name: value for name, value in receipt.items() if name != "signature"}
    try:
        signature = base64.b64decode(str(receipt["signature"]), validate=True)
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key or public_key()))
        public.verify(signature, _canonical(content))
    except (KeyError, ValueError, InvalidSignature):
        return False
    return content.get("format") == FORMAT


def public_key() -> str:
    """The key that receipts are checked with: 32 bytes in base64."""
    return base64.b64encode(_key().public_key().public_bytes_raw()).decode()


def _key() -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(derive("receipt"))


def _canonical(content: Mapping[str, Any]) -> bytes:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()
