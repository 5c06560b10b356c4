"""Recommendations from their suggestion to what came of them."""

import datetime
from typing import Any

import structlog
from django.db import transaction

from personalization.models import CampaignRecommendation, MetaUserProfile

log = structlog.get_logger(__name__)
Status = CampaignRecommendation.Status


def suggest(
    *, profile: MetaUserProfile, campaign_type: str, name: str, **fields: Any
) -> CampaignRecommendation:
    """Suggest a campaign to the one whose profile it is; the same again is the one there is.

    `fields` are the recommendation's others: its texts, its audience, `predicted_…` (0..1).
    """
    made, created = CampaignRecommendation.objects.get_or_create(
        workspace_id=profile.workspace_id,
        user=profile.user,
        campaign_type=campaign_type,
        name=name,
        defaults={"profile": profile, "currency": profile.currency, **fields},
    )
    if created:
        log.info("recommendation.suggested", recommendation_id=str(made.pk))
    return made


def move(
    *, recommendation: CampaignRecommendation, status: str, now: datetime.datetime
) -> CampaignRecommendation:
    """Give it a status, with the time when it is implemented. Raises TransitionError."""
    with transaction.atomic():
        locked = CampaignRecommendation.objects.select_for_update().get(pk=recommendation.pk)
        if locked.status == status:
            return locked
        locked.transition(status)
        if status == Status.IMPLEMENTED:
            locked.implemented_at = now
        locked.save(update_fields=["status", "implemented_at", "updated_at"])
    log.info("recommendation.moved", recommendation_id=str(locked.pk), status=status)
    return locked


def record_performance(
    *, recommendation: CampaignRecommendation, measured: dict[str, float]
) -> CampaignRecommendation:
    """Keep what came of it beside what was predicted.

    `measured` has some of ctr, engagement_rate, conversion_rate (0..1) and roi (-1 and more).
    Raises ShapeError.
    """
    from personalization.shapes import check_performance

    recommendation.actual_performance = check_performance(measured)
    recommendation.save(update_fields=["actual_performance", "updated_at"])
    return recommendation
