"""Who a database transaction acts for: a tenant, or by exception the owner.

docs/adr/0002 tells the design. Every setting is local to a transaction, so that nothing leaks
through a pooled connection.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

log = structlog.get_logger(__name__)

TENANT_ROLE: Final = "halfhour_tenant"
WEB_ROLE: Final = "halfhour_web"

_READ = """select current_setting('role'), current_setting('app.workspace_id', true),
    current_setting('app.user_id', true), current_setting('app.role', true)"""
# `role` is set last: once it is the tenant's, nothing here needs more than the tenant may do.
WRITE: Final = """select set_config('app.workspace_id', %s, true),
    set_config('app.user_id', %s, true), set_config('app.role', %s, true),
    set_config('role', %s, true)"""

Scope = tuple[str, str, str, str]


@contextmanager
def tenant(
    *,
    workspace_id: uuid.UUID | str,
    user_id: uuid.UUID | str | None = None,
    role: str,
    using: str = DEFAULT_DB_ALIAS,
) -> Iterator[None]:
    """Run a transaction that sees and writes the rows of one workspace only.

    `role` is a membership's role, or `server` or `ingest` for keys without a user. Nests: leaving
    restores what was in force before.
    """
    scope = (str(workspace_id), str(user_id or ""), role, TENANT_ROLE)
    with _scoped(scope, using=using):
        yield


@contextmanager
def owner(
    *, reason: str, user_id: uuid.UUID | None = None, using: str = DEFAULT_DB_ALIAS
) -> Iterator[None]:
    """Run a transaction as the owner of the tables, past row security; `reason` is logged.

    Only a web process needs it: jobs and commands connect as the owner. History names `user_id`
    as who did what is done.
    """
    log.info("owner_scope.entered", reason=reason)
    with _scoped(("", str(user_id or ""), "", settings.DATABASE_OWNER), using=using):
        yield


def acts_as_tenant(connection: BaseDatabaseWrapper) -> bool:
    """Whether the connection is within a tenant's scope just now."""
    return getattr(connection, "scope_role", "") == TENANT_ROLE


@contextmanager
def _scoped(scope: Scope, *, using: str) -> Iterator[None]:
    connection = connections[using]
    outer = getattr(connection, "scope_role", "")
    try:
        with _in_transaction(scope, connection=connection, using=using):
            connection.scope_role = scope[3]  # type: ignore[attr-defined]
            yield
    finally:
        connection.scope_role = outer  # type: ignore[attr-defined]


@contextmanager
def _in_transaction(scope: Scope, *, connection: BaseDatabaseWrapper, using: str) -> Iterator[None]:
    nested = connection.in_atomic_block
    with transaction.atomic(using=using):
        # Of a whole transaction nothing is left behind: what was before need not be known.
        before = _read(connection) if nested else None
        _set(connection, scope)
        yield
        # A rollback, of the transaction or to its savepoint, takes the settings back by itself.
        if before is not None and not connection.needs_rollback:
            _set(connection, before)


def _read(connection: BaseDatabaseWrapper) -> Scope:
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        role, workspace_id, user_id, app_role = cursor.fetchone()
    return workspace_id or "", user_id or "", app_role or "", role


def _set(connection: BaseDatabaseWrapper, scope: Scope) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("A scope lives in a transaction: set_config(…, true) needs one.")
    with connection.cursor() as cursor:
        cursor.execute(WRITE, scope)
