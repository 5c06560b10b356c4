"""Making keys: shown once, kept as a hash."""

import hashlib
import secrets
from collections.abc import Sequence

from accounts.models import ApiKey, AuditEntry, User, Workspace


def issue_key(
    *,
    workspace: Workspace,
    kind: str,
    name: str,
    user: User | None = None,
    scopes: Sequence[str] = (),
    public: bool = False,
) -> tuple[ApiKey, str]:
    """Make a key; the second of the pair is the secret, which is not to be had again.

    `public` keeps the whole of an ingest key readable: a published page shows it to everyone.
    """
    prefix = f"hh_{kind}_{secrets.token_hex(4)}"
    secret = f"{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        workspace=workspace,
        user=user,
        kind=kind,
        name=name,
        prefix=prefix,
        hashed_key=hash_key(secret),
        public_token=secret if public else "",
        scopes=list(scopes),
    )
    AuditEntry.objects.bulk_create(
        [AuditEntry(user=user, action=AuditEntry.Action.KEY_ISSUED, subject=prefix)]
    )
    return key, secret


def hash_key(secret: str) -> str:
    """SHA-256 in hex: a key has 256 random bits, so that no slow hash is called for."""
    return hashlib.sha256(secret.encode()).hexdigest()
