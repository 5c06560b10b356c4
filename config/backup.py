"""Backups: pg_dump's format, counted in the same snapshot, and proved by restoring.

PostgreSQL holds everything that matters (published pages too); Valkey's counters and nudges are
made anew from rows. A backup is two files: the dump, and beside it a manifest that says how many
rows each table had in the snapshot that was dumped.
"""

import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from config.embedded.binaries import installed

_TABLES: Final = """
select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace
and c.relkind in ('r', 'p') and not c.relispartition order by c.relname
"""
_MIGRATIONS: Final = "select app, max(name) from django_migrations group by app order by app"
_ROLES: Final = ("halfhour_tenant", "halfhour_web")


class BackupError(Exception):
    """A backup or a restoration that did not come about; one line with the remedy."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup holds: rows by table, the last migration by app, and the dump's digest."""

    made_at: str
    postgres: str
    migrations: dict[str, str]
    tables: dict[str, int]
    sha256: str
    size: int

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def back_up(*, database_url: str, target: Path) -> Manifest:
    """Dump the database to `target`, and its manifest to `target` with `.json` added.

    Both appear whole or not at all: they are written beside and renamed. Raises BackupError.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        with psycopg.connect(database_url) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            snapshot = _one(connection, "select pg_export_snapshot()")
            _run(
                database_url,
                "pg_dump",
                "--format=custom",
                # An administrator's to make, and there before anything is restored.
                "--exclude-extension=vector",
                "--no-comments",
                f"--snapshot={snapshot}",
                f"--file={partial}",
            )
            manifest = Manifest(
                made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                postgres=_one(connection, "show server_version"),
                migrations=dict(connection.execute(_MIGRATIONS).fetchall()),
                tables=_counts(connection),
                sha256=_digest(partial),
                size=partial.stat().st_size,
            )
        _write_manifest(target, manifest)
        partial.replace(target)
    except (OSError, psycopg.Error) as error:
        raise BackupError(f"No backup was made: {error}".strip()) from error
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def read_manifest(source: Path) -> Manifest:
    """The manifest of a backup, its dump's digest checked. Raises BackupError."""
    try:
        manifest = Manifest(**json.loads(_manifest_path(source).read_text()))
        digest = _digest(source)
    except FileNotFoundError as error:
        raise BackupError(f"{error.filename} is missing: a backup is a dump and its .json.") from (
            error
        )
    except (OSError, ValueError, TypeError) as error:
        raise BackupError(f"{_manifest_path(source)} is no manifest: {error}") from error
    if digest != manifest.sha256:
        raise BackupError(f"{source} is not what was written: its SHA-256 differs.")
    return manifest


def restore(*, database_url: str, source: Path, name: str) -> dict[str, tuple[int, int]]:
    """Restore a backup into the new database `name` of the same server, and count it.

    Returns the tables whose rows differ from the manifest: (in the backup, restored); none is
    what one wants. What failed half-way is dropped again. Raises BackupError.
    """
    manifest = read_manifest(source)
    _check_roles(database_url)
    _create(database_url, name)
    try:
        _run(
            with_name(database_url, name),
            "pg_restore",
            "--exit-on-error",
            "--no-owner",
            f"--dbname={name}",
            str(source),
        )
        with psycopg.connect(with_name(database_url, name)) as connection:
            found = _counts(connection)
            connection.execute("analyze")
    except BaseException:
        drop(database_url=database_url, name=name)
        raise
    names = manifest.tables.keys() | found.keys()
    pairs = {name: (manifest.tables.get(name, 0), found.get(name, 0)) for name in sorted(names)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def replace(*, database_url: str, name: str, kept_as: str) -> None:
    """Put the database `name` in the place of the present one, which is kept as `kept_as`.

    Nobody may be connected to either. Raises BackupError, with both as they were.
    """
    present = urlsplit(database_url).path.lstrip("/")
    rename = sql.SQL("alter database {} rename to {}")
    with _administration(database_url) as connection:
        try:
            connection.execute(rename.format(sql.Identifier(present), sql.Identifier(kept_as)))
        except psycopg.Error as error:
            raise BackupError(
                f"The database {present} is in use: stop edge, office, worker and beat first "
                f"({error})."
            ) from error
        try:
            connection.execute(rename.format(sql.Identifier(name), sql.Identifier(present)))
        except psycopg.Error as error:
            connection.execute(rename.format(sql.Identifier(kept_as), sql.Identifier(present)))
            raise BackupError(f"The restored database could not take its place: {error}") from error


def drop(*, database_url: str, name: str) -> None:
    with _administration(database_url) as connection:
        connection.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))


def with_name(database_url: str, name: str) -> str:
    """The same server's address, of another database."""
    return urlsplit(database_url)._replace(path=f"/{name}").geturl()


def _create(database_url: str, name: str) -> None:
    with _administration(database_url) as connection:
        try:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        except psycopg.errors.DuplicateDatabase as error:
            raise BackupError(f"There is a database {name} already: choose another name.") from (
                error
            )
        except psycopg.errors.InsufficientPrivilege as error:
            raise BackupError("The login of DATABASE_URL may not create databases.") from error


@contextmanager
def _administration(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection beside the databases that are made, renamed and dropped."""
    with psycopg.connect(with_name(database_url, "postgres"), autocommit=True) as connection:
        yield connection


def _check_roles(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        there = connection.execute(
            "select count(*) from pg_roles where rolname = any(%s)", (list(_ROLES),)
        ).fetchone()
    if there != (len(_ROLES),):
        raise BackupError("This server lacks the platform's roles: run docs/roles.sql first.")


def _run(database_url: str, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password goes by its environment."""
    address = urlsplit(database_url)
    environment = {
        **os.environ,
        "PGHOST": address.hostname or "",
        "PGPORT": str(address.port or 5432),
        "PGUSER": unquote(address.username or ""),
        "PGPASSWORD": unquote(address.password or ""),
        "PGDATABASE": address.path.lstrip("/"),
    }
    done = subprocess.run(  # noqa: S603 - a program of the wheel's
        [installed().tool(program), "--no-password", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BackupError(f"{program} failed: {done.stderr.strip().splitlines()[-1:] or ['?']}")


def _counts(connection: psycopg.Connection[Any]) -> dict[str, int]:
    tables = [name for (name,) in connection.execute(_TABLES).fetchall()]
    count = sql.SQL("select count(*) from {}")
    return {
        name: int(_one(connection, count.format(sql.Identifier("public", name)))) for name in tables
    }


def _one(connection: psycopg.Connection[Any], statement: Any) -> str:
    row = connection.execute(statement).fetchone()
    assert row is not None  # noqa: S101 - each of these has one row
    return str(row[0])


def _digest(path: Path) -> str:
    with path.open("rb") as dump:
        return hashlib.file_digest(dump, "sha256").hexdigest()


def _manifest_path(dump: Path) -> Path:
    return dump.with_name(dump.name + ".json")


def _write_manifest(target: Path, manifest: Manifest) -> None:
    path = _manifest_path(target)
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_text(json.dumps(asdict(manifest), indent=2) + "\n")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
