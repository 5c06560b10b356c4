"""Leads on their way to becoming customers."""

import datetime

import structlog
from django.db import transaction

from journeys.leads.models import Lead

log = structlog.get_logger(__name__)


def move(*, lead: Lead, status: str, now: datetime.datetime) -> Lead:
    """Give the lead a status, and note what comes with it: the times, that it is qualified.

    Does nothing where it has the status already. Raises TransitionError.
    """
    with transaction.atomic():
        locked = Lead.objects.select_for_update().get(pk=lead.pk)
        if locked.status == status:
            return locked
        locked.transition(status)
        if status == Lead.Status.CONTACTED:
            locked.last_contacted = now
        if status in (Lead.Status.QUALIFIED, Lead.Status.CONVERTED):
            locked.qualified = True
        if status == Lead.Status.CONVERTED:
            locked.converted_at = now
        locked.save()
    log.info("lead.moved", lead_id=str(locked.pk), status=status)
    return locked
