"""What the consultant knows and what it found out, over the API."""

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import (
    ReadOnlyWorkspaceViewSet,
    RolePermission,
    WorkspaceQueryset,
    WorkspaceViewSet,
)
from conversations import insights
from conversations.api.serializers import (
    KnowledgeChunkSerializer,
    KnowledgeDocumentSerializer,
    KnowledgeDocumentSummary,
    MarketingInsightSerializer,
)
from conversations.models import KnowledgeChunk, KnowledgeDocument, MarketingInsight

Status = MarketingInsight.Status

ADD = OpenApiExample(
    "Teach the consultant",
    value={
        "title": "Selling coffee in Ramadan",
        "body": "Evenings are long, and people shop after the prayer.",
        "category": "market_trends",
        "source": "user_generated",
        "tags": ["ramadan"],
    },
    request_only=True,
)
RETAG = OpenApiExample("Other tags", value={"tags": ["ramadan", "coffee"]}, request_only=True)
JUDGE = OpenApiExample(
    "Rate it, and say that it was done",
    value={"user_rating": 5, "user_feedback": "Visits doubled.", "implemented": True},
    request_only=True,
)


class OwnDocuments(RolePermission):
    """The platform's documents are read by all, and written by no workspace."""

    def has_object_permission(self, request: Request, view: Any, obj: Any) -> bool:
        return request.method in SAFE_METHODS or obj.workspace_id is not None


class KnowledgeDocumentFilter(filters.FilterSet):
    updated_after = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = KnowledgeDocument
        fields = ["category", "source", "language"]


class KnowledgeDocumentViewSet(WorkspaceViewSet):
    """What the consultant reads: the platform's documents and the workspace's own."""

    queryset = KnowledgeDocument.objects.order_by("-id")
    serializer_class = KnowledgeDocumentSerializer
    permission_classes = [OwnDocuments]
    filterset_class = KnowledgeDocumentFilter
    ordering_fields = ["updated_at"]

    @extend_schema(examples=[ADD])
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give the consultant a document to read."""
        return super().create(request, *args, **kwargs)

    @extend_schema(examples=[RETAG])
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a document; where its text changes it is cut into pieces anew."""
        return super().partial_update(request, *args, **kwargs)


class KnowledgeChunkViewSet(ReadOnlyWorkspaceViewSet):
    """The pieces that documents are cut into."""

    queryset = KnowledgeChunk.objects.order_by("-id")
    serializer_class = KnowledgeChunkSerializer
    filterset_fields = ["document", "embedding_model"]
    expandable = {"document": KnowledgeDocumentSummary}


class MarketingInsightFilter(filters.FilterSet):
    created_after = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = MarketingInsight
        fields = ["user", "insight_type", "status", "priority"]


class MarketingInsightViewSet(
    WorkspaceQueryset,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[Any],
):
    """What the consultant found out for one; owners and admins read everybody's."""

    queryset = MarketingInsight.objects.order_by("-id")
    serializer_class = MarketingInsightSerializer
    permission_classes = [RolePermission]
    http_method_names = ["get", "post", "patch", "head", "options"]
    own_rows = True
    filterset_class = MarketingInsightFilter
    ordering_fields = ["created_at"]

    @extend_schema(examples=[JUDGE])
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Rate an insight, or say what became of it."""
        return super().partial_update(request, *args, **kwargs)

    @extend_schema(request=None, responses=MarketingInsightSerializer)
    @action(detail=True, methods=["post"])
    def implement(self, request: Request, **kwargs: Any) -> Response:
        """Say that it was put into practice."""
        return self._move(Status.IMPLEMENTED)

    @extend_schema(request=None, responses=MarketingInsightSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, **kwargs: Any) -> Response:
        """Put it aside."""
        return self._move(Status.DISMISSED)

    @extend_schema(request=None, responses=MarketingInsightSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Take it up again."""
        return self._move(Status.ACTIVE)

    def _move(self, status: str) -> Response:
        insight = insights.move(insight=self.get_object(), status=status)
        return Response(self.get_serializer(insight).data)
