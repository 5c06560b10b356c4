"""What a new PostgreSQL gets once: logins, extensions, the database. Safe to run again."""

from typing import LiteralString

import psycopg
from psycopg import sql

from config.embedded.record import Record

# In template1, so that every later database has them, those of the tests too. `vector` is not a
# trusted extension: only a superuser may create it.
EXTENSIONS = ("vector", "pg_trgm", "btree_gin", "pg_stat_statements")

LOGINS: dict[str, LiteralString] = {
    "halfhour": "login nosuperuser nobypassrls createdb createrole",
    "halfhour_web": "login nosuperuser nobypassrls nocreatedb nocreaterole",
    "halfhour_tenant": "nologin nosuperuser nobypassrls",
}
GRANTS: tuple[LiteralString, ...] = (
    "grant halfhour_tenant to halfhour, halfhour_web with set true, inherit false",
    "grant halfhour to halfhour_web with set true, inherit false",
)


def prepare(record: Record) -> None:
    """Create what is missing and set the recorded passwords."""
    with connect(record, "postgres") as connection:
        _create_roles(connection, record)
        exists = "select from pg_database where datname = 'halfhour'"
        with connect(record, "template1") as template:
            _create_extensions(template)
        # No other connection may be open on template1 while it is copied.
        if connection.execute(exists).rowcount == 0:
            connection.execute("create database halfhour owner halfhour")


def connect(record: Record, database: str) -> psycopg.Connection:
    """A connection of the superuser, each statement its own transaction."""
    return psycopg.connect(
        host="127.0.0.1",
        port=record.postgres_port,
        user="postgres",
        password=record.superuser_password,
        dbname=database,
        connect_timeout=3,
        autocommit=True,
    )


def _create_roles(connection: psycopg.Connection, record: Record) -> None:
    passwords = {"halfhour": record.owner_password, "halfhour_web": record.web_password}
    for name, rights in LOGINS.items():
        role = sql.Identifier(name)
        if connection.execute("select from pg_roles where rolname = %s", [name]).rowcount == 0:
            connection.execute(sql.SQL("create role {}").format(role))
        connection.execute(sql.SQL("alter role {} {}").format(role, sql.SQL(rights)))
        if name in passwords:
            password = sql.Literal(passwords[name])
            connection.execute(sql.SQL("alter role {} password {}").format(role, password))
    for grant in GRANTS:
        connection.execute(grant)


def _create_extensions(connection: psycopg.Connection) -> None:
    available = connection.execute(
        "select name from pg_available_extensions where name = any(%s)", [list(EXTENSIONS)]
    )
    for (name,) in available.fetchall():
        statement = sql.SQL("create extension if not exists {}").format(sql.Identifier(name))
        connection.execute(statement)
