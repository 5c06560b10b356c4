from celery import shared_task
from django.utils import timezone

from builder import previews


@shared_task
def prune_previews() -> int:
    """Delete what expired previews left; returns how many there were."""
    return previews.prune(now=timezone.now())
