"""What lists can be asked for: JSON that a document holds, ranges, and what is indexed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from personalization.models import (
    AdCampaign,
    BehaviorPattern,
    Campaign,
    CampaignEmbedding,
    CampaignRecommendation,
    Content,
    ContentTemplate,
    LearningInsight,
    MetaUserProfile,
    PerformancePattern,
    PersonalizedContent,
)


class DocumentField(forms.JSONField):
    """A JSON object in a query; one that is nested beyond reading is refused like no JSON."""

    def to_python(self, value: Any) -> Any:
        try:
            document = super().to_python(value)
        except RecursionError:
            document = []
        if document is not None and not isinstance(document, dict):
            raise ValidationError(_('A JSON object, such as {"country": "SA"}.'))
        return document


@extend_schema_field(OpenApiTypes.STR)
class DocumentFilter(filters.Filter):
    """Rows whose document holds this one, by the queryset's own look-up `having`."""

    field_class = DocumentField

    def __init__(self, having: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.having = having

    def filter(self, queryset: Any, value: Any) -> Any:
        return getattr(queryset, self.having)(value) if value else queryset


def at_least(field: str) -> filters.NumberFilter:
    return filters.NumberFilter(field_name=field, lookup_expr="gte")


class Dated(filters.FilterSet):
    """Rows made in a period."""

    created_after = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")


class MetaUserProfileFilter(filters.FilterSet):
    updated_after = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = MetaUserProfile
        fields = ["user", "industry", "business_size", "budget_range", "primary_objective"]


class CampaignFilter(Dated):
    config = DocumentFilter("configured")

    class Meta:
        model = Campaign
        fields = ["type", "status", "created_by", "created_by_agent"]


class AdCampaignFilter(filters.FilterSet):
    audience = DocumentFilter("aimed_at")
    performance = DocumentFilter("performing")
    optimized_before = filters.IsoDateTimeFilter(field_name="last_optimized", lookup_expr="lt")

    class Meta:
        model = AdCampaign
        fields = ["campaign", "platform", "platform_campaign_id"]


class ContentFilter(Dated):
    metadata = DocumentFilter("described")
    performance_at_least = at_least("performance_score")
    published_after = filters.IsoDateTimeFilter(field_name="published_at", lookup_expr="gte")
    is_published = filters.BooleanFilter(
        field_name="published_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Content
        fields = ["content_type", "campaign", "generated_by"]


class ContentTemplateFilter(filters.FilterSet):
    performance_at_least = at_least("performance_score")

    class Meta:
        model = ContentTemplate
        fields = ["user", "template_type", "category", "is_active", "is_public"]


class PersonalizedContentFilter(Dated):
    engagement_at_least = at_least("engagement_score")
    better_than_template = filters.BooleanFilter(method="beats")

    class Meta:
        model = PersonalizedContent
        fields = ["user", "campaign", "template", "content_type"]

    def beats(self, queryset: "models.QuerySet[Any]", name: str, value: bool) -> Any:
        lookup = "gt" if value else "lte"
        return queryset.filter(**{f"performance_vs_template__{lookup}": 0})


class RecommendationFilter(Dated):
    confidence_at_least = at_least("confidence_score")

    class Meta:
        model = CampaignRecommendation
        fields = ["user", "profile", "campaign_type", "status"]


class InsightFilter(filters.FilterSet):
    confidence_at_least = at_least("confidence_score")
    improvement_at_least = at_least("improvement_percentage")
    discovered_after = filters.IsoDateTimeFilter(field_name="discovered_at", lookup_expr="gte")

    class Meta:
        model = LearningInsight
        fields = ["user", "profile", "campaign", "insight_type", "status", "priority"]


class PatternFilter(filters.FilterSet):
    confidence_at_least = at_least("confidence_level")
    frequency_at_least = at_least("frequency")
    observed_after = filters.IsoDateTimeFilter(field_name="last_observed", lookup_expr="gte")

    class Meta:
        model = PerformancePattern
        fields = ["user", "pattern_type"]


class BehaviorFilter(filters.FilterSet):
    class Meta:
        model = BehaviorPattern
        fields = ["segment", "pattern_type", "embedding_model"]


class CampaignEmbeddingFilter(filters.FilterSet):
    class Meta:
        model = CampaignEmbedding
        fields = ["campaign", "platform", "embedding_model"]
