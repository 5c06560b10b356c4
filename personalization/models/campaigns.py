"""Campaigns, and what runs of them on advertising platforms."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.history import tracked
from accounts.models import (
    Erasure,
    PersonalData,
    StatusMixin,
    TenantForeignKey,
    TenantModel,
    not_negative,
    one_of,
    ordered,
)
from journeys.searching import Found
from personalization.models.measures import (
    a_currency,
    currency,
    money,
    ratio,
)

CAMPAIGN = "personalization_campaign"
AD_CAMPAIGN = "personalization_adcampaign"


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def configured(self, config: Any) -> "CampaignQuerySet":
        """Campaigns whose configuration holds `config`, a JSON document (`@>`)."""
        found = Found("personalization_campaigns_with", config, output_field=models.JSONField())
        return self.filter(pk__in=found)


@tracked(exclude=("spent",))
class Campaign(StatusMixin, TenantModel):
    class Type(models.TextChoices):
        LEAD_GEN = "lead_gen", _("lead generation")
        CONTENT = "content", _("content")
        RETENTION = "retention", _("retention")
        AD = "ad", _("advertising")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        COMPLETED = "completed", _("completed")
        STOPPED = "stopped", _("stopped")

    # Completed: it came to its end. Stopped: somebody ended it.
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.ACTIVE, Status.STOPPED}),
        Status.ACTIVE: frozenset({Status.PAUSED, Status.COMPLETED, Status.STOPPED}),
        Status.PAUSED: frozenset({Status.ACTIVE, Status.COMPLETED, Status.STOPPED}),
        Status.COMPLETED: frozenset(),
        Status.STOPPED: frozenset(),
    }
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="created_by", erasure=Erasure.DETACH),
    )

    name = models.CharField(_("name"), max_length=255)
    type = models.CharField(pgettext_lazy("of a thing", "type"), max_length=10, choices=Type)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        db_default=Status.DRAFT,
        editable=False,
    )
    config = models.JSONField(
        _("configuration"), default=dict, blank=True, help_text=_("Audience, channels, goals.")
    )
    budget = money(_("budget"))
    spent = money(_("spent"), default=Decimal(0), db_default=Decimal(0))
    currency = currency()
    budget_used = models.GeneratedField(
        expression=ratio("spent", "budget"),
        output_field=models.FloatField(),
        db_persist=True,
        verbose_name=_("share of the budget spent"),
        help_text=_("0 and more, 1 being the whole; empty without a budget."),
    )
    started_at = models.DateTimeField(_("started at"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        db_index=False,
        verbose_name=_("created by"),
    )
    created_by_agent = models.CharField(
        _("agent that made it"),
        max_length=50,
        blank=True,
        editable=False,
        help_text=_("Empty where a person did."),
    )

    objects = CampaignQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            one_of(CAMPAIGN, "type", ["lead_gen", "content", "retention", "ad"]),
            one_of(CAMPAIGN, "status", ["draft", "active", "paused", "completed", "stopped"]),
            # What is spent may exceed the budget: platforms overspend, and that must be seen.
            *not_negative(CAMPAIGN, "budget", "spent"),
            a_currency(CAMPAIGN),
            ordered(CAMPAIGN, "started_at", "ended_at"),
            models.CheckConstraint(
                condition=~models.Q(status__in=["active", "paused", "completed"])
                | models.Q(started_at__isnull=False),
                name=f"{CAMPAIGN}_has_started",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["completed", "stopped"], ended_at__isnull=False)
                | models.Q(status__in=["draft", "active", "paused"], ended_at__isnull=True),
                name=f"{CAMPAIGN}_has_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "status", "-id"], name="campaign_status"),
            models.Index(fields=["workspace", "type", "-id"], name="campaign_type"),
            models.Index(fields=["workspace", "-created_at", "-id"], name="campaign_created"),
            models.Index(fields=["workspace", "created_by", "-id"], name="campaign_created_by"),
            models.Index(
                fields=["workspace", "created_by_agent"],
                name="campaign_agent",
                condition=~models.Q(created_by_agent=""),
            ),
            GinIndex("workspace", OpClass("config", name="jsonb_path_ops"), name="campaign_config"),
        ]

    def __str__(self) -> str:
        return self.name


class AdCampaignQuerySet(models.QuerySet["AdCampaign"]):
    def aimed_at(self, audience: Any) -> "AdCampaignQuerySet":
        """Those whose audience holds `audience`, a JSON document (`@>`)."""
        return self._holding("personalization_adcampaigns_aimed_at", audience)

    def performing(self, metrics: Any) -> "AdCampaignQuerySet":
        """Those whose performance holds `metrics`, a JSON document (`@>`)."""
        return self._holding("personalization_adcampaigns_performing", metrics)

    def _holding(self, function: str, document: Any) -> "AdCampaignQuerySet":
        return self.filter(pk__in=Found(function, document, output_field=models.JSONField()))


@tracked(exclude=("performance_metrics", "last_optimized"))
class AdCampaign(TenantModel):
    """What a campaign is on one advertising platform."""

    class Platform(models.TextChoices):
        GOOGLE_ADS = "google_ads", _("Google Ads")
        LINKEDIN = "linkedin", _("LinkedIn")
        PRODUCTHUNT = "producthunt", _("Product Hunt")

    # The campaign is the workspace's, whoever made it; nobody is named here.
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = ()

    campaign = TenantForeignKey(
        Campaign,
        on_delete=models.CASCADE,
        related_name="ad_campaigns",
        db_index=False,
        verbose_name=_("campaign"),
    )
    platform = models.CharField(_("platform"), max_length=15, choices=Platform)
    platform_campaign_id = models.CharField(
        _("identifier on the platform"), max_length=255, blank=True
    )
    audience_config = models.JSONField(_("audience"), default=dict, blank=True)
    creatives = models.JSONField(_("creatives"), default=list, blank=True)
    performance_metrics = models.JSONField(_("performance"), default=dict, blank=True)
    last_optimized = models.DateTimeField(_("last optimized"), null=True, blank=True)

    objects = AdCampaignQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("advertising campaign")
        verbose_name_plural = _("advertising campaigns")
        constraints = [
            one_of(AD_CAMPAIGN, "platform", ["google_ads", "linkedin", "producthunt"]),
            # The platform's figures for one of its campaigns would otherwise count twice.
            models.UniqueConstraint(
                fields=["workspace", "platform", "platform_campaign_id"],
                condition=~models.Q(platform_campaign_id=""),
                name=f"{AD_CAMPAIGN}_on_platform",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "campaign", "-id"], name="adcampaign_campaign"),
            models.Index(fields=["workspace", "platform", "-id"], name="adcampaign_platform"),
            models.Index(
                fields=["workspace", "-last_optimized", "-id"], name="adcampaign_optimized"
            ),
            GinIndex(
                "workspace",
                OpClass("audience_config", name="jsonb_path_ops"),
                name="adcampaign_audience",
            ),
            GinIndex(
                "workspace",
                OpClass("performance_metrics", name="jsonb_path_ops"),
                name="adcampaign_performance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.get_platform_display()}"
