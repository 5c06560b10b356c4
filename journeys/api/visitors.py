"""Contacts, what they did, leads, and the ledger of what came in."""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import ReadOnlyWorkspaceViewSet, WorkspaceViewSet
from accounts.api.filtering import BadParameterError
from builder.api.summaries import ProjectSummary
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


CONTACT_EXAMPLE = {
    "email": "layan@example.com",
    "user_id": "customer-1042",
    "traits": {"name": "Layan Haddad", "company": "Dar Al Qahwa"},
    "segment": "wholesale",
}


def json_object(name: str, value: str) -> dict[str, Any]:
    """A parameter that is a JSON object. Raises BadParameterError."""
    try:
        found = json.loads(value)
    except ValueError:
        found = None
    if not isinstance(found, dict) or "\\u0000" in value:
        raise BadParameterError({name: _("A JSON object.")})
    return found


class ContactFilter(filters.FilterSet):
    email = filters.CharFilter(method="by_email")
    identity = filters.CharFilter(
        method="by_identity", help_text="A user id, anonymous id or e-mail address."
    )
    seen_after = filters.IsoDateTimeFilter(field_name="last_seen", lookup_expr="gte")
    seen_before = filters.IsoDateTimeFilter(field_name="last_seen", lookup_expr="lt")

    created_after = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")
    traits = filters.CharFilter(
        method="by_traits", help_text="A JSON object: contacts of whom at least this is known."
    )

    class Meta:
        model = Contact
        fields = ["segment"]

    def by_email(self, queryset: Any, name: str, value: str) -> models.QuerySet[Contact]:
        found: models.QuerySet[Contact] = queryset.filter(email=value.strip().lower())
        return found

    def by_identity(self, queryset: Any, name: str, value: str) -> models.QuerySet[Contact]:
        found: models.QuerySet[Contact] = queryset.filter(identities__value=value).distinct()
        return found

    def by_traits(self, queryset: Any, name: str, value: str) -> models.QuerySet[Contact]:
        found: models.QuerySet[Contact] = queryset.with_traits(json_object(name, value))
        return found


class ContactViewSet(WorkspaceViewSet):
    """Visitors: anonymous at first, known by a user id or an address later."""

    queryset = Contact.objects.prefetch_related("identities").order_by("-id")
    serializer_class = ContactSerializer
    filterset_class = ContactFilter
    ordering_fields = ["last_seen", "created_at", "email", "segment"]
    bulk_create = True
    bulk_key = ["email"]

    @extend_schema(examples=[OpenApiExample("A contact", CONTACT_EXAMPLE, request_only=True)])
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter a contact by hand; visitors become contacts by themselves."""
        return super().create(request, *args, **kwargs)


class EventFilter(filters.FilterSet):
    after = filters.IsoDateTimeFilter(field_name="timestamp", lookup_expr="gte")
    before = filters.IsoDateTimeFilter(field_name="timestamp", lookup_expr="lt")
    path = filters.CharFilter(help_text="Of the page, without the host.")
    utm_source = filters.CharFilter()

    class Meta:
        model = Event
        fields = ["project", "contact", "type", "event_name", "session_id"]


class EventViewSet(ReadOnlyWorkspaceViewSet):
    """What visitors did, newest first. Events come in over `/v1/batch` and its siblings."""

    queryset = Event.objects.order_by("-id")
    serializer_class = EventSerializer
    filterset_class = EventFilter
    ordering_fields = ["timestamp"]
    expandable = {"contact": ContactSerializer, "project": ProjectSummary}


class LeadFilter(filters.FilterSet):
    created_after = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")

    least_score = filters.NumberFilter(field_name="score", lookup_expr="gte")
    properties = filters.CharFilter(
        method="by_properties", help_text="A JSON object: leads that have at least these."
    )

    class Meta:
        model = Lead
        fields = ["project", "contact", "status", "qualified", "source", "email"]

    def by_properties(self, queryset: Any, name: str, value: str) -> models.QuerySet[Lead]:
        found: models.QuerySet[Lead] = queryset.with_properties(json_object(name, value))
        return found


class LeadViewSet(WorkspaceViewSet):
    """People who may become customers, from forms or entered by hand."""

    queryset = Lead.objects.order_by("-id")
    serializer_class = LeadSerializer
    filterset_class = LeadFilter
    ordering_fields = ["created_at", "score", "email", "status", "qualified", "source"]
    expandable = {"contact": ContactSerializer, "project": ProjectSummary}
    bulk_create = True

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
