"""Each request acts for one workspace, from before its view until after its body."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts import activity, audit
from accounts.addresses import client_address
from accounts.models import AuditEntry
from accounts.tenancy.resolution import Fault, Tenancy, resolve
from accounts.tenancy.scope import owner, tenant

Scope = Callable[[], AbstractContextManager[None]]


class TenancyMiddleware:
    """Open the scope here, not in the view: template responses, streamed bodies and exception
    pages are made after the view has returned, and would otherwise run as the default role.

    A request whose workspace cannot be told runs unscoped, as the login that sees no tenant's
    row; `request.tenancy.fault` says why, and the API's authentication answers with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(settings.TENANCY_EXEMPT_PATHS):
            return self.get_response(request)
        tenancy = resolve(request)
        request.tenancy = tenancy  # type: ignore[attr-defined]
        impersonator = _impersonator(request)
        if tenancy.user_id is not None and impersonator is None:
            activity.note(tenancy.user_id)
        with audit.during(_deed(request, tenancy, impersonator)):
            return self._scoped(request, tenancy)

    def _scoped(self, request: HttpRequest, tenancy: Tenancy) -> HttpResponseBase:
        console = request.path.startswith(settings.CONSOLE_PATH)
        if console and getattr(request.user, "is_superuser", False):
            return self._respond(request, lambda: _audited(request))
        if console and tenancy.fault is Fault.NO_WORKSPACE:
            return render(request, "accounts/no_workspace.html", status=403)
        return self._respond(request, _scope(tenancy))

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Reading over the API goes without the savepoint of ATOMIC_REQUESTS, two round trips:
        there is nothing that a view would have to take back apart from its scope's transaction.
        """
        reads = request.method in ("GET", "HEAD") and request.path.startswith("/api/")
        if reads and getattr(request, "tenancy", Tenancy()).workspace_id is not None:
            return view(request, *args, **kwargs)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """What failed within a scope is undone with it; other requests undo their own."""
        scoped = hasattr(request, "tenancy")
        if scoped and transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)

    def _respond(self, request: HttpRequest, scope: Scope) -> HttpResponseBase:
        with scope():
            audit.tell_database()
            response = self.get_response(request)
            if response.status_code >= 500 and transaction.get_connection().in_atomic_block:
                transaction.set_rollback(True)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _scoped_body(scope, response.streaming_content)
        return response


def _impersonator(request: HttpRequest) -> uuid.UUID | None:
    """The superuser who acts as the request's user, by django-hijack's session."""
    if request.headers.get("Authorization"):
        return None
    history = request.session.get("hijack_history")
    return uuid.UUID(history[0]) if history else None


def _deed(request: HttpRequest, tenancy: Tenancy, impersonator: uuid.UUID | None) -> audit.Deed:
    """What entries of the audit trail say of this request."""
    return audit.Deed(
        user_id=tenancy.user_id,
        workspace_id=tenancy.workspace_id,
        key_id=tenancy.key_id,
        impersonator_id=impersonator,
        ip_address=client_address(request),
    )


def _scope(tenancy: Tenancy) -> Scope:
    if tenancy.workspace_id is None:
        return nullcontext
    workspace_id, user_id, role = tenancy.workspace_id, tenancy.user_id, tenancy.role
    return lambda: tenant(workspace_id=workspace_id, user_id=user_id, role=role)


def _audited(request: HttpRequest) -> AbstractContextManager[None]:
    """The owner's scope; who opened it, and for which page, is written down first."""
    audit.record(
        action=AuditEntry.Action.OWNER_SCOPE,
        subject=f"{request.method} {request.path}",
        user_id=request.user.pk,
    )
    return owner(reason="console", user_id=request.user.pk)


def _scoped_body(scope: Scope, body: Any) -> Iterator[Any]:
    with scope():
        yield from body
