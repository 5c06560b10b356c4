"""Insights, patterns and vectors that jobs find, and what people make of the insights."""

import datetime
from collections.abc import Sequence
from typing import Any

import structlog
from django.db import transaction

from accounts.models import Workspace
from personalization.models import (
    BehaviorPattern,
    Campaign,
    CampaignEmbedding,
    LearningInsight,
    PerformancePattern,
)

log = structlog.get_logger(__name__)


def record_insight(
    *, campaign: Campaign, insight_type: str, title: str, now: datetime.datetime, **fields: Any
) -> LearningInsight:
    """Tell what was learned from a campaign; told before, its figures become the new ones."""
    made, created = LearningInsight.objects.update_or_create(
        workspace_id=campaign.workspace_id,
        campaign=campaign,
        insight_type=insight_type,
        title=title,
        defaults=fields,
        create_defaults={**fields, "discovered_at": now},
    )
    if created:
        log.info("insight.discovered", insight_id=str(made.pk))
    return made


def move(*, insight: LearningInsight, status: str) -> LearningInsight:
    """Give it a status. Raises TransitionError."""
    with transaction.atomic():
        locked = LearningInsight.objects.select_for_update().get(pk=insight.pk)
        if locked.status == status:
            return locked
        locked.transition(status)
        locked.save(update_fields=["status", "updated_at"])
    log.info("insight.moved", insight_id=str(locked.pk), status=status)
    return locked


def record_pattern(
    *, workspace: Workspace, pattern_type: str, name: str, now: datetime.datetime, **fields: Any
) -> PerformancePattern:
    """Tell a pattern of the workspace, or of its `user`; seen before, it is seen again now."""
    user = fields.pop("user", None)
    made, _created = PerformancePattern.objects.update_or_create(
        workspace=workspace,
        user=user,
        pattern_type=pattern_type,
        name=name,
        defaults={**fields, "last_observed": now},
        create_defaults={**fields, "first_observed": now, "last_observed": now},
    )
    return made


def record_behavior(
    *,
    workspace: Workspace,
    segment: str,
    pattern_type: str,
    embedding: Sequence[float],
    embedding_model: str,
    **fields: Any,
) -> BehaviorPattern:
    """Keep how a segment behaves, as a vector of the model's length."""
    return BehaviorPattern.objects.create(
        workspace=workspace,
        segment=segment,
        pattern_type=pattern_type,
        embedding=embedding,
        embedding_model=embedding_model,
        **fields,
    )


def remember_campaign(
    *,
    campaign: Campaign,
    embedding: Sequence[float],
    embedding_model: str,
    platform: str | None = None,
    **fields: Any,
) -> CampaignEmbedding:
    """Keep a campaign as a vector, on one platform or all; a newer vector replaces it."""
    made, _created = CampaignEmbedding.objects.update_or_create(
        workspace_id=campaign.workspace_id,
        campaign=campaign,
        embedding_model=embedding_model,
        platform=platform,
        defaults={"embedding": embedding, **fields},
    )
    return made
