"""Who belongs to a workspace, and as what. That an owner remains, the database holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts import audit, quotas
from accounts.faults import Fault
from accounts.models import AuditAction, Membership, User, Workspace

_RULE: Final = "accounts_membership_keeps_owner"


class LastOwnerError(Exception):
    """The last owner of a workspace can neither leave nor become less. A 422 over the API."""

    def __init__(self, *, pointer: str) -> None:
        detail = _("A workspace keeps an owner: make somebody else one first.")
        super().__init__(detail)
        self.faults = [Fault(pointer=pointer, code="last_owner", detail=detail)]


def add(*, workspace: Workspace, user: User, role: str) -> Membership:
    """Make somebody a member, who keeps the role that they have; raises QuotaExceededError."""
    with transaction.atomic():
        # One at a time, so that two who join at once do not share the last seat.
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        existing = Membership.objects.filter(workspace=workspace, user=user).first()
        if existing is not None:
            return existing
        quotas.check(workspace_id=workspace.pk, kind=quotas.Kind.SEATS)
        membership = Membership.objects.create(workspace=workspace, user=user, role=role)
        _record(membership, AuditAction.MEMBER_JOINED, after={"role": role})
    return membership


def change_role(*, membership: Membership, role: str) -> Membership:
    """Give a member another role. Raises LastOwnerError."""
    before = membership.role
    if role == before:
        return membership
    with transaction.atomic():
        membership.role = role
        with _keeping_an_owner("/role"):
            membership.save(update_fields=["role", "updated_at"])
        _record(membership, AuditAction.ROLE_CHANGED, before={"role": before}, after={"role": role})
    return membership


def remove(*, membership: Membership) -> None:
    """Let a member go. Raises LastOwnerError."""
    with transaction.atomic():
        _record(membership, AuditAction.MEMBER_REMOVED, before={"role": membership.role})
        with _keeping_an_owner(""):
            membership.delete()


@contextmanager
def _keeping_an_owner(pointer: str) -> Iterator[None]:
    """Ask the deferred rule at once, so that the answer is the caller's and not the commit's."""
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute(f"set constraints {_RULE} immediate")
                cursor.execute(f"set constraints {_RULE} deferred")
    except IntegrityError as error:
        if not (isinstance(error.__cause__, psycopg.Error) and _is_the_rule(error.__cause__)):
            raise
        raise LastOwnerError(pointer=pointer) from error


def _is_the_rule(cause: psycopg.Error) -> bool:
    return cause.diag.constraint_name == _RULE


def _record(membership: Membership, action: str, **changes: Any) -> None:
    audit.record(
        action=action,
        subject=f"accounts.user {membership.user_id}",
        workspace_id=membership.workspace_id,
        **changes,
    )
