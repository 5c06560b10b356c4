from celery import shared_task
from django.utils import timezone

from journeys.ingest import upkeep
from journeys.mail import outbox
from journeys.workflows import engine


@shared_task
def advance_executions() -> int:
    """Run what is due of the workflows; returns how many executions were taken up."""
    count = engine.advance_due()
    if outbox.has_due(now=timezone.now()):
        send_mail.delay()
    return count


@shared_task
def send_mail() -> int:
    """Send what is due of the outbox; returns how many mails were sent."""
    return outbox.send_due()


@shared_task
def make_partitions() -> int:
    """Make the months' partitions of events ahead; returns how many were missing."""
    return upkeep.make_partitions(now=timezone.now())


@shared_task
def prune_receipts() -> int:
    """Forget which messages came in over 48 hours ago; returns how many."""
    return upkeep.prune_receipts(now=timezone.now())
