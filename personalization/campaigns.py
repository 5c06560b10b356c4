"""Campaigns from their draft to their end."""

import datetime

import structlog
from django.db import transaction

from personalization.models import Campaign

log = structlog.get_logger(__name__)


def move(*, campaign: Campaign, status: str, now: datetime.datetime) -> Campaign:
    """Give the campaign a status, with the time of its first start and of its end.

    The same status again changes nothing. Raises TransitionError.
    """
    with transaction.atomic():
        locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
        if locked.status == status:
            return locked
        locked.transition(status)
        if status == Campaign.Status.ACTIVE and locked.started_at is None:
            locked.started_at = now
        if status in (Campaign.Status.COMPLETED, Campaign.Status.STOPPED):
            locked.ended_at = now
        locked.save(update_fields=["status", "started_at", "ended_at", "updated_at"])
    log.info("campaign.moved", campaign_id=str(locked.pk), status=status)
    return locked


def start(*, campaign: Campaign, now: datetime.datetime) -> Campaign:
    """Let it run, from a draft or a pause. Raises TransitionError."""
    return move(campaign=campaign, status=Campaign.Status.ACTIVE, now=now)


def pause(*, campaign: Campaign, now: datetime.datetime) -> Campaign:
    return move(campaign=campaign, status=Campaign.Status.PAUSED, now=now)


def complete(*, campaign: Campaign, now: datetime.datetime) -> Campaign:
    """Note that it came to its end. Raises TransitionError."""
    return move(campaign=campaign, status=Campaign.Status.COMPLETED, now=now)


def stop(*, campaign: Campaign, now: datetime.datetime) -> Campaign:
    """End it before its end. Raises TransitionError."""
    return move(campaign=campaign, status=Campaign.Status.STOPPED, now=now)
