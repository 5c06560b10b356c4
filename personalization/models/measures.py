"""Fields that many records have: shares, scores and amounts of money, with what they may hold."""

from decimal import Decimal
from typing import Any, Final

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Cast, NullIf
from django.utils.translation import gettext_lazy as _

# No measure is larger: keeps infinity and NaN out, which PostgreSQL sorts above every number.
LARGEST: Final = 1e15


def share(label: Any, default: float | None = None, **more: Any) -> "models.FloatField[Any, Any]":
    """A probability, rate or share, 0..1; null where it is not known, unless it has a default."""
    return _number(label, 0, 1, default, {"help_text": "0..1", **more})


def score(label: Any, default: float | None = None, **more: Any) -> "models.FloatField[Any, Any]":
    """A score, 0..100; null where it is not known, unless it has a default."""
    return _number(label, 0, 100, default, {"help_text": "0..100", **more})


def change(label: Any, **more: Any) -> "models.FloatField[Any, Any]":
    """A change against something, as a share of it: -1 is all lost, 0.25 a quarter more."""
    help_text = _("As a share: -1 is all lost, 0.25 a quarter more.")
    return _number(label, -1, LARGEST, None, {"help_text": help_text, **more})


def measure(label: Any, **more: Any) -> "models.FloatField[Any, Any]":
    """A number of any kind and sign; null where it is not known."""
    return _number(label, -LARGEST, LARGEST, None, more)


def money(label: Any, **more: Any) -> "models.DecimalField[Any, Any]":
    """An amount of the record's currency, not negative unless `validators` say otherwise."""
    given: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}
    given["validators"] = [MinValueValidator(Decimal(0))]
    if "default" not in more:
        given |= {"null": True, "blank": True}
    return models.DecimalField(label, **{**given, **more})


def currency(default: str = "SAR") -> "models.CharField[Any, Any]":
    """The currency of a record's amounts (ISO 4217)."""
    return models.CharField(
        _("currency"),
        max_length=3,
        default=default,
        db_default=default,
        validators=[RegexValidator(r"^[A-Z]{3}$")],
        help_text=_("ISO 4217, such as SAR."),
    )


def a_currency(table: str) -> models.CheckConstraint:
    """The currency is three capital letters."""
    return models.CheckConstraint(
        condition=models.Q(currency__regex="^[A-Z]{3}$"), name=f"{table}_currency"
    )


def ratio(above: str, below: str) -> Any:
    """`above / below` of a row as a float, null where there is nothing to divide by."""
    return Cast(above, models.FloatField()) / NullIf(models.F(below), models.Value(0))


def _number(
    label: Any, low: float, high: float, default: float | None, more: dict[str, Any]
) -> "models.FloatField[Any, Any]":
    given: dict[str, Any] = {"validators": [MinValueValidator(low), MaxValueValidator(high)]}
    if default is None:
        given |= {"null": True, "blank": True}
    else:
        given |= {"default": default, "db_default": default}
    return models.FloatField(label, **{**given, **more})
