"""Which workspace a request is about, and as whom: from its key, its header or its session."""

import enum
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from accounts.keys import hash_key

WORKSPACE_HEADER = "X-Workspace"
SESSION_KEY = "workspace"


class Fault(enum.Enum):
    """Why a request has no workspace."""

    ANONYMOUS = "anonymous"
    UNKNOWN_KEY = "unknown_key"
    REVOKED_KEY = "revoked_key"
    INGEST_KEY = "ingest_key"
    NO_WORKSPACE = "no_workspace"
    SEVERAL_WORKSPACES = "several_workspaces"
    UNKNOWN_WORKSPACE = "unknown_workspace"


@dataclass(frozen=True, kw_only=True)
class Tenancy:
    """For whom a request acts; `fault` is set where `workspace_id` is not."""

    workspace_id: uuid.UUID | None = None
    slug: str = ""
    tier: str = "free"
    user_id: uuid.UUID | None = None
    role: str = ""
    key_id: uuid.UUID | None = None
    scopes: tuple[str, ...] = ()
    fault: Fault | None = None
    choices: tuple["Choice", ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A workspace that the user may work in."""

    workspace_id: uuid.UUID
    slug: str
    name: str
    tier: str
    role: str


def resolve(request: HttpRequest) -> Tenancy:
    """The request's tenancy; never raises: what is wrong is in `fault`."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and secret:
        return _by_key(secret.strip(), wanted=request.headers.get(WORKSPACE_HEADER, ""))
    if not request.user.is_authenticated:
        return Tenancy(fault=Fault.ANONYMOUS)
    user_id: uuid.UUID = request.user.pk
    wanted = request.headers.get(WORKSPACE_HEADER, "")
    if not wanted and request.path.startswith(settings.SESSION_WORKSPACE_PATHS):
        return _by_session(request, user_id)
    return _choose(choices_of(user_id), user_id=user_id, wanted=wanted)


def choices_of(user_id: uuid.UUID) -> tuple[Choice, ...]:
    """The workspaces of a user, in the order of their names."""
    rows = _rows("select * from accounts_memberships_of(%s)", user_id)
    return tuple(Choice(**row) for row in rows)


def _by_key(secret: str, *, wanted: str) -> Tenancy:
    rows = _rows("select * from accounts_resolve_key(%s)", hash_key(secret))
    if not rows:
        return Tenancy(fault=Fault.UNKNOWN_KEY)
    key = rows[0]
    if key["revoked"]:
        return Tenancy(fault=Fault.REVOKED_KEY)
    if key["kind"] == "ingest":
        return Tenancy(fault=Fault.INGEST_KEY)
    if wanted and wanted != key["slug"]:
        return Tenancy(fault=Fault.UNKNOWN_WORKSPACE)
    if not key["role"]:
        return Tenancy(fault=Fault.NO_WORKSPACE)
    return Tenancy(
        workspace_id=key["workspace_id"],
        slug=key["slug"],
        tier=key["tier"],
        user_id=key["user_id"],
        role=key["role"],
        key_id=key["key_id"],
        scopes=tuple(key["scopes"]),
    )


def _by_session(request: HttpRequest, user_id: uuid.UUID) -> Tenancy:
    """The workspace chosen with the console's or the studio's switcher, or the user's first."""
    choices = choices_of(user_id)
    wanted = request.session.get(SESSION_KEY, "")
    known = {choice.slug for choice in choices}
    if wanted not in known and choices:
        wanted = choices[0].slug
    return _choose(choices, user_id=user_id, wanted=wanted)


def _choose(choices: tuple[Choice, ...], *, user_id: uuid.UUID, wanted: str) -> Tenancy:
    if not choices:
        return Tenancy(user_id=user_id, fault=Fault.NO_WORKSPACE)
    if not wanted and len(choices) > 1:
        return Tenancy(user_id=user_id, fault=Fault.SEVERAL_WORKSPACES, choices=choices)
    chosen = next((c for c in choices if c.slug == (wanted or c.slug)), None)
    if chosen is None:
        return Tenancy(user_id=user_id, fault=Fault.UNKNOWN_WORKSPACE, choices=choices)
    return Tenancy(
        workspace_id=chosen.workspace_id,
        slug=chosen.slug,
        tier=chosen.tier,
        user_id=user_id,
        role=chosen.role,
        choices=choices,
    )


def _rows(sql: str, *parameters: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
