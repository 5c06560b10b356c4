"""Campaigns that the platform suggests to somebody, with what it expects of them."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Erasure,
    PersonalData,
    StatusMixin,
    TenantForeignKey,
    TenantModel,
    between,
    not_negative,
    one_of,
)
from personalization.models.campaigns import Campaign
from personalization.models.content import AssetType
from personalization.models.measures import (
    LARGEST,
    a_currency,
    change,
    currency,
    money,
    share,
)

# Names of constraints have 63 letters at most: the table's own would leave too few.
TABLE = "personalization_recommendation"
# What is predicted, and the name under which `actual_performance` has it afterwards.
MEASURES: Final = ("ctr", "engagement_rate", "conversion_rate", "roi")


class CampaignRecommendation(StatusMixin, TenantModel):
    class Status(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        ACCEPTED = "accepted", _("accepted")
        IMPLEMENTED = "implemented", _("implemented")
        DISMISSED = "dismissed", _("dismissed")

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.SUGGESTED: frozenset({Status.ACCEPTED, Status.IMPLEMENTED, Status.DISMISSED}),
        Status.ACCEPTED: frozenset({Status.IMPLEMENTED, Status.DISMISSED}),
        Status.DISMISSED: frozenset({Status.ACCEPTED}),
        Status.IMPLEMENTED: frozenset(),
    }
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DETACH),
    )

    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        db_index=False,
        verbose_name=_("user"),
        help_text=_("To whom it is suggested."),
    )
    profile = TenantForeignKey(
        "personalization.MetaUserProfile",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("marketing profile"),
    )
    campaign_type = models.CharField(_("kind of campaign"), max_length=10, choices=Campaign.Type)
    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("description"), blank=True)
    reasoning = models.TextField(_("reasons"), blank=True)
    content_prompts = models.JSONField(_("prompts"), default=list, blank=True)
    content_templates = models.JSONField(
        _("content templates"), default=list, blank=True, help_text=_("Their ids.")
    )
    content_style = models.CharField(_("style"), max_length=100, blank=True)
    content_type = models.CharField(
        _("kind of content"), max_length=15, choices=AssetType, null=True, blank=True
    )
    recommended_budget = money(_("recommended budget"))
    currency = currency()
    target_audience = models.JSONField(_("audience"), default=dict, blank=True)
    platform_allocation = models.JSONField(
        _("budget by platform"),
        default=dict,
        blank=True,
        help_text=_("The share of each platform, 0..1."),
    )
    predicted_ctr = share(_("predicted click-through rate"))
    predicted_engagement_rate = share(_("predicted engagement rate"))
    predicted_conversion_rate = share(_("predicted conversion rate"))
    predicted_roi = change(_("predicted return"))
    confidence_score = share(_("confidence"))
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=Status,
        default=Status.SUGGESTED,
        db_default=Status.SUGGESTED,
        editable=False,
    )
    implemented_at = models.DateTimeField(
        _("implemented at"), null=True, blank=True, editable=False
    )
    actual_performance = models.JSONField(
        _("actual performance"),
        default=dict,
        blank=True,
        help_text=_("What was predicted, as it came: ctr, engagement_rate, conversion_rate, roi."),
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("campaign recommendation")
        verbose_name_plural = _("campaign recommendations")
        constraints = [
            # What somebody dismissed does not come back under the same name.
            models.UniqueConstraint(
                fields=["workspace", "user", "campaign_type", "name"], name=f"{TABLE}_once"
            ),
            one_of(TABLE, "campaign_type", Campaign.Type),
            one_of(TABLE, "content_type", AssetType),
            one_of(TABLE, "status", ["suggested", "accepted", "implemented", "dismissed"]),
            *not_negative(TABLE, "recommended_budget"),
            a_currency(TABLE),
            *between(
                TABLE,
                0,
                1,
                "predicted_ctr",
                "predicted_engagement_rate",
                "predicted_conversion_rate",
                "confidence_score",
            ),
            *between(TABLE, -1, LARGEST, "predicted_roi"),
            models.CheckConstraint(
                condition=models.Q(status="implemented", implemented_at__isnull=False)
                | (~models.Q(status="implemented") & models.Q(implemented_at__isnull=True)),
                name=f"{TABLE}_is_implemented",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "-id"], name="recommendation_newest"),
            models.Index(fields=["workspace", "user", "-id"], name="recommendation_user"),
            models.Index(fields=["workspace", "campaign_type", "-id"], name="recommendation_type"),
            models.Index(
                fields=["workspace", "-confidence_score", "-id"], name="recommendation_confidence"
            ),
            models.Index(fields=["workspace", "-created_at", "-id"], name="recommendation_created"),
            models.Index(fields=["workspace", "status", "-id"], name="recommendation_status"),
            models.Index(fields=["workspace", "profile"], name="recommendation_profile"),
        ]

    def __str__(self) -> str:
        return self.name

    def comparison(self) -> list[tuple[str, float | None, float | None]]:
        """Each measure as (name, predicted, actual); None where it is not known."""
        actual: dict[str, Any] = self.actual_performance or {}
        return [(name, getattr(self, f"predicted_{name}"), actual.get(name)) for name in MEASURES]
