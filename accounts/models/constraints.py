"""Rules that the database holds, written the same way by every model.

Each returns constraints for `Meta.constraints`; names begin with the table's, so that a broken
rule tells where it stands. Null is let through: whether a value may be absent is the column's word.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q


def between(
    table: str, low: float, high: float | None, *fields: str
) -> list[models.CheckConstraint]:
    """Each field is at least `low` and at most `high`; NaN is refused.

    A `high` of None is no upper bound, for floats; for integers and decimals see `not_negative`.
    """
    # PostgreSQL sorts NaN above every number, so that only an upper bound keeps it out.
    highest = float("inf") if high is None else high
    lookup = "lt" if high is None else "lte"
    return [
        models.CheckConstraint(
            condition=Q(**{f"{field}__isnull": True})
            | Q(**{f"{field}__gte": low, f"{field}__{lookup}": highest}),
            name=f"{table}_{field}",
        )
        for field in fields
    ]


def not_negative(table: str, *fields: str) -> list[models.CheckConstraint]:
    """Each field, an integer or decimal, is zero or more."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}),
            name=f"{table}_{field}",
        )
        for field in fields
    ]


def one_of(table: str, field: str, choices: Iterable[Any]) -> models.CheckConstraint:
    """The field has one of the values of a TextChoices."""
    values = [str(choice) for choice in getattr(choices, "values", choices)]
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__in": values}),
        name=f"{table}_{field}",
    )


def ordered(table: str, first: str, last: str) -> models.CheckConstraint:
    """`last` is not before `first` where both are known."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{last}__gte": F(first)}),
        name=f"{table}_{last}_after_{first}",
    )
