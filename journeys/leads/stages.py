"""Leads on their way to becoming customers."""

import datetime

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from journeys.leads.models import Lead

log = structlog.get_logger(__name__)


class LeadTransitionError(Exception):
    """A lead cannot go from its status to that one."""

    def __init__(self, lead: Lead, status: str) -> None:
        super().__init__(
            _("A lead that is “%(before)s” cannot become “%(after)s”.")
            % {"before": lead.get_status_display(), "after": Lead.Status(status).label}
        )


def can_move(*, lead: Lead, status: str) -> bool:
    """Whether the lead may take this status; the one that it has counts as one it may."""
    return (
        status == lead.status or Lead.Status(status) in Lead.TRANSITIONS[Lead.Status(lead.status)]
    )


def move(*, lead: Lead, status: str, now: datetime.datetime) -> Lead:
    """Give the lead a status, and note what comes with it: the times, that it is qualified.

    Does nothing where it has the status already. Raises `LeadTransitionError`.
    """
    with transaction.atomic():
        locked = Lead.objects.select_for_update().get(pk=lead.pk)
        if locked.status == status:
            return locked
        if not can_move(lead=locked, status=status):
            raise LeadTransitionError(locked, status)
        locked.status = status
        if status == Lead.Status.CONTACTED:
            locked.last_contacted = now
        if status in (Lead.Status.QUALIFIED, Lead.Status.CONVERTED):
            locked.qualified = True
        if status == Lead.Status.CONVERTED:
            locked.converted_at = now
        locked.save()
    log.info("lead.moved", lead_id=str(locked.pk), status=status)
    return locked
