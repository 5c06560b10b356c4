"""Contacts, what they did, leads, and the ledger of what came in."""

from typing import Any

from django.db import models
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import ReadOnlyWorkspaceViewSet, WorkspaceViewSet
from journeys.api.visitor_serializers import (
    ContactSerializer,
    EventSerializer,
    IngestCountSerializer,
    LeadSerializer,
)
from journeys.models import Contact, Event, IngestCount, Lead

LEAD_EXAMPLE = {
    "name": "Layan Haddad",
    "email": "layan@example.com",
    "phone": "+966 50 000 0000",
    "company": "Dar Al Qahwa",
    "source": "trade fair",
}


class ContactFilter(filters.FilterSet):
    email = filters.CharFilter(method="by_email")
    identity = filters.CharFilter(
        method="by_identity", help_text="A user id, anonymous id or e-mail address."
    )
    seen_after = filters.IsoDateTimeFilter(field_name="last_seen", lookup_expr="gte")
    seen_before = filters.IsoDateTimeFilter(field_name="last_seen", lookup_expr="lt")

    class Meta:
        model = Contact
        fields = ["segment"]

    def by_email(self, queryset: Any, name: str, value: str) -> models.QuerySet[Contact]:
        found: models.QuerySet[Contact] = queryset.filter(email=value.strip().lower())
        return found

    def by_identity(self, queryset: Any, name: str, value: str) -> models.QuerySet[Contact]:
        found: models.QuerySet[Contact] = queryset.filter(identities__value=value).distinct()
        return found


class ContactViewSet(WorkspaceViewSet):
    """Visitors: anonymous at first, known by a user id or an address later."""

    queryset = Contact.objects.prefetch_related("identities").order_by("-id")
    serializer_class = ContactSerializer
    filterset_class = ContactFilter
    http_method_names = ["get", "patch", "delete", "head", "options"]


class EventFilter(filters.FilterSet):
    after = filters.IsoDateTimeFilter(field_name="timestamp", lookup_expr="gte")
    before = filters.IsoDateTimeFilter(field_name="timestamp", lookup_expr="lt")

    class Meta:
        model = Event
        fields = ["project", "contact", "type", "event_name", "session_id", "anonymous_id"]


class EventViewSet(ReadOnlyWorkspaceViewSet):
    """What visitors did, newest first. Events come in over `/v1/batch` and its siblings."""

    queryset = Event.objects.order_by("-id")
    serializer_class = EventSerializer
    filterset_class = EventFilter


class LeadFilter(filters.FilterSet):
    created_after = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = Lead
        fields = ["project", "contact", "status", "qualified", "source", "email"]


class LeadViewSet(WorkspaceViewSet):
    """People who may become customers, from forms or entered by hand."""

    queryset = Lead.objects.order_by("-id")
    serializer_class = LeadSerializer
    filterset_class = LeadFilter

    @extend_schema(examples=[OpenApiExample("A lead", LEAD_EXAMPLE, request_only=True)])
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter a lead by hand; those from forms come by their workflow."""
        return super().create(request, *args, **kwargs)


class IngestCountFilter(filters.FilterSet):
    after = filters.IsoDateTimeFilter(field_name="hour", lookup_expr="gte")
    before = filters.IsoDateTimeFilter(field_name="hour", lookup_expr="lt")

    class Meta:
        model = IngestCount
        fields = ["key", "outcome", "reason"]


class IngestCountViewSet(ReadOnlyWorkspaceViewSet):
    """The ledger: what each key sent in each hour (UTC), and what became of it."""

    queryset = IngestCount.objects.order_by("-id")
    serializer_class = IngestCountSerializer
    filterset_class = IngestCountFilter
