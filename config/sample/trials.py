"""A/B tests in every status, with figures whose statistics are worked out from them.

The p-values are those of the two-sided z-test of two proportions with pooled variance, the
intervals Wilson's (1927), the power that of the same test at a level of .05: what a fixed horizon
says, until the platform's own always-valid statistics go over the rows.
"""

import math
import random
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist
from typing import Any, Final

from config.sample.story import Story, backdate, count, key, near
from experiments import design, lifecycle, results
from experiments.models import ABTest, TestResult, TestVariation
from personalization.models import Campaign

_NORMAL: Final = NormalDist()
_Z: Final = _NORMAL.inv_cdf(0.975)
BASKET: Final = 140  # SAR


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A test as it was thought of; `rates` are the shares of people who convert, control first."""

    name: str
    kind: str
    hypothesis: str
    variations: dict[str, str]
    rates: tuple[float, ...]
    people: int
    status: str
    begins: int
    ends: int | None = None


TRIALS: Final = (
    Trial(name="عنوان الصفحة الرئيسية", kind="simple_ab", status="completed", begins=62, ends=41,
          hypothesis="ذكر موعد التحميص في العنوان يزيد الطلبات.", people=2_400,
          variations={"control": "قهوة مختصة من الرياض", "roast_date": "حُمّصت هذا الأسبوع"},
          rates=(0.041, 0.062)),
    Trial(name="Price with or without VAT", kind="content_variation", status="active", begins=18,
          hypothesis="Prices with VAT included lead to more orders.", people=1_500,
          variations={"control": "Without VAT", "with_vat": "VAT included"}, rates=(0.048, 0.055)),
    Trial(name="Three pictures on the gift page", kind="multivariate", status="active", begins=11,
          hypothesis="A dallah on the picture fits gifts better than a cup.", people=900,
          variations={"control": "Cup", "dallah": "Dallah", "box": "Gift box"},
          rates=(0.031, 0.038, 0.052)),
    Trial(name="نموذج أقصر للجملة", kind="split_url", status="paused", begins=26,
          hypothesis="حذف حقل الشركة يزيد الإرسال.", people=700,
          variations={"control": "سبعة حقول", "short": "أربعة حقول"}, rates=(0.05, 0.061)),
    Trial(name="Free delivery from 150 SAR", kind="simple_ab", status="cancelled", begins=47,
          ends=44, hypothesis="A lower threshold sells more.", people=160,
          variations={"control": "From 200", "from_150": "From 150"}, rates=(0.04, 0.05)),
    Trial(name="Subject of the welcome mail", kind="content_variation", status="completed",
          begins=50, ends=33, hypothesis="A question is opened more often.", people=1_100,
          variations={"control": "Welcome to Nakhla", "question": "How do you brew?"},
          rates=(0.058, 0.06)),
    Trial(name="زر واتساب في الجوال", kind="simple_ab", status="draft", begins=2,
          hypothesis="زر ثابت أسفل الشاشة يزيد الرسائل.", people=0,
          variations={"control": "بدون زر", "sticky": "زر ثابت"}, rates=(0.04, 0.05)),
)  # fmt: skip


def fill(story: Story) -> dict[str, int]:
    dice = story.dice("tests")
    campaigns = list(Campaign.objects.filter(workspace=story.workspace).order_by("id"))
    for number, trial in enumerate(TRIALS):
        _hold(story, dice, trial, campaigns[number % len(campaigns)])
    backdate(story, ABTest, TestVariation, TestResult)
    return count({}, story, ABTest, TestVariation, TestResult)


def _hold(story: Story, dice: random.Random, trial: Trial, campaign: Campaign) -> None:
    begins = story.ago(trial.begins, 9)
    ab_test = design.draft(
        workspace=story.workspace,
        name=trial.name,
        variations=trial.variations,
        user=story.team.performance,
        id=key(begins, dice),
        test_type=trial.kind,
        hypothesis=trial.hypothesis,
        campaign=campaign,
        sample_size=1_200,
        duration_days=21,
    )
    if trial.status == "draft":
        return
    ab_test = lifecycle.start(ab_test=ab_test, now=begins)
    days = trial.begins - (trial.ends or 0)
    for step in (1, 2, 3):
        _count(dice, trial, ab_test, share=step / 3)
        at = story.ago(trial.begins - days * step / 3, 9)
        if trial.status != "cancelled" and at > begins:
            _calculate(dice, ab_test, at)
    if trial.status == "paused":
        lifecycle.pause(ab_test=ab_test)
    elif trial.status == "cancelled":
        lifecycle.cancel(ab_test=ab_test, now=story.ago(trial.ends or 0, 15))
    elif trial.status == "completed":
        ab_test.refresh_from_db()
        lifecycle.complete(
            ab_test=ab_test, now=story.ago(trial.ends or 0, 15), winner=ab_test.winning_variation
        )


def _count(dice: random.Random, trial: Trial, ab_test: ABTest, *, share: float) -> None:
    """People so far: each sees it once or twice, some click, few of those order."""
    for variation, rate in zip(ab_test.variations.order_by("id"), trial.rates, strict=True):
        people = int(near(dice, trial.people * share / len(trial.rates), 0.02))
        impressions = int(people * dice.uniform(1.2, 1.6))
        conversions = min(people, round(people * rate))
        # A part of what the later counts are taken from must not be more than they.
        variation.visitors = max(variation.visitors, people)
        variation.impressions = max(variation.impressions, impressions)
        variation.conversions = max(variation.conversions, conversions)
        variation.clicks = max(variation.clicks, conversions, int(impressions * near(dice, 0.14)))
        variation.revenue = Decimal(int(variation.conversions * near(dice, BASKET, 0.05)))
        low, high = interval(variation.conversions, variation.visitors)
        variation.confidence_interval_lower, variation.confidence_interval_upper = low, high
        variation.save()


def _calculate(dice: random.Random, ab_test: ABTest, at: Any) -> None:
    control, *others = ab_test.variations.order_by("id")
    best = max(others, key=lambda each: each.conversions / max(1, each.visitors))
    base, found = (each.conversions / max(1, each.visitors) for each in (control, best))
    p_value, power = compare(control, best)
    lift = found / base - 1 if base else None
    TestVariation.objects.filter(pk=best.pk).update(statistical_power=power)
    results.record(
        ab_test=ab_test,
        now=at,
        p_value=p_value,
        id=key(at, dice),
        winner=best if p_value < 0.05 and found > base else None,
        effect_size=round(2 * (math.asin(math.sqrt(found)) - math.asin(math.sqrt(base))), 4),
        statistical_power=power,
        confidence_level=round(1 - p_value, 4),
        projected_lift=round(lift, 4) if lift is not None else None,
        estimated_revenue_impact=Decimal(int((found - base) * best.visitors * BASKET * 12)),
        variation_comparisons=[
            {"control": control.variation_id, "variation": best.variation_id, "lift": lift}
        ],
        statistical_details={"test": "two proportions, two-sided"},
    )


def compare(one: TestVariation, other: TestVariation) -> tuple[float, float]:
    """p of the difference between two conversion rates, and the test's power; both 0..1."""
    people = one.visitors + other.visitors
    pooled = (one.conversions + other.conversions) / max(1, people)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / max(1, one.visitors) + 1 / other.visitors))
    if not spread:
        return 1.0, 0.0
    z = abs(one.conversions / one.visitors - other.conversions / other.visitors) / spread
    power = 1 - _NORMAL.cdf(_Z - z) + _NORMAL.cdf(-_Z - z)
    return round(2 * (1 - _NORMAL.cdf(z)), 4), round(power, 4)


def interval(successes: int, people: int) -> tuple[float, float]:
    """Wilson's interval of a share at 95 per cent; 0 and 1 where nobody was asked."""
    if not people:
        return 0.0, 1.0
    share, z = successes / people, _Z
    middle = (share + z * z / (2 * people)) / (1 + z * z / people)
    half = z * math.sqrt(share * (1 - share) / people + z * z / (4 * people**2))
    half /= 1 + z * z / people
    return max(0.0, middle - half), min(1.0, middle + half)
