"""Using up a quota, and being told that it is used up."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import structlog
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from accounts.faults import Fault
from accounts.models import Workspace
from accounts.quotas import counters
from accounts.quotas.limits import (
    PERIODS,
    Kind,
    Period,
    amount_of,
    limit_of,
    month_end,
    month_start,
    seconds_left,
    units,
)
from accounts.quotas.sources import known

log = structlog.get_logger(__name__)

# What stands does not pass with time; asking again tomorrow is soon enough.
STANDING_RETRY_SECONDS: Final = 86_400


class QuotaExceededError(Exception):
    """The workspace's tier allows no more. Over the API a 429 with `Retry-After`."""

    def __init__(self, *, kind: Kind, tier: str, limit: int, now: datetime.datetime) -> None:
        self.kind, self.tier, self.limit = kind, tier, amount_of(kind, limit)
        monthly = PERIODS[kind] is Period.MONTH
        self.retry_after = seconds_left(now) if monthly else STANDING_RETRY_SECONDS
        super().__init__(_told(self, monthly=monthly, now=now))
        self.faults = [Fault(pointer="", code=f"quota_{kind.value}", detail=str(self))]


def spend(
    *, workspace_id: uuid.UUID, kind: Kind, amount: Decimal | int = 1, tier: str | None = None
) -> None:
    """Use up some of a month's quota, or none of it and raise QuotaExceededError.

    `amount` is in pieces, for AI cost in dollars. Without Valkey nothing is counted.
    """
    spending(workspace_id=workspace_id, kind=kind, amount=amount, tier=tier).at_once()


def note(*, workspace_id: uuid.UUID, kind: Kind, amount: Decimal | int = 1) -> None:
    """Count what was used already, beyond the limit too: the cost of an answer that was given."""
    _is_monthly(kind)
    Spending(
        workspace_id=workspace_id,
        kind=kind,
        counted=units(kind, amount),
        tier="",
        limit=None,
        now=timezone.now(),
    ).at_once()


def check(
    *, workspace_id: uuid.UUID, kind: Kind, amount: Decimal | int = 1, tier: str | None = None
) -> None:
    """Raise QuotaExceededError where there is no room for `amount` more; uses up nothing."""
    now = timezone.now()
    tier = tier or tier_of(workspace_id)
    limit = limit_of(tier, kind)
    if used(workspace_id, kind, now=now) + units(kind, amount) > limit:
        raise QuotaExceededError(kind=kind, tier=tier, limit=limit, now=now)


def used(workspace_id: uuid.UUID, kind: Kind, *, now: datetime.datetime) -> int:
    """The use, in the units of its kind: of this month, or as it stands."""

    def in_database() -> int:
        return known(workspace_id, kind, since=month_start(now))

    if PERIODS[kind] is Period.STANDING:
        return in_database()
    try:
        return counters.read(counters.counter_key(workspace_id, kind, now), known=in_database)
    except RedisError as error:
        log.warning("quota.unavailable", error=type(error).__name__)
        return in_database()


def tier_of(workspace_id: uuid.UUID) -> str:
    tier = (
        Workspace.objects.filter(pk=workspace_id)
        .values_list("subscription_tier", flat=True)
        .first()
    )
    return tier or "free"


@dataclass(frozen=True, kw_only=True)
class Spending:
    """An amount about to be used up; `limit` is in the units of its kind, None where none holds."""

    workspace_id: uuid.UUID
    kind: Kind
    counted: int
    tier: str
    limit: int | None
    now: datetime.datetime

    @property
    def key(self) -> str:
        return counters.counter_key(self.workspace_id, self.kind, self.now)

    def known(self) -> int:
        return known(self.workspace_id, self.kind, since=month_start(self.now))

    def queue(self, pipeline: Any, *, gate: tuple[str, int]) -> None:
        """Go along with other counting on a pipeline, if the gate (a counter, its limit) is open.

        What came of it is for `settle`.
        """
        counters.queue(pipeline, self.key, self.counted, limit=self.limit, gate=gate)

    def settle(self, answer: Sequence[Any]) -> None:
        """Raise QuotaExceededError where there was no room; RedisError."""
        told = counters.settle(answer, self.key, self.counted, self.limit, known=self.known)
        self._judge(*told)

    def at_once(self) -> None:
        """Use it up. Raises QuotaExceededError; without Valkey nothing is counted."""
        try:
            told = counters.add(self.key, self.counted, limit=self.limit, known=self.known)
        except RedisError as error:
            log.warning("quota.unavailable", error=type(error).__name__)
            return
        self._judge(*told)

    def _judge(self, added: bool, _used: int) -> None:
        if not added and self.limit is not None:
            log.info("quota.exceeded", workspace_id=str(self.workspace_id), kind=self.kind.value)
            raise QuotaExceededError(kind=self.kind, tier=self.tier, limit=self.limit, now=self.now)


def spending(
    *, workspace_id: uuid.UUID, kind: Kind, amount: Decimal | int = 1, tier: str | None = None
) -> Spending:
    """What `spend` would use up, for whoever counts other things in the same breath."""
    _is_monthly(kind)
    tier = tier or tier_of(workspace_id)
    return Spending(
        workspace_id=workspace_id,
        kind=kind,
        counted=units(kind, amount),
        tier=tier,
        limit=limit_of(tier, kind),
        now=timezone.now(),
    )


def _is_monthly(kind: Kind) -> None:
    if PERIODS[kind] is not Period.MONTH:
        raise ValueError(f"{kind} is counted where it stands; check() it.")


def _told(error: QuotaExceededError, *, monthly: bool, now: datetime.datetime) -> str:
    values = {
        "kind": error.kind.label,
        "tier": dict(Workspace.Tier.choices).get(error.tier, error.tier),
        "limit": f"{error.limit:,}",
        "day": date_format(month_end(now).date(), "DATE_FORMAT"),
    }
    if monthly:
        text = _(
            "The tier “%(tier)s” has %(limit)s a month of: %(kind)s. That is used up until "
            "%(day)s; an owner can change to a larger tier."
        )
    else:
        text = _(
            "The tier “%(tier)s” has at most %(limit)s of: %(kind)s. Remove one, or have an owner "
            "change to a larger tier."
        )
    return text % values
