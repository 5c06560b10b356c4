from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.base import WorkspaceSerializer
from builder.api.faults import refuse
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

STAMPS = ["created_at", "updated_at"]


def as_it_should_be(check: Callable[[Any], Any], document: Any) -> Any:
    """The document that `check` lets through; else a ValidationError with pointers into it."""
    from personalization.shapes import ShapeError

    try:
        return check(document)
    except ShapeError as error:
        return refuse(error.faults)


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            "lower": {"type": "string", "format": "date", "nullable": True},
            "upper": {"type": "string", "format": "date", "nullable": True},
        },
        "required": ["lower", "upper"],
        "description": "From `lower` until before `upper`; null where it is open.",
        "nullable": True,
    }
)
class PeriodField(serializers.Field[Any, Any, Any, Any]):
    """Days from the first until before the last, as PostgreSQL keeps ranges of dates."""

    def to_representation(self, period: Any) -> dict[str, str | None]:
        days = {"lower": period.lower, "upper": period.upper}
        return {name: day.isoformat() if day else None for name, day in days.items()}


class MetaUserProfileSerializer(WorkspaceSerializer):
    class Meta:
        model = MetaUserProfile
        fields = [
            "id", "user",
            "business_size", "industry", "website", "years_in_business",
            "monthly_budget", "currency", "budget_range", "primary_objective", "objectives",
            "target_age_groups", "target_locations", "target_interests", "target_behaviors",
            "brand_voice", "content_preference", "platform_priorities", "brand_colors",
            "roi_focus", "risk_tolerance", "automation_level",
            "campaign_history", "performance_patterns", "learned_preferences", *STAMPS,
        ]  # fmt: skip
        read_only_fields = [
            "user", "campaign_history", "performance_patterns", "learned_preferences",
        ]  # fmt: skip

    def validate_brand_colors(self, colors: Any) -> Any:
        from personalization.shapes import check_colors

        return as_it_should_be(check_colors, colors)


class CampaignSerializer(WorkspaceSerializer):
    class Meta:
        model = Campaign
        fields = [
            "id", "name", "type", "status", "config", "budget", "spent", "currency", "budget_used",
            "started_at", "ended_at", "created_by", "created_by_agent", *STAMPS,
        ]  # fmt: skip
        read_only_fields = [
            "status", "budget_used", "started_at", "ended_at", "created_by", "created_by_agent",
        ]  # fmt: skip

    def validate_config(self, config: Any) -> Any:
        from personalization.shapes import check_config

        return as_it_should_be(check_config, config)


class CampaignSummary(WorkspaceSerializer):
    """A campaign inside of something that belongs to it."""

    class Meta:
        model = Campaign
        fields = ["id", "name", "type", "status"]
        read_only_fields = fields


class AdCampaignSerializer(WorkspaceSerializer):
    class Meta:
        model = AdCampaign
        fields = [
            "id", "campaign", "platform", "platform_campaign_id", "audience_config", "creatives",
            "performance_metrics", "last_optimized", *STAMPS,
        ]  # fmt: skip


class ContentSerializer(WorkspaceSerializer):
    class Meta:
        model = Content
        fields = [
            "id", "content_type", "title", "content", "metadata", "performance_score",
            "generated_by", "campaign", "published_at", *STAMPS,
        ]  # fmt: skip


class ContentTemplateSerializer(WorkspaceSerializer):
    class Meta:
        model = ContentTemplate
        fields = [
            "id", "user", "name", "description", "template_type", "category", "base_prompt",
            "personalization_variables", "style_parameters", "usage_count", "performance_score",
            "success_rate", "target_industries", "target_objectives", "target_demographics",
            "is_active", "is_public", "created_by", *STAMPS,
        ]  # fmt: skip
        read_only_fields = [
            "user", "created_by", "usage_count", "performance_score", "success_rate",
        ]  # fmt: skip

    def validate_base_prompt(self, prompt: str) -> str:
        from personalization.prompts import PromptError, variables_of

        try:
            variables_of(prompt)
        except PromptError as error:
            raise serializers.ValidationError(str(error), code="broken_braces") from error
        return prompt


class ContentTemplateSummary(WorkspaceSerializer):
    class Meta:
        model = ContentTemplate
        fields = ["id", "name", "template_type", "category"]
        read_only_fields = fields


class PersonalizedContentSerializer(WorkspaceSerializer):
    class Meta:
        model = PersonalizedContent
        fields = [
            "id", "user", "campaign", "template", "content_type", "personalized_prompt",
            "personalization_context", "file_path", "url", "size", "metadata", "variables_used",
            "targeting_configuration", "impressions", "clicks", "conversions", "ctr",
            "engagement_score", "performance_vs_template", "model_used", "generation_time",
            "generation_cost", "currency", "quality_score", *STAMPS,
        ]  # fmt: skip
        read_only_fields = fields


class CampaignSettingsSerializer(WorkspaceSerializer):
    class Meta:
        model = CampaignPersonalizationSettings
        fields = [
            "id", "campaign", "user", "personalization_level", "auto_optimization_enabled",
            "dynamic_content_enabled", "adaptive_bidding_enabled", "audience_settings",
            "demographic_weights", "behavioral_triggers", "rotation_strategy",
            "content_templates", "dynamic_elements", "budget_allocation_strategy",
            "bid_adjustments", "performance_targets", "learning_priority",
            "optimization_frequency", "performance_thresholds", "ab_testing_enabled",
            "predictive_scaling_enabled", "real_time_optimization_enabled", *STAMPS,
        ]  # fmt: skip
        read_only_fields = ["user"]


class RecommendationSerializer(WorkspaceSerializer):
    class Meta:
        model = CampaignRecommendation
        fields = [
            "id", "user", "profile", "campaign_type", "name", "description", "reasoning",
            "content_prompts", "content_templates", "content_style", "content_type",
            "recommended_budget", "currency", "target_audience", "platform_allocation",
            "predicted_ctr", "predicted_engagement_rate", "predicted_conversion_rate",
            "predicted_roi", "confidence_score", "status", "implemented_at",
            "actual_performance", *STAMPS,
        ]  # fmt: skip
        read_only_fields = fields


class InsightSerializer(WorkspaceSerializer):
    time_period = PeriodField(read_only=True)

    class Meta:
        model = LearningInsight
        fields = [
            "id", "user", "profile", "campaign", "insight_type", "category", "title",
            "description", "baseline_value", "improved_value", "improvement_percentage",
            "identified_patterns", "contributing_factors", "correlations", "recommendations",
            "priority", "expected_impact", "sample_size", "time_period", "data_quality",
            "confidence_score", "status", "implementation_results", "discovered_at", *STAMPS,
        ]  # fmt: skip
        read_only_fields = fields


class PatternSerializer(WorkspaceSerializer):
    time_period = PeriodField(read_only=True)

    class Meta:
        model = PerformancePattern
        fields = [
            "id", "user", "pattern_type", "name", "description", "conditions",
            "performance_impact", "frequency", "confidence_level", "p_value", "effect_size",
            "campaigns_analyzed", "time_period", "first_observed", "last_observed",
            "actionable_insights", "automation_potential", *STAMPS,
        ]  # fmt: skip
        read_only_fields = fields


class BehaviorSerializer(WorkspaceSerializer):
    class Meta:
        model = BehaviorPattern
        fields = [
            "id", "embedding_model", "segment", "frequency", "conversion_rate", "pattern_type",
            *STAMPS,
        ]  # fmt: skip
        read_only_fields = fields


class CampaignEmbeddingSerializer(WorkspaceSerializer):
    class Meta:
        model = CampaignEmbedding
        fields = [
            "id", "campaign", "embedding_model", "platform", "performance_score", "audience_size",
            "conversion_rate", *STAMPS,
        ]  # fmt: skip
        read_only_fields = fields
