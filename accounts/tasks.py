"""Jobs of privacy; each can run twice, or be killed, without harm."""

from celery import shared_task
from django.utils import timezone

from accounts.privacy import archives, erasure


@shared_task
def make_exports() -> int:
    """Make the archives that were asked for; returns how many."""
    return archives.make_due(now=timezone.now())


@shared_task
def forget_exports() -> int:
    """Remove archives that have expired; returns how many."""
    return archives.forget_old(now=timezone.now())


@shared_task
def erase_people() -> int:
    """Carry out erasures that were asked for or left in the middle; returns how many ended."""
    return erasure.run_due()
