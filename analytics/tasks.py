from celery import shared_task
from django.utils import timezone

from analytics import platform_hours, rollups, user_days, workflow_figures


@shared_task
def roll_up_traffic() -> int:
    """Bring the hourly and daily counts up to now; returns the buckets written."""
    return rollups.roll_up_traffic(now=timezone.now())


@shared_task
def roll_up_workflows() -> int:
    """Bring the workflows' days up to now; returns the days written."""
    return workflow_figures.roll_up_workflows(now=timezone.now())


@shared_task
def roll_up_user_days() -> int:
    """Bring the users' days up to now; returns the days written."""
    return user_days.roll_up_user_days(now=timezone.now())


@shared_task
def roll_up_hours() -> int:
    """Bring the platform's hours up to now; returns the hours written."""
    return platform_hours.roll_up_hours(now=timezone.now())
