"""Which version of an analysis model is in use."""

import structlog
from django.db import transaction
from django.utils import timezone

from builder.models import AnalysisModel

log = structlog.get_logger(__name__)


def activate(*, model: AnalysisModel) -> AnalysisModel:
    """Put a version into use in place of the one of its name that was; twice is once."""
    with transaction.atomic():
        # All of the name are locked, in one order, so that two at once follow each other.
        named = AnalysisModel.objects.select_for_update().filter(name=model.name).order_by("id")
        before = [each for each in named if each.is_active]
        others = [each.pk for each in before if each.pk != model.pk]
        now = timezone.now()
        AnalysisModel.objects.filter(pk__in=others).update(is_active=False, updated_at=now)
        if model.pk not in [each.pk for each in before]:
            AnalysisModel.objects.filter(pk=model.pk).update(is_active=True, updated_at=now)
            log.info("analysis_model.activated", model_id=str(model.pk))
    model.refresh_from_db()
    return model
