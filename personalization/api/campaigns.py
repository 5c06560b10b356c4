"""Marketing profiles, campaigns, what runs on platforms, and how they are personalized."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import WorkspaceViewSet, tenancy_of
from accounts.models import ADMINS
from personalization import campaigns
from personalization.api.filters import AdCampaignFilter, CampaignFilter, MetaUserProfileFilter
from personalization.api.serializers import (
    AdCampaignSerializer,
    CampaignSerializer,
    CampaignSettingsSerializer,
    CampaignSummary,
    MetaUserProfileSerializer,
)
from personalization.models import (
    AdCampaign,
    Campaign,
    CampaignPersonalizationSettings,
    MetaUserProfile,
)

PROFILE = OpenApiExample(
    "A perfume house in Jeddah",
    request_only=True,
    value={
        "business_size": "smb",
        "industry": "perfume",
        "monthly_budget": "15000.00",
        "currency": "SAR",
        "budget_range": "medium",
        "primary_objective": "sales",
        "objectives": ["sales", "brand_awareness"],
        "target_age_groups": ["millennial", "gen_z"],
        "target_locations": ["Jeddah", "Riyadh"],
        "brand_voice": "luxury",
        "platform_priorities": ["instagram", "tiktok"],
        "brand_colors": ["#5b3a1e"],
        "risk_tolerance": 0.3,
    },
)
CAMPAIGN = OpenApiExample(
    "Founding Day",
    request_only=True,
    value={
        "name": "Founding Day",
        "type": "ad",
        "config": {
            "audience": {"country": "SA"},
            "channels": ["linkedin"],
            "goals": {"leads": 200},
        },
        "budget": "20000.00",
    },
)
AD_CAMPAIGN = OpenApiExample(
    "On LinkedIn",
    request_only=True,
    value={
        "campaign": "0199a1c0-0000-7000-8000-000000000001",
        "platform": "linkedin",
        "platform_campaign_id": "urn:li:sponsoredCampaign:7",
        "audience_config": {"seniority": ["director"]},
        "creatives": [{"headline": "Aged oud, from Taif"}],
    },
)
SETTINGS = OpenApiExample(
    "By behaviour, optimized every day",
    request_only=True,
    value={
        "campaign": "0199a1c0-0000-7000-8000-000000000001",
        "personalization_level": "advanced",
        "auto_optimization_enabled": True,
        "rotation_strategy": "best",
        "optimization_frequency": "daily",
        "performance_targets": {"conversion_rate": 0.05},
    },
)


def written(example: OpenApiExample) -> Any:
    """One example for both ways of writing a record."""
    return extend_schema_view(
        create=extend_schema(examples=[example]), partial_update=extend_schema(examples=[example])
    )


@written(PROFILE)
class MetaUserProfileViewSet(WorkspaceViewSet):
    """One's own marketing profile, one a workspace; its admins read those of its members."""

    queryset = MetaUserProfile.objects.order_by("-id")
    serializer_class = MetaUserProfileSerializer
    own_rows = True
    seers = ADMINS
    filterset_class = MetaUserProfileFilter
    ordering_fields = ["updated_at"]


@written(CAMPAIGN)
class CampaignViewSet(WorkspaceViewSet):
    """Campaigns, from a draft to their end."""

    queryset = Campaign.objects.order_by("-id")
    serializer_class = CampaignSerializer
    filterset_class = CampaignFilter
    search_fields = ["name"]
    ordering_fields = ["created_at"]

    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        serializer.save(**self.stamp(Campaign), created_by_id=tenancy_of(self.request).user_id)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, **kwargs: Any) -> Response:
        """Let it run, from a draft or a pause."""
        return self._move(Campaign.Status.ACTIVE)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, **kwargs: Any) -> Response:
        """Halt it; `start` lets it go on."""
        return self._move(Campaign.Status.PAUSED)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, **kwargs: Any) -> Response:
        """Say that it came to its end."""
        return self._move(Campaign.Status.COMPLETED)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, **kwargs: Any) -> Response:
        """End it before its end, for good."""
        return self._move(Campaign.Status.STOPPED)

    def _move(self, status: str) -> Response:
        moved = campaigns.move(campaign=self.get_object(), status=status, now=timezone.now())
        return Response(self.get_serializer(moved).data)


@written(AD_CAMPAIGN)
class AdCampaignViewSet(WorkspaceViewSet):
    """What campaigns are on advertising platforms, with the platforms' figures."""

    queryset = AdCampaign.objects.order_by("-id")
    serializer_class = AdCampaignSerializer
    filterset_class = AdCampaignFilter
    ordering_fields = ["last_optimized"]
    expandable = {"campaign": CampaignSummary}


@written(SETTINGS)
class CampaignSettingsViewSet(WorkspaceViewSet):
    """How each campaign is personalized; one row a campaign."""

    queryset = CampaignPersonalizationSettings.objects.order_by("-id")
    serializer_class = CampaignSettingsSerializer
    filterset_fields = [
        "campaign", "user", "personalization_level", "auto_optimization_enabled",
    ]  # fmt: skip
    expandable = {"campaign": CampaignSummary}

    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        stamp = self.stamp(CampaignPersonalizationSettings)
        serializer.save(**stamp, user_id=tenancy_of(self.request).user_id)
