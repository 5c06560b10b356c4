"""What tests come to."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.faults import Fault
from experiments.lifecycle import LifecycleError
from experiments.models import ABTest, StatisticalSignificance, TestResult, TestVariation

# What the test shows of its latest result.
SHOWN = (
    "winning_variation",
    "confidence_level",
    "significance_status",
    "p_value",
    "projected_lift",
)


def record(
    *,
    ab_test: ABTest,
    now: datetime.datetime,
    p_value: float | None,
    winner: TestVariation | None = None,
    **fields: Any,
) -> TestResult:
    """Keep a calculation of a test that has started, and show it on the test.

    The totals are those of its variations. `p_value` is 0..1 on the always-valid scale; `fields`
    are the result's others. Raises LifecycleError.
    """
    if ab_test.start_date is None:
        raise LifecycleError(Fault("/status", "not_started", _("The test has not started.")))
    totals = ab_test.variations.aggregate(Sum("impressions"), Sum("conversions"))
    with transaction.atomic():
        result = TestResult.objects.create(
            workspace_id=ab_test.workspace_id,
            ab_test=ab_test,
            total_impressions=totals["impressions__sum"] or 0,
            total_conversions=totals["conversions__sum"] or 0,
            duration_days=(now - ab_test.start_date).total_seconds() / 86_400,
            p_value=p_value,
            significance_status=StatisticalSignificance.of(p_value),
            winning_variation=winner,
            calculated_at=now,
            **fields,
        )
        for name in SHOWN:
            setattr(ab_test, name, getattr(result, name))
        ab_test.revenue_impact = result.estimated_revenue_impact
        ab_test.save(update_fields=[*SHOWN, "revenue_impact", "updated_at"])
    return result
