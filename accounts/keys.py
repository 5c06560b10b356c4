"""Making keys: shown once, kept as a hash."""

import hashlib
import secrets
from collections.abc import Sequence

from django.db.models.functions import Now

from accounts import audit
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
    audit.record(
        action=AuditEntry.Action.KEY_ISSUED,
        subject=prefix,
        user_id=user.pk if user else None,
        workspace_id=workspace.pk,
    )
    return key, secret


def hash_key(secret: str) -> str:
    """SHA-256 in hex: a key has 256 random bits, so that no slow hash is called for."""
    return hashlib.sha256(secret.encode()).hexdigest()


def revoke_key(*, key: ApiKey) -> None:
    """Close the key; one that is closed keeps its first time. Doors learn of it in 5 seconds."""
    changed = ApiKey.objects.live().filter(pk=key.pk).update(revoked_at=Now())
    if changed:
        audit.record(
            action=AuditEntry.Action.KEY_REVOKED,
            subject=key.prefix,
            workspace_id=key.workspace_id,
        )
    key.refresh_from_db(fields=["revoked_at"])
