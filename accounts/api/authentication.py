"""The API's sign-in: what the tenancy middleware found out, in REST framework's words."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request

from accounts.models import User
from accounts.tenancy.resolution import WORKSPACE_HEADER, Fault, Tenancy


class UnknownWorkspace(exceptions.PermissionDenied):
    default_code = "unknown_workspace"


class WorkspaceRequired(exceptions.APIException):
    status_code = 400
    default_code = "workspace_required"


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer hh_…`, a personal token or a workspace's server key."""

    def authenticate(self, request: Request) -> tuple[Any, Tenancy] | None:
        if not request.headers.get("Authorization", "").lower().startswith("bearer "):
            return None
        tenancy: Tenancy = request._request.tenancy  # type: ignore[attr-defined]
        raise_fault(tenancy)
        return KeyPrincipal.of(tenancy), tenancy

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="halfhour"'


class BrowserAuthentication(SessionAuthentication):
    """A signed-in browser: the session cookie, with CSRF checked on writes."""

    def authenticate(self, request: Request) -> tuple[Any, Tenancy] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        tenancy: Tenancy = request._request.tenancy  # type: ignore[attr-defined]
        if not getattr(request.parser_context.get("view"), "without_workspace", False):
            raise_fault(tenancy)
        return found[0], tenancy


class KeyPrincipal:
    """Who a key stands for: its user, or the workspace's own program."""

    is_authenticated = True
    is_anonymous = False
    is_active = True
    is_staff = False
    is_superuser = False

    def __init__(self, tenancy: Tenancy) -> None:
        self.pk = self.id = tenancy.key_id

    @staticmethod
    def of(tenancy: Tenancy) -> "User | KeyPrincipal":
        if tenancy.user_id is None:
            return KeyPrincipal(tenancy)
        user: User = User.objects.get(pk=tenancy.user_id)
        return user


def raise_fault(tenancy: Tenancy) -> None:
    """Answer a request whose workspace could not be told: 400, 401 or 403, saying what to do."""
    fault = tenancy.fault
    if fault is None:
        return
    if fault is Fault.SEVERAL_WORKSPACES:
        slugs = ", ".join(choice.slug for choice in tenancy.choices)
        raise WorkspaceRequired(
            _("You belong to several workspaces. Send %(header)s with one of: %(slugs)s.")
            % {"header": WORKSPACE_HEADER, "slugs": slugs}
        )
    if fault is Fault.UNKNOWN_WORKSPACE:
        raise UnknownWorkspace(
            _("%(header)s names no workspace of yours.") % {"header": WORKSPACE_HEADER}
        )
    if fault is Fault.NO_WORKSPACE:
        raise UnknownWorkspace(_("You belong to no workspace yet. Ask its owner to add you."))
    raise exceptions.AuthenticationFailed(_KEY_FAULTS.get(fault, _("Sign in, or send a key.")))


_KEY_FAULTS = {
    Fault.UNKNOWN_KEY: "This key is unknown. Keys begin with hh_ and are shown once when made.",
    Fault.REVOKED_KEY: "This key was revoked. Make a new one.",
    Fault.INGEST_KEY: "An ingest key only sends events. Use a server key or a personal token.",
}


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A personal or a server key."}


class BrowserScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = BrowserAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "halfhour_session"}
