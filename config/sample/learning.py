"""What was recommended, and what was learned from the campaigns: for people to decide on."""

import datetime
import random
from typing import Any, Final, NamedTuple

from config.sample.story import Story, backdate, count, key, near
from personalization import insights, profiles, recommendations
from personalization.models import (
    BehaviorPattern,
    Campaign,
    CampaignRecommendation,
    LearningInsight,
    PerformancePattern,
)


class Recommended(NamedTuple):
    """A campaign that was suggested; what it would cost in SAR, what is predicted of it."""

    kind: str
    name: str
    why: str
    budget: int
    ctr: float
    converts: float
    returns: float
    status: str
    days: int


class Learned(NamedTuple):
    """An insight: from which value to which, how sure, and how many days ago."""

    kind: str
    title: str
    text: str
    before: float
    after: float
    sure: float
    priority: str
    status: str
    days: int


class Noticed(NamedTuple):
    """Under which conditions campaigns do better or worse, and how often these hold."""

    kind: str
    name: str
    conditions: dict[str, Any]
    impact: float
    often: float
    p_value: float
    effect: float


_RECOMMENDED: Final = (
    Recommended("lead_gen", "Tasting evenings for café owners in Jeddah",
     "Wholesale leads from Jeddah convert twice as often as the mean.", 14_000, 0.021, 0.07, 0.9,
     "suggested", 6),
    Recommended("retention", "رسالة واتساب بعد ثلاثين يومًا",
     "نصف من لم يعودوا خلال شهر لا يعودون بعده.", 4_000, 0.09, 0.05, 1.4, "accepted", 13),
    Recommended("content", "Short videos of the roast, Thursday evenings",
     "Evening posts have half as many clicks again.", 6_000, 0.026, 0.03, 0.4, "implemented", 38),
    Recommended("ad", "إعلانات بحث باسم «بن خولاني»",
     "الطلب على العبارة يرتفع والمنافسة قليلة.", 9_000, 0.045, 0.06, 1.1, "implemented", 30),
    Recommended("ad", "Billboards on King Fahd Road", "Reach among people who drive to work.",
     60_000, 0.004,
     0.004, -0.2, "dismissed", 44),
    Recommended("lead_gen", "صفحة مستقلة لهدايا الشركات",
     "ثلث زوار صفحة الجملة يبحثون عن الهدايا.", 5_000, 0.05, 0.08, 1.8, "suggested", 2),
)  # fmt: skip
_LEARNED: Final = (
    Learned("timing", "Posts after the evening prayer get more clicks",
     "Between 20:30 and 23:00 the click-through rate is half as high again as at noon.",
     0.016, 0.024, 0.91, "high", "implemented", 45),
    Learned("language", "النص العربي يحوّل أكثر من المترجم",
     "الإعلانات المكتوبة بالعربية أصلًا تتفوق على المترجمة في التحويل.",
     0.038, 0.051, 0.88, "high", "accepted", 32),
    Learned("form", "A shorter form is finished more often",
     "Without the company's name three in ten more people send the form.",
     0.031, 0.040, 0.83, "medium", "implemented", 27),
    Learned("price", "Prices with VAT included calm people",
     "Fewer questions before the order, and fewer baskets left.",
     0.22, 0.19, 0.64, "medium", "new", 16),
    Learned("audience", "أصحاب المقاهي في جدة يردون أسرع",
     "متوسط الرد أربع ساعات مقابل تسع في الرياض.", 0.07, 0.11, 0.71, "medium", "new", 9),
    Learned("creative", "People without faces do as well",
     "Pictures of hands and cups have the same rate as portraits.",
     0.020, 0.0201, 0.58, "low", "dismissed", 50),
    Learned("budget", "Half the budget on search is lost on Fridays",
     "Before 16:00 on Fridays clicks cost twice as much and convert as rarely.",
     3.4, 2.6, 0.79, "critical", "accepted", 5),
)  # fmt: skip
_PATTERNS: Final = (
    Noticed("timing", "Evenings, Sunday to Wednesday", {"hours": [20, 23], "days": [6, 0, 1, 2]},
     0.31, 0.52, 0.004, 0.42),
    Noticed("timing", "الجمعة قبل العصر", {"hours": [6, 15], "days": [4]},
     -0.38, 0.14, 0.011, -0.36),
    Noticed("channel", "LinkedIn for wholesale", {"channel": "linkedin", "type": "lead_gen"},
     0.24, 0.31, 0.019, 0.28),
    Noticed("creative", "فيديو أقصر من عشرين ثانية", {"format": "video", "seconds": [0, 20]},
     0.18, 0.4, 0.03, 0.21),
    Noticed("season", "Two weeks before Ramadan", {"season": "ramadan", "days_before": [1, 14]},
     0.47, 0.08, 0.002, 0.55),
)  # fmt: skip
# Segment, how they behave, visits a month, how many convert.
_BEHAVIORS: Final = (
    ("new", "reads_prices_first", 1.3, 0.018), ("new", "lands_on_blog", 1.1, 0.007),
    ("returning", "compares_roasts", 2.6, 0.041), ("returning", "opens_mail_in_the_evening", 3.1,
     0.055), ("loyal", "orders_every_month", 4.4, 0.31), ("loyal", "buys_gifts", 1.8, 0.22),
    ("at risk", "leaves_at_delivery_cost", 0.9, 0.012),
    ("at risk", "silent_for_a_month", 0.2, 0.004),
)  # fmt: skip
_RECOMMENDATION_PLATFORMS: Final = {"google_ads": 0.6, "linkedin": 0.4}


def fill(story: Story) -> dict[str, int]:
    dice = story.dice("learning")
    for recommended in _RECOMMENDED:
        _recommend(story, dice, recommended)
    campaigns = list(
        Campaign.objects.filter(workspace=story.workspace, started_at__isnull=False).order_by("id")
    )
    for number, learned in enumerate(_LEARNED):
        _learn(story, dice, campaigns[number % len(campaigns)], learned)
    for pattern in _PATTERNS:
        _notice(story, dice, len(campaigns), pattern)
    BehaviorPattern.objects.bulk_create(
        BehaviorPattern(
            id=key(story.ago(30 - number, 4), dice),
            workspace=story.workspace,
            segment=segment,
            pattern_type=kind,
            frequency=round(near(dice, visits), 2),
            conversion_rate=round(near(dice, converts), 4),
        )
        for number, (segment, kind, visits, converts) in enumerate(_BEHAVIORS)
    )
    backdate(story, CampaignRecommendation, LearningInsight, PerformancePattern, BehaviorPattern)
    return count(
        {}, story, CampaignRecommendation, LearningInsight, PerformancePattern, BehaviorPattern
    )


def _recommend(story: Story, dice: random.Random, told: Recommended) -> None:
    at = story.ago(told.days, 7)
    made = recommendations.suggest(
        profile=profiles.profile_of(workspace=story.workspace, user=story.team.performance),
        campaign_type=told.kind,
        name=told.name,
        id=key(at, dice),
        description=told.why,
        reasoning=told.why,
        content_prompts=[f"Write for: {told.name}"],
        content_style="warm",
        content_type=dice.choice(["social", "email", "ad_copy", "landing_page"]),
        recommended_budget=told.budget,
        target_audience={"country": "SA", "cities": ["Riyadh", "Jeddah"]},
        platform_allocation=_RECOMMENDATION_PLATFORMS if told.kind == "ad" else {},
        predicted_ctr=told.ctr,
        predicted_engagement_rate=round(min(1, told.ctr * 3), 3),
        predicted_conversion_rate=told.converts,
        predicted_roi=told.returns,
        confidence_score=round(near(dice, 0.72, 0.2), 2),
    )
    if told.status != "suggested":
        decided = at + datetime.timedelta(days=1, hours=dice.randint(1, 9))
        recommendations.move(recommendation=made, status=told.status, now=decided)
    if told.status == "implemented":
        made.refresh_from_db()
        recommendations.record_performance(
            recommendation=made,
            measured={
                "ctr": round(near(dice, told.ctr, 0.3), 4),
                "conversion_rate": round(near(dice, told.converts, 0.3), 4),
                "roi": round(near(dice, told.returns, 0.3), 2),
            },
        )


def _learn(story: Story, dice: random.Random, campaign: Campaign, told: Learned) -> None:
    at = story.ago(told.days, 5)
    made = insights.record_insight(
        campaign=campaign,
        insight_type=told.kind,
        title=told.title,
        now=at,
        id=key(at, dice),
        user=story.team.performance,
        category="performance",
        description=told.text,
        baseline_value=told.before,
        improved_value=told.after,
        priority=told.priority,
        expected_impact=round(near(dice, 0.4, 0.4), 2),
        confidence_score=told.sure,
        data_quality=round(near(dice, 0.85, 0.1), 2),
        sample_size=dice.randint(800, 9_000),
        time_period=((at - datetime.timedelta(days=30)).date(), at.date()),
        contributing_factors=[{"name": told.kind, "weight": round(told.sure, 2)}],
        recommendations=[{"do": told.title}],
    )
    if told.status != "new":
        insights.move(insight=made, status=told.status)


def _notice(story: Story, dice: random.Random, campaigns: int, told: Noticed) -> None:
    seen = story.ago(dice.randint(1, 6), 5)
    made = insights.record_pattern(
        workspace=story.workspace,
        pattern_type=told.kind,
        name=told.name,
        now=seen,
        id=key(seen, dice),
        conditions=told.conditions,
        performance_impact=told.impact,
        frequency=told.often,
        confidence_level=round(1 - told.p_value, 3),
        p_value=told.p_value,
        effect_size=told.effect,
        campaigns_analyzed=campaigns,
        time_period=(story.ago(80).date(), seen.date()),
        actionable_insights=[{"do": told.name}],
        automation_potential=round(near(dice, 0.6, 0.3), 2),
    )
    PerformancePattern.objects.filter(pk=made.pk).update(first_observed=story.ago(50, 5))
