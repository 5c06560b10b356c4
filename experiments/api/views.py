"""Tests, their variations and their results."""

from typing import Any

from django.db import models
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import ReadOnlyWorkspaceViewSet, WorkspaceViewSet, tenancy_of
from experiments import lifecycle
from experiments.api.serializers import (
    ABTestSerializer,
    ABTestSummary,
    TestCompletionSerializer,
    TestResultSerializer,
    TestVariationSerializer,
)
from experiments.models import ABTest, TestResult, TestVariation
from personalization.api.serializers import CampaignSummary

TEST = OpenApiExample(
    "A shorter headline",
    request_only=True,
    value={
        "name": "Shorter headline",
        "test_type": "simple_ab",
        "hypothesis": "A headline of five words makes more people write to us.",
        "confidence_threshold": 0.95,
        "sample_size": 1000,
        "duration_days": 14,
    },
)
VARIATION = OpenApiExample(
    "Half of the visitors",
    request_only=True,
    value={
        "ab_test": "0199a1c0-0000-7000-8000-000000000001",
        "variation_id": "short",
        "name": "Five words",
        "traffic_percentage": "50.00",
        "content_configuration": {"headline": "Oud, aged in Taif"},
    },
)
SMALLER = OpenApiExample(
    "A fifth of the visitors", request_only=True, value={"traffic_percentage": "20.00"}
)
COMPLETION = OpenApiExample(
    "With a winner",
    request_only=True,
    value={"winning_variation": "0199a1c0-0000-7000-8000-000000000002"},
)


class ABTestFilter(filters.FilterSet):
    started_after = filters.IsoDateTimeFilter(field_name="start_date", lookup_expr="gte")
    started_before = filters.IsoDateTimeFilter(field_name="start_date", lookup_expr="lt")

    class Meta:
        model = ABTest
        fields = ["user", "profile", "campaign", "status", "test_type", "significance_status"]


@extend_schema_view(
    create=extend_schema(examples=[TEST]), partial_update=extend_schema(examples=[TEST])
)
class ABTestViewSet(WorkspaceViewSet):
    """Tests of variations against each other, from a draft to their end."""

    queryset = ABTest.objects.order_by("-id")
    serializer_class = ABTestSerializer
    filterset_class = ABTestFilter
    search_fields = ["name", "hypothesis"]
    ordering_fields = ["start_date"]
    expandable = {
        "campaign": CampaignSummary,
        "variations": TestVariationSerializer,
        "results": TestResultSerializer,
    }

    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        serializer.save(**self.stamp(ABTest), user_id=tenancy_of(self.request).user_id)

    def perform_destroy(self, instance: ABTest) -> None:
        lifecycle.discard(ab_test=instance)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, **kwargs: Any) -> Response:
        """Let a draft run; its variations, two or more, have to make 100 per cent."""
        return self._answer(lifecycle.start(ab_test=self.get_object(), now=timezone.now()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, **kwargs: Any) -> Response:
        """Let it take in nobody new."""
        return self._answer(lifecycle.pause(ab_test=self.get_object()))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, **kwargs: Any) -> Response:
        """End a pause."""
        return self._answer(lifecycle.resume(ab_test=self.get_object()))

    @extend_schema(request=TestCompletionSerializer, examples=[COMPLETION])
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, **kwargs: Any) -> Response:
        """End it, with the variation that won where there is one."""
        ab_test = self.get_object()
        form = TestCompletionSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        winner = form.validated_data["winning_variation"]
        return self._answer(lifecycle.complete(ab_test=ab_test, now=timezone.now(), winner=winner))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, **kwargs: Any) -> Response:
        """End it without a result, for good."""
        return self._answer(lifecycle.cancel(ab_test=self.get_object(), now=timezone.now()))

    def _answer(self, ab_test: ABTest) -> Response:
        return Response(self.get_serializer(ab_test).data)


class TestVariationFilter(filters.FilterSet):
    ctr_at_least = filters.NumberFilter(field_name="ctr", lookup_expr="gte")
    conversion_rate_at_least = filters.NumberFilter(field_name="conversion_rate", lookup_expr="gte")

    class Meta:
        model = TestVariation
        fields = ["ab_test", "variation_id"]


@extend_schema_view(
    create=extend_schema(examples=[VARIATION]), partial_update=extend_schema(examples=[SMALLER])
)
class TestVariationViewSet(WorkspaceViewSet):
    """The variations of tests; they change only while their test is a draft."""

    queryset: "models.QuerySet[Any]" = TestVariation.objects.order_by("-id")
    serializer_class = TestVariationSerializer
    filterset_class = TestVariationFilter
    expandable = {"ab_test": ABTestSummary}

    def perform_destroy(self, instance: TestVariation) -> None:
        lifecycle.require_draft(instance.ab_test)
        instance.delete()


class TestResultFilter(filters.FilterSet):
    calculated_after = filters.IsoDateTimeFilter(field_name="calculated_at", lookup_expr="gte")
    confidence_at_least = filters.NumberFilter(field_name="confidence_level", lookup_expr="gte")

    class Meta:
        model = TestResult
        fields = ["ab_test", "significance_status"]


class TestResultViewSet(ReadOnlyWorkspaceViewSet):
    """What tests came to, each time that it was calculated."""

    queryset = TestResult.objects.order_by("-id")
    serializer_class = TestResultSerializer
    filterset_class = TestResultFilter
    ordering_fields = ["calculated_at", "confidence_level"]
    expandable = {"ab_test": ABTestSummary}
