"""Rows of a query as PostgreSQL sends them, for lists: no model objects, no converters in Python.

JSON and UUIDs stay the text that they are sent as, times are made by psycopg's own loader in C.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.string import TextLoader

Row = tuple[Any, ...]
_LOADERS: Final = (("uuid", TextLoader), ("timestamptz", TimestamptzLoader))


def read(queryset: "models.QuerySet[Any]") -> list[Row]:
    """The rows of a `values_list`, at once."""
    statement = _statement(queryset)
    if statement is None:
        return []
    with connections[queryset.db].cursor() as cursor:
        _prepare(cursor)
        cursor.execute(*statement)
        rows: list[Row] = cursor.fetchall()
        return rows


def stream(queryset: "models.QuerySet[Any]", *, size: int) -> Iterator[list[Row]]:
    """The rows in chunks of `size`, by a cursor on the server."""
    statement = _statement(queryset)
    if statement is None:
        return
    with connections[queryset.db].chunked_cursor() as cursor:
        _prepare(cursor)
        cursor.execute(*statement)
        while chunk := cursor.fetchmany(size):
            yield chunk


def _statement(queryset: "models.QuerySet[Any]") -> tuple[str, tuple[Any, ...]] | None:
    """The query's SQL and parameters; None where it can have no row."""
    try:
        sql, parameters = queryset.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, parameters


def _prepare(cursor: Any) -> None:
    adapters = cursor.cursor.adapters
    for name, loader in _LOADERS:
        adapters.register_loader(name, loader)
