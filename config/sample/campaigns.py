"""Campaigns of a coffee roastery in Riyadh, with their advertisements, content and settings."""

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from config.sample.story import Story, backdate, count, key, near, spread
from personalization import campaigns
from personalization.models import (
    AdCampaign,
    Campaign,
    CampaignEmbedding,
    CampaignPersonalizationSettings,
)

# What a click costs on each platform (SAR), how often an impression is clicked, a click converts.
_RATES: Final = {
    "google_ads": (3.4, 0.034, 0.052),
    "linkedin": (17.0, 0.007, 0.071),
    "producthunt": (6.5, 0.019, 0.034),
}
_SIZES: Final = {"google_ads": 900_000, "linkedin": 140_000, "producthunt": 60_000}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A campaign as it was planned, and what became of it; times in days ago, money in SAR."""

    name: str
    type: str
    status: str
    budget: int
    spent: float
    begins: int
    ends: int | None = None
    platforms: tuple[str, ...] = ()
    channels: tuple[str, ...] = ("instagram", "tiktok")
    audience: str = "SA"
    by_agent: str = ""


PLANS: Final = (
    Plan(name="حملة اليوم الوطني – قهوة بلا حدود", type="ad", status="completed", budget=45_000,
         spent=0.97, begins=78, ends=60, platforms=("google_ads", "linkedin")),
    Plan(name="Beans for cafés: Riyadh and Jeddah", type="lead_gen", status="active",
         budget=38_000, spent=0.58, begins=40, platforms=("linkedin", "google_ads"),
         channels=("linkedin", "email")),
    Plan(name="هدايا الشركات قبل رمضان", type="lead_gen", status="active", budget=30_000,
         spent=0.41, begins=24, platforms=("google_ads",), channels=("instagram", "email")),
    Plan(name="Brew at home: eight evenings", type="content", status="active", budget=12_000,
         spent=0.72, begins=35, channels=("instagram", "youtube")),
    Plan(name="اشتقنا لكم: عملاء لم يعودوا", type="retention", status="paused", budget=9_000,
         spent=0.35, begins=29, channels=("email", "whatsapp"), by_agent="data_synthesis_agent"),
    Plan(name="White Friday at the roastery", type="ad", status="stopped", budget=25_000,
         spent=0.22, begins=55, ends=51, platforms=("google_ads",)),
    Plan(name="Grinder launch in the Gulf", type="ad", status="draft", budget=50_000, spent=0,
         begins=6, platforms=("google_ads", "producthunt"), audience="AE"),
    Plan(name="ولاء: الكوب العاشر علينا", type="retention", status="completed", budget=8_000,
         spent=0.99, begins=70, ends=36, channels=("email", "sms")),
    Plan(name="Founding Day roast", type="content", status="draft", budget=15_000, spent=0,
         begins=3, by_agent="master_agent"),
)  # fmt: skip


def fill(story: Story) -> dict[str, int]:
    dice = story.dice("campaigns")
    for plan in PLANS:
        campaign = _campaign(story, dice, plan)
        _advertise(story, dice, plan, campaign)
        _set(story, dice, plan, campaign)
    _remember(story, dice)
    backdate(story, Campaign, AdCampaign, CampaignPersonalizationSettings, CampaignEmbedding)
    return count({}, story, Campaign, AdCampaign, CampaignPersonalizationSettings)


def _campaign(story: Story, dice: random.Random, plan: Plan) -> Campaign:
    at = story.ago(plan.begins, 9)
    campaign = Campaign.objects.create(
        id=key(at - datetime.timedelta(days=2), dice),
        workspace=story.workspace,
        name=plan.name,
        type=plan.type,
        config={
            "audience": {"country": plan.audience, "languages": ["ar", "en"]},
            "channels": list(plan.channels),
            "goals": {"primary": "sales" if plan.type == "retention" else "leads"},
        },
        budget=plan.budget,
        spent=Decimal(plan.budget * plan.spent).quantize(Decimal("0.01")),
        currency="SAR",
        created_by=None if plan.by_agent else story.team.manager,
        created_by_agent=plan.by_agent,
    )
    if plan.status == "draft":
        return campaign
    campaigns.start(campaign=campaign, now=at)
    end = story.ago(plan.ends, 18) if plan.ends is not None else story.ago(plan.begins / 2, 18)
    if plan.status != "active":
        campaigns.move(campaign=campaign, status=plan.status, now=end)
    campaign.refresh_from_db()
    return campaign


def _advertise(story: Story, dice: random.Random, plan: Plan, campaign: Campaign) -> None:
    shares = spread(dice, total=100, parts=len(plan.platforms)) if plan.platforms else []
    for platform, share in zip(plan.platforms, shares, strict=True):
        at = story.ago(plan.begins, 10)
        spent = float(campaign.spent) * share / 100
        AdCampaign.objects.create(
            id=key(at, dice),
            workspace=story.workspace,
            campaign=campaign,
            platform=platform,
            platform_campaign_id=f"{platform}-{dice.randrange(10**9, 10**10)}"
            if campaign.status != "draft"
            else "",
            audience_config={"locations": ["Riyadh", "Jeddah"], "age": "22-45"},
            creatives=[
                {"headline": "تُحمّص اليوم وتصل غدًا", "language": "ar"},
                {"headline": "Roasted today, at your door tomorrow", "language": "en"},
            ],
            performance_metrics=_performance(dice, platform, spent),
            last_optimized=story.ago(dice.randint(1, 4), 6) if spent else None,
        )


def _performance(dice: random.Random, platform: str, spent: float) -> dict[str, Any]:
    """What so much money brings: fewer clicks than impressions, fewer conversions than clicks."""
    price, ctr, converts = _RATES[platform]
    clicks = int(spent / near(dice, price))
    impressions = int(clicks / near(dice, ctr))
    conversions = int(clicks * near(dice, converts))
    if not clicks:
        return {}
    return {
        "impressions": impressions,
        "clicks": clicks,
        "conversions": conversions,
        "ctr": round(clicks / impressions, 4),
        "cost_per_click": round(spent / clicks, 2),
        "spent": round(spent, 2),
    }


def _set(story: Story, dice: random.Random, plan: Plan, campaign: Campaign) -> None:
    at = story.ago(plan.begins, 11)
    CampaignPersonalizationSettings.objects.create(
        id=key(at, dice),
        workspace=story.workspace,
        campaign=campaign,
        user=story.team.performance,
        personalization_level=dice.choice(["basic", "advanced", "full"]),
        auto_optimization_enabled=plan.type == "ad",
        dynamic_content_enabled=plan.type != "content",
        audience_settings={"segments": ["returning", "loyal"]},
        demographic_weights={"riyadh": 0.5, "jeddah": 0.3, "eastern_province": 0.2},
        behavioral_triggers=[{"event": "form_submitted", "within_days": 7}],
        rotation_strategy=dice.choice(["weighted", "best"]),
        budget_allocation_strategy=dice.choice(["performance", "even"]),
        performance_targets={"ctr": 0.02, "conversion_rate": 0.04},
        learning_priority="medium",
        optimization_frequency="daily",
        ab_testing_enabled=plan.status == "active",
    )


def _remember(story: Story, dice: random.Random) -> None:
    """What a look for similar campaigns compares; vectors come with the job that makes them."""
    for ad in AdCampaign.objects.filter(workspace=story.workspace).order_by("id"):
        figures = ad.performance_metrics
        if figures:
            CampaignEmbedding.objects.create(
                id=key(ad.last_optimized or story.until, dice),
                workspace=story.workspace,
                campaign_id=ad.campaign_id,
                platform=ad.platform,
                performance_score=round(min(100, 2_000 * figures["ctr"]), 1),
                audience_size=int(near(dice, _SIZES[ad.platform])),
                conversion_rate=round(figures["conversions"] / figures["clicks"], 4),
            )
