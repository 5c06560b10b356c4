"""How a workspace stands against its quotas."""

import datetime
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from accounts.quotas.limits import PERIODS, Kind, Period, amount_of, limit_of, month_end
from accounts.quotas.spending import used


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`used` of `limit`, in pieces or dollars; `resets_at` is None for what stands."""

    kind: Kind
    period: Period
    limit: Decimal | int
    used: Decimal | int
    resets_at: datetime.datetime | None

    @property
    def remaining(self) -> Decimal | int:
        return max(self.limit - self.used, 0)


def standings(*, workspace_id: uuid.UUID, tier: str) -> list[Standing]:
    """One standing for each kind, in the order of Kind."""
    now = timezone.now()
    return [
        Standing(
            kind=kind,
            period=PERIODS[kind],
            limit=amount_of(kind, limit_of(tier, kind)),
            used=amount_of(kind, used(workspace_id, kind, now=now)),
            resets_at=month_end(now) if PERIODS[kind] is Period.MONTH else None,
        )
        for kind in Kind
    ]
