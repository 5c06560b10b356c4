"""What becomes of an insight: implemented, put aside, taken up again, out of date."""

import datetime

from django.db import transaction
from django.utils import timezone

from conversations.models import MarketingInsight

Status = MarketingInsight.Status


@transaction.atomic
def move(
    *, insight: MarketingInsight, status: str, now: datetime.datetime | None = None
) -> MarketingInsight:
    """Change an insight's status, with the flag and the time that go with it.

    Returns the row as it then is. Raises TransitionError; the same status again is no change.
    """
    row = MarketingInsight.objects.select_for_update(of=("self",)).get(pk=insight.pk)
    if row.status == status:
        return row
    row.transition(status)
    row.implemented = status == Status.IMPLEMENTED
    row.implementation_date = (now or timezone.now()) if row.implemented else None
    row.save(update_fields=["status", "implemented", "implementation_date", "updated_at"])
    return row


def expire(*, now: datetime.datetime) -> int:
    """Mark active insights as expired whose time is over; returns how many."""
    return MarketingInsight.objects.overdue(now).update(status=Status.EXPIRED, updated_at=now)
