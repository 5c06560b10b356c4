"""The content library, templates, and what was made from them."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from accounts.api.base import ReadOnlyWorkspaceViewSet, WorkspaceViewSet, tenancy_of
from personalization.api.campaigns import written
from personalization.api.filters import (
    ContentFilter,
    ContentTemplateFilter,
    PersonalizedContentFilter,
)
from personalization.api.serializers import (
    CampaignSummary,
    ContentSerializer,
    ContentTemplateSerializer,
    ContentTemplateSummary,
    PersonalizedContentSerializer,
)
from personalization.models import Content, ContentTemplate, PersonalizedContent

CONTENT = OpenApiExample(
    "A post",
    request_only=True,
    value={
        "content_type": "blog",
        "title": "How oud is aged",
        "content": "Old wood gives the deepest scent.",
        "metadata": {"language": "en", "reading_minutes": 4},
    },
)
TEMPLATE = OpenApiExample(
    "A launch post",
    request_only=True,
    value={
        "name": "Launch post",
        "template_type": "social",
        "category": "launch",
        "base_prompt": "Write a post about {product} for {audience}.",
        "personalization_variables": ["product", "audience"],
        "target_industries": ["perfume"],
    },
)


@written(CONTENT)
class ContentViewSet(WorkspaceViewSet):
    """The library of content, searched by words in English and Arabic."""

    queryset = Content.objects.order_by("-id")
    serializer_class = ContentSerializer
    filterset_class = ContentFilter
    ordering_fields = ["created_at", "performance_score", "published_at"]
    expandable = {"campaign": CampaignSummary}
    bulk_create = True


@written(TEMPLATE)
class ContentTemplateViewSet(WorkspaceViewSet):
    """Prompts with variables, from which content is made."""

    queryset = ContentTemplate.objects.order_by("-id")
    serializer_class = ContentTemplateSerializer
    filterset_class = ContentTemplateFilter
    search_fields = ["name", "description"]
    ordering_fields = ["performance_score", "usage_count"]

    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        user = tenancy_of(self.request).user_id
        serializer.save(**self.stamp(ContentTemplate), user_id=user, created_by_id=user)


class PersonalizedContentViewSet(ReadOnlyWorkspaceViewSet):
    """What was made from templates, for whom, and how it did."""

    queryset = PersonalizedContent.objects.order_by("-id")
    serializer_class = PersonalizedContentSerializer
    filterset_class = PersonalizedContentFilter
    ordering_fields = ["created_at", "engagement_score", "performance_vs_template"]
    expandable = {"campaign": CampaignSummary, "template": ContentTemplateSummary}
