"""Secrets of a workspace: stored, replaced, handed to the code that needs them, never shown."""

import uuid

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.encryption import decrypt
from accounts.faults import Fault
from accounts.models import AuditAction, Credential, CredentialKind, User, Workspace
from accounts.tenancy.scope import acts_as_tenant
from accounts.webhook_secrets import LONGEST, SHORTEST, key_of

SHOWN = 4


class SecretError(Exception):
    """A secret is none of its kind; `faults` say why."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.faults = [Fault(pointer="/secret", code="invalid_secret", detail=detail)]


def check(*, kind: str, secret: str) -> None:
    """Raise SecretError where a secret cannot be one of its kind: a signing secret has a form."""
    if kind != CredentialKind.WEBHOOK:
        return
    try:
        key_of(secret)
    except ValueError as error:
        text = _("A signing secret is whsec_ and base64 of %(least)s to %(most)s bytes.")
        raise SecretError(text % {"least": SHORTEST, "most": LONGEST}) from error


def store(
    *, workspace: Workspace, kind: str, secret: str, name: str = "default", by: User | None = None
) -> Credential:
    """Keep a secret under its kind and name, in place of one that is there already.

    Raises SecretError.
    """
    check(kind=kind, secret=secret)
    credential = Credential.objects.filter(workspace=workspace, kind=kind, name=name).first()
    if credential is not None:
        return replace(credential=credential, secret=secret)
    with transaction.atomic():
        credential = Credential.objects.create(
            workspace=workspace,
            kind=kind,
            name=name,
            secret=secret,
            last_four=_last_four(secret),
            created_by=by,
        )
        _record(credential, AuditAction.CREDENTIAL_STORED)
    return credential


def replace(*, credential: Credential, secret: str) -> Credential:
    """Put a new secret in place of the old one. Raises SecretError."""
    check(kind=credential.kind, secret=secret)
    with transaction.atomic():
        credential.secret = secret
        credential.last_four = _last_four(secret)
        credential.replaced_at = timezone.now()
        credential.save(update_fields=["secret", "last_four", "replaced_at", "updated_at"])
        _record(credential, AuditAction.CREDENTIAL_STORED)
    return credential


def remove(*, credential: Credential) -> None:
    with transaction.atomic():
        _record(credential, AuditAction.CREDENTIAL_REMOVED)
        credential.delete()


def reveal(*, workspace_id: uuid.UUID, kind: str, name: str = "default") -> str | None:
    """The secret itself, for a call to its provider; None where the workspace has none.

    Works in a tenant's scope (of that workspace) and in jobs. Raises encryption.LostKeyError.
    """
    if not acts_as_tenant(connection):
        found = Credential.objects.filter(workspace_id=workspace_id, kind=kind, name=name).first()
        if found is None:
            return None
        Credential.objects.filter(pk=found.pk).update(last_used_at=timezone.now())
        return str(found.secret)
    with connection.cursor() as cursor:
        cursor.execute("select accounts_credential_secret(%s, %s)", (kind, name))
        row = cursor.fetchone()
    return decrypt(row[0]) if row and row[0] else None


def _last_four(secret: str) -> str:
    """The end of a secret that is long enough for its end to tell nothing."""
    return secret[-SHOWN:] if len(secret) >= 4 * SHOWN else ""


def _record(credential: Credential, action: str) -> None:
    audit.record(
        action=action,
        subject=f"accounts.credential {credential.pk}",
        workspace_id=credential.workspace_id,
        after={"kind": credential.kind, "name": credential.name},
    )
