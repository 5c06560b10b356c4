"""Recommendations, insights, patterns and vectors: what machines find, and people decide on."""

from abc import ABC, abstractmethod
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import ReadOnlyWorkspaceViewSet
from personalization import insights, recommendations
from personalization.api.filters import (
    BehaviorFilter,
    CampaignEmbeddingFilter,
    InsightFilter,
    PatternFilter,
    RecommendationFilter,
)
from personalization.api.serializers import (
    BehaviorSerializer,
    CampaignEmbeddingSerializer,
    CampaignSummary,
    InsightSerializer,
    PatternSerializer,
    RecommendationSerializer,
)
from personalization.models import (
    BehaviorPattern,
    CampaignEmbedding,
    CampaignRecommendation,
    LearningInsight,
    PerformancePattern,
)


class Decided(ReadOnlyWorkspaceViewSet, ABC):
    """Records that are decided on: accepted, implemented, or dismissed."""

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, **kwargs: Any) -> Response:
        """Mean to do it; also after it was dismissed."""
        return self._answer("accepted")

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def implement(self, request: Request, **kwargs: Any) -> Response:
        """Say that it was done."""
        return self._answer("implemented")

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, **kwargs: Any) -> Response:
        """Not mean to do it."""
        return self._answer("dismissed")

    @abstractmethod
    def move(self, record: Any, status: str) -> Any:
        """The record with its new status. Raises TransitionError."""

    def _answer(self, status: str) -> Response:
        return Response(self.get_serializer(self.move(self.get_object(), status)).data)


class RecommendationViewSet(Decided):
    """Campaigns that are suggested, with what is predicted of them and what came of them."""

    queryset = CampaignRecommendation.objects.order_by("-id")
    serializer_class = RecommendationSerializer
    filterset_class = RecommendationFilter
    search_fields = ["name", "description"]
    ordering_fields = ["created_at", "confidence_score"]

    def move(self, record: Any, status: str) -> Any:
        return recommendations.move(recommendation=record, status=status, now=timezone.now())


class InsightViewSet(Decided):
    """What was learned from campaigns."""

    queryset = LearningInsight.objects.order_by("-id")
    serializer_class = InsightSerializer
    filterset_class = InsightFilter
    search_fields = ["title", "description"]
    ordering_fields = ["discovered_at", "confidence_score", "improvement_percentage"]
    expandable = {"campaign": CampaignSummary}

    def move(self, record: Any, status: str) -> Any:
        return insights.move(insight=record, status=status)


class PatternViewSet(ReadOnlyWorkspaceViewSet):
    """Under which conditions campaigns do better or worse."""

    queryset = PerformancePattern.objects.order_by("-id")
    serializer_class = PatternSerializer
    filterset_class = PatternFilter
    search_fields = ["name", "description"]
    ordering_fields = ["last_observed", "confidence_level", "frequency"]


class BehaviorViewSet(ReadOnlyWorkspaceViewSet):
    """How segments behave; their vectors stay inside."""

    queryset = BehaviorPattern.objects.defer("embedding").order_by("-id")
    serializer_class = BehaviorSerializer
    filterset_class = BehaviorFilter


class CampaignEmbeddingViewSet(ReadOnlyWorkspaceViewSet):
    """Past campaigns that new ones are compared with; their vectors stay inside."""

    queryset = CampaignEmbedding.objects.defer("embedding").order_by("-id")
    serializer_class = CampaignEmbeddingSerializer
    filterset_class = CampaignEmbeddingFilter
    expandable = {"campaign": CampaignSummary}
