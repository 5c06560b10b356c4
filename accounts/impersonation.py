"""Acting as somebody else, to see what they see: superusers only, and never as another of them."""

from typing import Any

from hijack.signals import hijack_ended, hijack_started  # type: ignore[import-untyped]

from accounts import audit
from accounts.models import AuditAction, User


def may_impersonate(*, hijacker: User, hijacked: User) -> bool:
    """django-hijack asks this before it signs one in as the other."""
    if not (hijacker.is_active and hijacker.is_superuser) or hijacker.pk == hijacked.pk:
        return False
    return hijacked.is_active and hijacked.deleted_at is None and not hijacked.is_superuser


def connect() -> None:
    """Have each start and stop written down."""
    hijack_started.connect(_started, dispatch_uid="accounts.impersonation")
    hijack_ended.connect(_stopped, dispatch_uid="accounts.impersonation")


def _started(hijacker: User, hijacked: User, **_: Any) -> None:
    _record(AuditAction.IMPERSONATION_STARTED, hijacker, hijacked)


def _stopped(hijacker: User, hijacked: User, **_: Any) -> None:
    _record(AuditAction.IMPERSONATION_STOPPED, hijacker, hijacked)


def _record(action: AuditAction, hijacker: User, hijacked: User) -> None:
    audit.record(action=action, subject=f"accounts.user {hijacked.pk}", user_id=hijacker.pk)
