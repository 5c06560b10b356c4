"""Searches that no index could serve under row security: functions that look for the tenant.

LIKE and `@>` are not leakproof, so that PostgreSQL keeps them behind the policy, away from their
indexes (docs/adr/0002). The functions search the workspace of the scope and return keys; whether
the rows may be seen is decided by the policies, as ever.
"""

from typing import Any

from django.db import models
from django.db.models import F, Func, Value


class Found(Func):
    """The keys that a search function finds, for `pk__in`."""

    template = "(select %(function)s(%(expressions)s))"
    output_field = models.UUIDField()

    def __init__(
        self, function: str, sought: Any, *, output_field: "models.Field[Any, Any] | None" = None
    ) -> None:
        value = Value(sought, output_field=output_field or models.TextField())
        super().__init__(value, function=function)


class JoinedWords(Func):
    """Columns as one text, with spaces between: what a trigram index is made over."""

    template = "(%(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = models.TextField()

    def __init__(self, *columns: Any, **extra: Any) -> None:
        super().__init__(
            *(F(column) if isinstance(column, str) else column for column in columns), **extra
        )
