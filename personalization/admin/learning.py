from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ReadOnlyConsolePage
from accounts.admin.figures import bar, bar_column, money_column, percent, share_column
from accounts.admin.links import related_link
from accounts.admin.transitions import StatusActions
from journeys.admin.tables import small_table
from personalization import insights, recommendations
from personalization.admin.showing import document, status_column
from personalization.models import (
    BehaviorPattern,
    CampaignEmbedding,
    CampaignRecommendation,
    LearningInsight,
    PerformancePattern,
)

MEASURES = {
    "ctr": _("click-through rate"),
    "engagement_rate": _("engagement rate"),
    "conversion_rate": _("conversion rate"),
    "roi": _("return"),
}
DECISIONS = {
    "accepted": _("Accept"),
    "implemented": _("Mark as implemented"),
    "dismissed": _("Dismiss"),
}


@admin.register(CampaignRecommendation)
class RecommendationPage(StatusActions, ReadOnlyConsolePage):
    list_display = [
        "name", "campaign_type", "user_link", "shown_status", "budget", "confidence",
        "created_at",
    ]  # fmt: skip
    list_filter = ["status", "campaign_type", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "description", "user__email"]
    exclude = [
        "content_prompts", "content_templates", "target_audience", "platform_allocation",
        "actual_performance", "predicted_ctr", "predicted_engagement_rate",
        "predicted_conversion_rate", "predicted_roi",
    ]  # fmt: skip
    readonly_fields = [
        "shown_comparison", "shown_audience", "shown_platforms", "shown_prompts", "implemented_at",
    ]  # fmt: skip
    move_names = DECISIONS
    user_link = related_link("user")
    shown_status = status_column(_("status"))
    budget = money_column("recommended_budget", description=_("recommended budget"))
    confidence = share_column("confidence_score", description=_("confidence"))
    shown_audience = document("target_audience", _("audience"))
    shown_platforms = document("platform_allocation", _("budget by platform"))
    shown_prompts = document("content_prompts", _("prompts"))

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        recommendations.move(recommendation=obj, status=status, now=timezone.now())

    @admin.display(description=_("predicted and actual"))
    def shown_comparison(self, recommendation: CampaignRecommendation) -> SafeString:
        """A bar for what was predicted and one for what came, up to the larger of the two."""
        rows = []
        for name, predicted, actual in recommendation.comparison():
            highest = max(predicted or 0, actual or 0) or 1
            bars = (bar(value, highest, percent(value)) for value in (predicted, actual))
            rows.append((MEASURES[name], *bars))
        return small_table(["", _("predicted"), _("actual")], rows)


@admin.register(LearningInsight)
class InsightPage(StatusActions, ReadOnlyConsolePage):
    list_display = [
        "title", "insight_type", "campaign_link", "shown_status", "priority", "improvement",
        "confidence", "discovered_at",
    ]  # fmt: skip
    list_filter = ["status", "priority", "campaign"]
    list_select_related = ["campaign"]
    search_fields = ["title", "description"]
    exclude = [
        "identified_patterns", "contributing_factors", "correlations", "recommendations",
        "implementation_results",
    ]  # fmt: skip
    readonly_fields = [
        "improvement_percentage", "shown_patterns", "shown_factors", "shown_correlations",
        "shown_recommendations", "shown_results",
    ]  # fmt: skip
    move_names = DECISIONS
    campaign_link = related_link("campaign")
    shown_status = status_column(_("status"))
    confidence = share_column("confidence_score", description=_("confidence"))
    shown_patterns = document("identified_patterns", _("patterns"))
    shown_factors = document("contributing_factors", _("factors"))
    shown_correlations = document("correlations", _("correlations"))
    shown_recommendations = document("recommendations", _("recommendations"))
    shown_results = document("implementation_results", _("results"))

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        insights.move(insight=obj, status=status)

    @admin.display(description=_("improvement"), ordering="improvement_percentage")
    def improvement(self, insight: LearningInsight) -> SafeString:
        value = insight.improvement_percentage
        return bar(value, 100, "" if value is None else percent(value / 100))


@admin.register(PerformancePattern)
class PatternPage(ReadOnlyConsolePage):
    list_display = [
        "name", "pattern_type", "seen", "confidence", "performance_impact", "p_value",
        "campaigns_analyzed", "last_observed",
    ]  # fmt: skip
    list_filter = ["pattern_type"]
    search_fields = ["name", "description"]
    exclude = ["conditions", "actionable_insights"]
    readonly_fields = ["shown_conditions", "shown_insights"]
    seen = share_column("frequency", description=_("frequency"))
    confidence = share_column("confidence_level", description=_("confidence level"))
    shown_conditions = document("conditions", _("conditions"))
    shown_insights = document("actionable_insights", _("what to do"))


@admin.register(BehaviorPattern)
class BehaviorPage(ReadOnlyConsolePage):
    """Vectors are not read: they are for machines, and long."""

    list_display = ["segment", "pattern_type", "frequency", "rate", "embedding_model"]
    list_filter = ["embedding_model"]
    search_fields = ["segment", "pattern_type"]
    rate = share_column("conversion_rate", description=_("conversion rate"))

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("embedding")


@admin.register(CampaignEmbedding)
class CampaignEmbeddingPage(ReadOnlyConsolePage):
    list_display = [
        "campaign_link", "platform", "performance", "rate", "audience_size", "embedding_model",
    ]  # fmt: skip
    list_filter = ["platform", "embedding_model"]
    list_select_related = ["campaign"]
    search_fields = ["campaign__name"]
    campaign_link = related_link("campaign")
    performance = bar_column("performance_score", 100, description=_("performance"))
    rate = share_column("conversion_rate", description=_("conversion rate"))

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("embedding")
