"""What a role may do over the API.

Apart from accounts/api/base.py, since REST framework's own views import the default permission.
"""

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import EDITORS, Role, User
from accounts.tenancy.resolution import Tenancy

READERS = frozenset({*Role.values, "server"})
WRITERS = frozenset({*EDITORS, "server"})


def tenancy_of(request: Request) -> Tenancy:
    """For whom the request acts, as the middleware found out."""
    tenancy: Tenancy = request._request.tenancy  # type: ignore[attr-defined]
    return tenancy


def workspace_id_of(request: Request) -> uuid.UUID:
    """The workspace of a request that has one: permissions have let it through."""
    workspace_id = tenancy_of(request).workspace_id
    if workspace_id is None:
        raise NotAuthenticated
    return workspace_id


class RolePermission(BasePermission):
    """Reading for every member; writing for the view's `writers` (default: editors and above)."""

    def has_permission(self, request: Request, view: Any) -> bool:
        tenancy: Tenancy | None = getattr(request._request, "tenancy", None)
        if tenancy is None or tenancy.fault is not None:
            return bool(
                getattr(view, "without_workspace", False)
                and request.user
                and request.user.is_authenticated
            )
        allowed = READERS if request.method in SAFE_METHODS else getattr(view, "writers", WRITERS)
        return tenancy.role in allowed


class PersonOnly(BasePermission):
    """For whoever is signed in, or holds a personal token; a server's key is nobody's."""

    message = _("Only a person can do this: sign in, or use a personal token.")

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.user, User)
