"""The kinds of quotas, and each tier's share."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MICRO: Final = 1_000_000


class Kind(models.TextChoices):
    REQUESTS = "requests", _("API requests")
    EVENTS = "events", _("events")
    SEATS = "seats", _("seats")
    PROJECTS = "projects", _("projects")
    AI_COST = "ai_cost", _("AI cost (USD)")


class Period(models.TextChoices):
    MONTH = "month", _("a month")
    STANDING = "standing", _("at a time")


PERIODS: Final[Mapping[Kind, Period]] = MappingProxyType(
    {
        Kind.REQUESTS: Period.MONTH,
        Kind.EVENTS: Period.MONTH,
        Kind.SEATS: Period.STANDING,
        Kind.PROJECTS: Period.STANDING,
        Kind.AI_COST: Period.MONTH,
    }
)
# AI cost in US dollars, the rest in pieces. The setting QUOTAS changes single ones.
DEFAULTS: Final[Mapping[str, Mapping[str, int]]] = MappingProxyType(
    {
        "free": {
            "requests": 1_000_000,
            "events": 1_000_000,
            "seats": 5,
            "projects": 10,
            "ai_cost": 10,
        },
        "pro": {
            "requests": 10_000_000,
            "events": 20_000_000,
            "seats": 25,
            "projects": 100,
            "ai_cost": 250,
        },
        "enterprise": {
            "requests": 1_000_000_000,
            "events": 1_000_000_000,
            "seats": 1_000,
            "projects": 5_000,
            "ai_cost": 5_000,
        },
    }
)


def limit_of(tier: str, kind: Kind) -> int:
    """A tier's limit: pieces, or for AI cost millionths of a dollar. An unknown tier is free."""
    chosen: Mapping[str, Mapping[str, float]] = settings.QUOTAS
    own = chosen.get(tier, {}).get(kind.value)
    amount = DEFAULTS.get(tier, DEFAULTS["free"])[kind.value] if own is None else own
    return units(kind, Decimal(str(amount)))


def units(kind: Kind, amount: Decimal | int) -> int:
    """An amount as it is counted: whole pieces, or millionths of a dollar, rounded up."""
    if kind is not Kind.AI_COST:
        return int(amount)
    return int((Decimal(amount) * MICRO).to_integral_value(rounding="ROUND_CEILING"))


def amount_of(kind: Kind, counted: int) -> Decimal | int:
    """What `units` was made of: pieces, or dollars."""
    return Decimal(counted) / MICRO if kind is Kind.AI_COST else counted


def month_start(now: datetime.datetime) -> datetime.datetime:
    """The first moment (UTC) of the month."""
    return now.astimezone(datetime.UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def month_end(now: datetime.datetime) -> datetime.datetime:
    """The first moment (UTC) of the next month."""
    return month_start(month_start(now) + datetime.timedelta(days=32))


def seconds_left(now: datetime.datetime) -> int:
    """Until the month is over; at least 1."""
    return max(1, int((month_end(now) - now).total_seconds()))
