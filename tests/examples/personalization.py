"""A launch campaign: its profile, its content, what was recommended and learned."""

import datetime as dt

from django.utils import timezone

from personalization import campaigns, insights, profiles, prompts, recommendations
from personalization.models import (
    AdCampaign,
    BehaviorPattern,
    Campaign,
    CampaignEmbedding,
    CampaignPersonalizationSettings,
    CampaignRecommendation,
    Content,
    ContentTemplate,
    LearningInsight,
    MetaUserProfile,
    PerformancePattern,
    PersonalizedContent,
)
from tests.examples import Scene, example

MODEL = "all-minilm-l6-v2"
VECTOR = [1.0] + [0.0] * 383


@example(MetaUserProfile)
def profile(scene: Scene) -> MetaUserProfile:
    made = profiles.profile_of(workspace=scene.workspace, user=scene.user)
    made.business_size, made.industry = "smb", "perfume"
    made.save()
    return made


@example(Campaign)
def campaign(scene: Scene) -> Campaign:
    made = Campaign.objects.create(
        workspace=scene.workspace,
        name="Founding Day",
        type="ad",
        config={"audience": {"country": "SA"}, "channels": ["linkedin"]},
        budget=20_000,
        spent=1_500,
        created_by=scene.user,
    )
    return campaigns.start(campaign=made, now=timezone.now())


@example(CampaignPersonalizationSettings)
def settings(scene: Scene) -> CampaignPersonalizationSettings:
    return CampaignPersonalizationSettings.objects.create(
        workspace=scene.workspace, campaign=scene.one(Campaign), user=scene.user
    )


@example(AdCampaign)
def ad_campaign(scene: Scene) -> AdCampaign:
    return AdCampaign.objects.create(
        workspace=scene.workspace,
        campaign=scene.one(Campaign),
        platform="linkedin",
        platform_campaign_id="urn:li:sponsoredCampaign:7",
        audience_config={"seniority": ["director"]},
        performance_metrics={"quality": "high"},
    )


@example(Content)
def content(scene: Scene) -> Content:
    return Content.objects.create(
        workspace=scene.workspace,
        campaign=scene.one(Campaign),
        content_type="blog",
        title="How oud is aged",
        content="Old wood gives the deepest scent. العود المعتق أطيب رائحة.",
        metadata={"language": "en"},
        performance_score=0.6,
    )


@example(ContentTemplate)
def template(scene: Scene) -> ContentTemplate:
    return ContentTemplate.objects.create(
        workspace=scene.workspace,
        user=scene.user,
        created_by=scene.user,
        name="Launch post",
        template_type="social",
        base_prompt="Write a post about {product}.",
        personalization_variables=["product"],
    )


@example(PersonalizedContent)
def personalized(scene: Scene) -> PersonalizedContent:
    return prompts.personalize(
        template=scene.one(ContentTemplate),
        variables={"product": "oud"},
        user=scene.user,
        campaign=scene.one(Campaign),
        impressions=200,
        clicks=10,
    )


@example(CampaignRecommendation)
def recommendation(scene: Scene) -> CampaignRecommendation:
    made = recommendations.suggest(
        profile=scene.one(MetaUserProfile),
        campaign_type="lead_gen",
        name="Early access list",
        recommended_budget=5_000,
        predicted_ctr=0.03,
        predicted_conversion_rate=0.1,
        confidence_score=0.7,
    )
    return recommendations.record_performance(recommendation=made, measured={"ctr": 0.04})


@example(LearningInsight)
def insight(scene: Scene) -> LearningInsight:
    return insights.record_insight(
        campaign=scene.one(Campaign),
        insight_type="timing",
        title="Evenings convert better",
        now=timezone.now(),
        user=scene.user,
        profile=scene.one(MetaUserProfile),
        baseline_value=0.02,
        improved_value=0.03,
        confidence_score=0.8,
        time_period=(dt.date(2026, 10, 1), dt.date(2026, 11, 1)),
    )


@example(PerformancePattern)
def pattern(scene: Scene) -> PerformancePattern:
    return insights.record_pattern(
        workspace=scene.workspace,
        user=scene.user,
        pattern_type="timing",
        name="After the evening prayer",
        now=timezone.now(),
        performance_impact=0.2,
        frequency=0.4,
        p_value=0.01,
    )


@example(BehaviorPattern)
def behavior(scene: Scene) -> BehaviorPattern:
    return insights.record_behavior(
        workspace=scene.workspace,
        segment="returning",
        pattern_type="reads_prices_first",
        embedding=VECTOR,
        embedding_model=MODEL,
        frequency=3,
        conversion_rate=0.1,
    )


@example(CampaignEmbedding)
def campaign_embedding(scene: Scene) -> CampaignEmbedding:
    return insights.remember_campaign(
        campaign=scene.one(Campaign), embedding=VECTOR, embedding_model=MODEL, platform="linkedin"
    )
