"""Writing to the audit trail, which nobody changes (migrations/sql/audit.sql)."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Where what is done now comes from: a request's address, key, and superuser behind it."""

    user_id: uuid.UUID | None = None
    workspace_id: uuid.UUID | None = None
    key_id: uuid.UUID | None = None
    impersonator_id: uuid.UUID | None = None
    ip_address: str = ""


# Read by the triggers that write entries of their own; local to a transaction.
IMPERSONATOR = "app.impersonator"

_NOWHERE = Deed()
_current: ContextVar[Deed] = ContextVar("deed", default=_NOWHERE)


@contextmanager
def during(deed: Deed) -> Iterator[None]:
    """Entries written meanwhile say where they come from."""
    token = _current.set(deed)
    try:
        yield
    finally:
        _current.reset(token)


def tell_database() -> None:
    """Let the transaction's triggers know of the superuser behind what is done."""
    impersonator = _current.get().impersonator_id
    if impersonator is not None:
        with connection.cursor() as cursor:
            cursor.execute("select set_config(%s, %s, true)", (IMPERSONATOR, str(impersonator)))


def record(
    *,
    action: str,
    subject: str = "",
    user_id: uuid.UUID | None = None,
    workspace_id: uuid.UUID | None = None,
    before: Any = None,
    after: Any = None,
) -> None:
    """Add an entry; within a tenant's scope its user and workspace are the scope's.

    `subject` names records by their model and id, never a person by name or address. `before` and
    `after` are JSON of what changed. The address is kept only of whoever agrees to analytics.
    """
    now = _current.get()
    entry = {
        "action": action,
        "subject": subject,
        "user": user_id or now.user_id,
        "workspace": workspace_id or now.workspace_id,
        "key": now.key_id,
        "impersonator": now.impersonator_id,
        "ip_address": now.ip_address or None,
        "before": before,
        "after": after,
    }
    with connection.cursor() as cursor:
        document = orjson.dumps(entry, default=str).decode()
        cursor.execute("select accounts_write_audit(%s::jsonb)", (document,))
