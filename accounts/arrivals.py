"""What is kept of signing in and out: counts, times, and entries of the audit trail."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import F
from django.http import HttpRequest

from accounts import audit
from accounts.addresses import client_address
from accounts.models import AuditAction, User


def connect() -> None:
    """Listen to Django's and allauth's signals; called once, when apps are ready."""
    uid = "accounts.arrivals"
    user_logged_in.connect(_signed_in, dispatch_uid=uid)
    user_logged_out.connect(_signed_out, dispatch_uid=uid)
    user_login_failed.connect(_failed, dispatch_uid=uid)
    for signal in (password_changed, password_reset):
        signal.connect(_password_changed, dispatch_uid=uid)
    authenticator_added.connect(_factor_added, dispatch_uid=uid)
    authenticator_removed.connect(_factor_removed, dispatch_uid=uid)


def _signed_in(request: HttpRequest | None, user: User, **_: Any) -> None:
    """Django's own receiver writes `last_login`; impersonation is not an arrival."""
    if _impersonates(request):
        return
    User.with_deleted.filter(pk=user.pk).update(login_count=F("login_count") + 1)
    _record(AuditAction.SIGNED_IN, request, user)


def _signed_out(request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if user is not None and not _impersonates(request):
        _record(AuditAction.SIGNED_OUT, request, user)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """The account is named by its id; an address without an account is not kept."""
    name = credentials.get("email") or credentials.get("username") or ""
    user = User.objects.filter(email=str(name).strip().lower()).only("pk").first()
    _record(AuditAction.SIGN_IN_FAILED, request, user)


def _password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    _record(AuditAction.PASSWORD_CHANGED, request, user)


def _factor_added(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _record(AuditAction.FACTOR_ADDED, request, user, subject=authenticator.type)


def _factor_removed(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _record(AuditAction.FACTOR_REMOVED, request, user, subject=authenticator.type)


def _record(
    action: AuditAction, request: HttpRequest | None, user: User | None, subject: str = ""
) -> None:
    deed = audit.Deed(ip_address=client_address(request) if request is not None else "")
    with audit.during(deed):
        audit.record(action=action, subject=subject, user_id=user.pk if user else None)


def _impersonates(request: HttpRequest | None) -> bool:
    match = getattr(request, "resolver_match", None)
    return match is not None and match.app_name == "hijack"
