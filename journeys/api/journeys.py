"""Builders' journeys, what workflows have taught of contacts, and suggestions of workflows."""

from typing import Any

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import ANALYSTS, SEERS, WRITERS, ReadOnlyWorkspaceViewSet
from builder.api.summaries import ProjectSummary
from journeys.api.journey_serializers import (
    AcceptanceSerializer,
    EnrichmentSerializer,
    JourneyEventSerializer,
    JourneySerializer,
    SuggestionSerializer,
)
from journeys.api.visitor_serializers import ContactSerializer
from journeys.api.workflow_serializers import ConnectionSerializer, WorkflowSerializer
from journeys.models import (
    ContactWorkflowEnrichment,
    JourneyEvent,
    UserJourneyTracking,
    WorkflowSuggestion,
)
from journeys.workflows import suggestions

ACCEPTANCE = {"workflow": "0199a000-0000-7000-8000-000000000001"}


class JourneyFilter(filters.FilterSet):
    started_after = filters.IsoDateTimeFilter(field_name="journey_started_at", lookup_expr="gte")
    started_before = filters.IsoDateTimeFilter(field_name="journey_started_at", lookup_expr="lt")

    class Meta:
        model = UserJourneyTracking
        fields = ["user", "project", "template", "site_published", "magic_moment_achieved"]


class JourneyViewSet(ReadOnlyWorkspaceViewSet):
    """How people brought their projects from a template to a live site.

    One's own; admins, analysts and the workspace's programs see everybody's.
    """

    queryset = UserJourneyTracking.objects.order_by("-id")
    serializer_class = JourneySerializer
    filterset_class = JourneyFilter
    own_rows = True
    seers = SEERS | ANALYSTS
    expandable = {"project": ProjectSummary}
    ordering_fields = ["created_at", "journey_started_at"]


class JourneyEventFilter(filters.FilterSet):
    after = filters.IsoDateTimeFilter(field_name="timestamp", lookup_expr="gte")
    before = filters.IsoDateTimeFilter(field_name="timestamp", lookup_expr="lt")

    class Meta:
        model = JourneyEvent
        fields = ["journey", "event_type", "success"]


class JourneyEventViewSet(ReadOnlyWorkspaceViewSet):
    """The steps of the journeys, which are whose the journey is."""

    queryset = JourneyEvent.objects.order_by("-id")
    serializer_class = JourneyEventSerializer
    filterset_class = JourneyEventFilter
    own_rows = "journey__user"
    seers = SEERS | ANALYSTS
    expandable = {"journey": JourneySerializer}
    ordering_fields = ["timestamp"]


class EnrichmentFilter(filters.FilterSet):
    least_score = filters.NumberFilter(field_name="total_lead_score", lookup_expr="gte")

    class Meta:
        model = ContactWorkflowEnrichment
        fields = ["contact", "workflow"]


class EnrichmentViewSet(ReadOnlyWorkspaceViewSet):
    """What each workflow has taught of each contact."""

    queryset = ContactWorkflowEnrichment.objects.order_by("-id")
    serializer_class = EnrichmentSerializer
    filterset_class = EnrichmentFilter
    expandable = {"contact": ContactSerializer, "workflow": WorkflowSerializer}
    ordering_fields = ["total_lead_score"]


class SuggestionViewSet(ReadOnlyWorkspaceViewSet):
    """Workflows that components would do well to start; a person accepts or dismisses them."""

    queryset = WorkflowSuggestion.objects.order_by("-id")
    serializer_class = SuggestionSerializer
    filterset_fields = ["component_intelligence", "category", "status"]
    writers = WRITERS

    @extend_schema(
        request=AcceptanceSerializer,
        responses=ConnectionSerializer,
        examples=[OpenApiExample("With a workflow of yours", ACCEPTANCE, request_only=True)],
    )
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Connect the component: with the workflow named, or with a new one by the recipe."""
        suggestion = self.get_object()
        body = AcceptanceSerializer(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        connection = suggestions.accept(
            suggestion=suggestion, now=timezone.now(), workflow=body.validated_data.get("workflow")
        )
        shown = ConnectionSerializer(connection, context=self.get_serializer_context())
        return Response(shown.data)

    @extend_schema(request=None, responses=SuggestionSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Turn the suggestion down."""
        dismissed = suggestions.dismiss(suggestion=self.get_object(), now=timezone.now())
        return Response(self.get_serializer(dismissed).data)
