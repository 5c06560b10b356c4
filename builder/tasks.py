from celery import shared_task
from django.utils import timezone

from builder import domains, previews, releases, schedules


@shared_task
def prune_previews() -> int:
    """Delete what expired previews left; returns how many there were."""
    return previews.prune(now=timezone.now())


@shared_task
def publish_on_time() -> int:
    """Carry out the schedules that are due, and tell of those that failed; returns how many."""
    finished = schedules.run_due(now=timezone.now())
    schedules.tell_failures(now=timezone.now())
    return finished


@shared_task
def sweep_storage() -> int:
    """Delete files of the storage that no release has; returns how many there were."""
    return releases.sweep(now=timezone.now())


@shared_task
def check_domains() -> int:
    """Look up the records of domains whose turn it is; returns how many."""
    return domains.check_due(now=timezone.now())
