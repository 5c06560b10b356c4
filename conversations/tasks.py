import datetime
from typing import Final

from celery import shared_task
from django.utils import timezone

from conversations import insights, lifecycle

# A conversation that nobody has touched for so long is given up; it can be reopened.
SILENCE: Final = datetime.timedelta(days=7)


@shared_task
def abandon_silent_conversations() -> int:
    """Give up conversations that have been silent for a week; returns how many."""
    return lifecycle.abandon_silent(now=timezone.now(), silence=SILENCE)


@shared_task
def expire_insights() -> int:
    """Mark insights whose time is over; returns how many."""
    return insights.expire(now=timezone.now())
