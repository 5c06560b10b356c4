"""The database of a test run: made once for all that run here, and emptied of what is in it.

Migrations are run into a template, whose name has a digest of all that they are made of; each
worker's database is a copy of it. Django still runs `migrate` on the copy, which then has nothing
to do. After a test that committed, only tables that hold something are emptied.
"""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg import sql

from config.embedded import preparation, record

ROOT = Path(settings.BASE_DIR)
TEMPLATE = "template_halfhour_"
# Locks of the server: one makes a template, any number copy one.
MAKING, COPYING = 4_831_207, 4_831_208
# Languages and looks are no part of any table; all else in an app's folder may be.
NOT_THE_DATABASE = {"__pycache__", "locale", "package_locale", "static", "templates"}
# Made by `migrate`, the same after each test: making them anew took longer than the rest.
KEPT = {"django_content_type", "auth_permission"}


def sources() -> list[Path]:
    """What a migrated database is made of: our apps' files, and which packages there are."""
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == ROOT]
    files = [
        path
        for folder in ours
        for path in folder.rglob("*")
        if path.is_file() and not NOT_THE_DATABASE & set(path.relative_to(ROOT).parts)
    ]
    return sorted([*files, ROOT / "uv.lock"])


def digest_of(files: list[Path]) -> str:
    """A short name for these files with this content, on this server."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    with connection._nodb_cursor() as cursor:
        cursor.execute("select version()")
        digest.update(cursor.fetchone()[0].encode())
    return digest.hexdigest()[:16]


@contextmanager
def template() -> Iterator[str]:
    """The name of a migrated database, and the time to copy it; who comes first makes it."""
    name = TEMPLATE + digest_of(sources())
    with connection._nodb_cursor() as cursor:
        # The session's end gives the locks back, however it ends.
        cursor.execute("select pg_advisory_lock(%s)", [MAKING])
        cursor.execute("select datname from pg_database where starts_with(datname, %s)", [TEMPLATE])
        there = [row[0] for row in cursor.fetchall()]
        if name not in there:
            _drop(there)
            _migrate(f"{name}_new")
            cursor.execute(f'alter database "{name}_new" rename to "{name}"')
        cursor.execute("select pg_advisory_lock_shared(%s)", [COPYING])
        cursor.execute("select pg_advisory_unlock(%s)", [MAKING])
        yield name


@contextmanager
def rows_for_many(blocker: Any) -> Iterator[None]:
    """Rows made within stay for the tests of a module, each of which has a savepoint of its own.

    For a fixture of the module that yields nothing that a test could change: keys, texts. Not
    for modules with tests that commit.
    """
    with ExitStack() as open_for_many:
        with blocker.unblock():
            open_for_many.enter_context(transaction.atomic())
        try:
            yield
        finally:
            with blocker.unblock():
                transaction.set_rollback(True)
                open_for_many.close()


def _drop(templates: list[str]) -> None:
    """Drop templates of earlier days, unless somebody copies one just now."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [COPYING])
        for old in templates if cursor.fetchone()[0] else ():
            cursor.execute(f'drop database if exists "{old}" with (force)')


def _migrate(name: str) -> None:
    """Make a database of that name with all migrations. It is not open afterwards."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'drop database if exists "{name}" with (force)')
        cursor.execute(f'create database "{name}"')
    connection.close()
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def is_wanted(*, keep: bool) -> bool:
    """Whether a database is to be made: unless there is one, to be kept."""
    with connection._nodb_cursor() as cursor:
        name = connection.creation._get_test_db_name()
        return not (keep and connection.creation._database_exists(cursor, name))


def commit_at_once() -> None:
    """No commit waits for the disk: after a crash of the machine, tests start anew."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"alter database {name} set synchronous_commit = off")
    connection.close()


@cache
def _administrator(name: str) -> psycopg.Connection | None:
    """The embedded server's superuser, in the tests' database; nobody, if the server is another's.

    Only a superuser may delete without the keys' and the histories' triggers.
    """
    known = record.read(settings.VAR_DIR / "embedded")
    if known is None or known.connections().database_url != settings.DATABASE_URL:
        return None
    opened = preparation.connect(known, name)
    opened.prepare_threshold = 0
    opened.execute("set session_replication_role = replica")
    opened.execute("set lock_timeout = '30s'")
    return opened


@cache
def _filled() -> sql.Composed:
    """A query for the tables that hold rows."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    one = sql.SQL("select {name} where exists (select from {table})")
    return sql.SQL(" union all ").join(
        one.format(name=sql.Literal(table), table=sql.Identifier(table))
        for table in sorted(set(tables) - KEPT)
    )


def empty(flush: "partial[None]") -> None:
    """Delete all rows that a test has left; by `flush`, where we are no superuser."""
    administrator = _administrator(connection.settings_dict["NAME"])
    if administrator is None:
        flush()
        return
    filled = [row[0] for row in administrator.execute(_filled())]
    if not filled:
        return
    with administrator.transaction():
        for table in filled:
            administrator.execute(sql.SQL("delete from {}").format(sql.Identifier(table)))


@contextmanager
def emptied_quickly() -> Iterator[None]:
    """Tests that commit clean up by `empty`."""
    usual = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        empty(partial(usual, self))

    TransactionTestCase._fixture_teardown = teardown
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = usual
        administrator = _administrator(connection.settings_dict["NAME"])
        if administrator is not None:
            administrator.close()
        _administrator.cache_clear()
