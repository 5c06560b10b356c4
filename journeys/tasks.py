import structlog
from celery import shared_task
from django.utils import timezone

from accounts.tenancy import partitioning
from journeys.ingest import upkeep
from journeys.mail import outbox
from journeys.workflows import engine

log = structlog.get_logger(__name__)


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
    """Make the months ahead of every table that is kept by month; returns how many were missing."""
    made = partitioning.make_partitions(now=timezone.now())
    if made:
        log.info("partitions.made", names=made)
    return len(made)


@shared_task
def prune_receipts() -> int:
    """Forget which messages came in over 48 hours ago; returns how many."""
    return upkeep.prune_receipts(now=timezone.now())
