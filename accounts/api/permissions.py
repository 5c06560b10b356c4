"""What a role may do over the API.

Apart from accounts/api/base.py, since REST framework's own views import the default permission.
"""

import uuid
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import ADMINS, EDITORS, Role, User
from accounts.tenancy.resolution import Tenancy

MEMBERS = frozenset(Role.values)
READERS = frozenset({*MEMBERS, "server"})
WRITERS = frozenset({*EDITORS, "server"})
ANALYSTS = frozenset({*ADMINS, Role.ANALYST})
# Who sees everybody's rows of a view whose rows are each a person's own.
SEERS = frozenset({*ADMINS, "server"})


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


def writers_of(view: Any) -> Collection[str]:
    """The roles that may write: the view's (or its action's), else whoever may by custom.

    Editors and servers write what is the workspace's; every member writes rows of their own.
    """
    writers: Collection[str] | None = getattr(view, "writers", None)
    if writers is not None:
        return writers
    return MEMBERS if getattr(view, "own_rows", False) else WRITERS


def own_path(view: Any) -> str:
    """The look-up from a record to the user whose own it is; empty where rows are nobody's own."""
    own: bool | str = getattr(view, "own_rows", False)
    return "user" if own is True else own or ""


class RolePermission(BasePermission):
    """Reading for the view's `readers` (default: every member and servers), writing for its
    `writers`; rows that are a person's own (`own_rows`) are written by that person only.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        tenancy: Tenancy | None = getattr(request._request, "tenancy", None)
        if tenancy is None or tenancy.fault is not None:
            return bool(
                getattr(view, "without_workspace", False)
                and request.user
                and request.user.is_authenticated
            )
        reads = request.method in SAFE_METHODS
        return tenancy.role in (getattr(view, "readers", READERS) if reads else writers_of(view))

    def has_object_permission(self, request: Request, view: Any, obj: Any) -> bool:
        path = own_path(view)
        if not path or request.method in SAFE_METHODS:
            return True
        *parents, user = path.split("__")
        for parent in parents:
            obj = getattr(obj, parent)
        owner_id: uuid.UUID | None = getattr(obj, f"{user}_id")
        return owner_id is not None and owner_id == tenancy_of(request).user_id


class PersonOnly(BasePermission):
    """For whoever is signed in, or holds a personal token; a server's key is nobody's."""

    message = _("Only a person can do this: sign in, or use a personal token.")

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.user, User)


class StaffOnly(BasePermission):
    """For the platform's own staff."""

    message = _("Only the platform's staff can do this.")

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.user, User) and request.user.is_staff
