from celery import shared_task
from django.utils import timezone

from analytics import rollups


@shared_task
def roll_up_traffic() -> int:
    """Bring the hourly and daily counts up to now; returns the buckets written."""
    return rollups.roll_up_traffic(now=timezone.now())
