"""The secret that a workflow's webhooks are signed with: a credential of its workspace.

It is named by the workflow's id. Whoever gives the workflow its first webhook is shown it once;
admins replace it like every credential, and nobody reads it again.
"""

import uuid
from typing import Final

from django.db import transaction

from accounts import credentials, tenancy
from accounts.models import Credential, CredentialKind, User
from accounts.webhook_secrets import new_secret
from journeys.workflows.definition import DefinitionError, read_steps
from journeys.workflows.models import Workflow

KIND: Final = CredentialKind.WEBHOOK


def give_secret(*, workflow: Workflow, by: User | None = None) -> str | None:
    """A secret for a workflow that calls webhooks and has none yet; None for every other."""
    if not _signs(workflow):
        return None
    # Editors write workflows, but see and write no credential of themselves.
    with tenancy.owner(reason="webhook_secret", user_id=by.pk if by else None):
        return _give(workflow, by)


def secret_of(workflow: Workflow) -> str:
    """What a call is signed with now. A workflow without a secret gets one, which admins replace
    by one that the receiver knows. Raises encryption.LostKeyError.
    """
    found = _kept(workflow)
    if found is not None:
        return found
    with transaction.atomic():
        return _give(workflow, None) or _kept(workflow) or ""


def _give(workflow: Workflow, by: User | None) -> str | None:
    """The lock makes two who come at once take turns."""
    held = Workflow.objects.select_for_update(of=("self",)).select_related("workspace")
    row = held.get(pk=workflow.pk)
    name = _name(row.pk)
    if Credential.objects.filter(workspace=row.workspace, kind=KIND, name=name).exists():
        return None
    secret = new_secret()
    credentials.store(workspace=row.workspace, kind=KIND, name=name, secret=secret, by=by)
    return secret


def _kept(workflow: Workflow) -> str | None:
    return credentials.reveal(
        workspace_id=workflow.workspace_id, kind=KIND, name=_name(workflow.pk)
    )


def _name(workflow_id: uuid.UUID) -> str:
    return str(workflow_id)


def _signs(workflow: Workflow) -> bool:
    try:
        return any(step.signs for step in read_steps(workflow.definition))
    except DefinitionError:
        return False
