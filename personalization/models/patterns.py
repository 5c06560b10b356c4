"""Regularities: of performance, and as vectors of behaviour and of past campaigns."""

from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import (
    EmbeddedModel,
    Erasure,
    PersonalData,
    TenantForeignKey,
    TenantModel,
    between,
    one_of,
    vector_constraints,
    vector_indexes,
)
from personalization.models.campaigns import AdCampaign
from personalization.models.measures import LARGEST, change, measure, score, share

PERFORMANCE = "personalization_performancepattern"
BEHAVIOR = "personalization_behaviorpattern"
CAMPAIGN = "personalization_campaignembedding"


class PerformancePattern(TenantModel):
    """A condition under which campaigns do better or worse, with how sure that is."""

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DETACH),
    )

    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("user"),
    )
    pattern_type = models.CharField(
        pgettext_lazy("of a thing", "type"),
        max_length=50,
        help_text=_("Such as timing, audience, content, budget."),
    )
    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("description"), blank=True)
    conditions = models.JSONField(_("conditions"), default=dict, blank=True)
    performance_impact = change(_("impact on performance"))
    frequency = share(_("frequency"), help_text=_("Share of the campaigns that show it, 0..1."))
    confidence_level = share(_("confidence level"))
    p_value = share(_("p-value"))
    effect_size = measure(_("size of the effect"))
    campaigns_analyzed = models.PositiveIntegerField(
        _("campaigns analysed"), default=0, db_default=0
    )
    time_period = DateRangeField(_("period"), null=True, blank=True)
    first_observed = models.DateTimeField(_("first observed"), null=True, blank=True)
    last_observed = models.DateTimeField(_("last observed"), null=True, blank=True)
    actionable_insights = models.JSONField(_("what to do"), default=list, blank=True)
    automation_potential = share(_("how far it can run by itself"))

    class Meta(TenantModel.Meta):
        verbose_name = _("performance pattern")
        verbose_name_plural = _("performance patterns")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user", "pattern_type", "name"], name=f"{PERFORMANCE}_once"
            ),
            *between(
                PERFORMANCE,
                0,
                1,
                "frequency",
                "confidence_level",
                "p_value",
                "automation_potential",
            ),
            *between(PERFORMANCE, -1, LARGEST, "performance_impact"),
            *between(PERFORMANCE, -LARGEST, LARGEST, "effect_size"),
            models.CheckConstraint(
                condition=models.Q(first_observed__isnull=True)
                | models.Q(last_observed__isnull=True)
                | models.Q(last_observed__gte=models.F("first_observed")),
                name=f"{PERFORMANCE}_observed",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "user", "-id"], name="performancepattern_user"),
            models.Index(
                fields=["workspace", "pattern_type", "-id"], name="performancepattern_type"
            ),
            models.Index(
                fields=["workspace", "-confidence_level", "-id"],
                name="performancepattern_confidence",
            ),
            models.Index(
                fields=["workspace", "-frequency", "-id"], name="performancepattern_frequency"
            ),
            models.Index(
                fields=["workspace", "-last_observed", "-id"], name="performancepattern_observed"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BehaviorPattern(EmbeddedModel, TenantModel):
    """How a segment of visitors behaves, as a vector; nobody is named in it."""

    # It is about segments: no person can be found from a row.
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = ()

    segment = models.CharField(_("segment"), max_length=50, blank=True)
    pattern_type = models.CharField(pgettext_lazy("of a thing", "type"), max_length=50, blank=True)
    frequency = models.FloatField(
        _("frequency"), null=True, blank=True, help_text=_("Times a week that it is seen.")
    )
    conversion_rate = share(_("conversion rate"))

    class Meta(TenantModel.Meta):
        verbose_name = _("behaviour pattern")
        verbose_name_plural = _("behaviour patterns")
        constraints = [
            *between(BEHAVIOR, 0, None, "frequency"),
            *between(BEHAVIOR, 0, 1, "conversion_rate"),
            *vector_constraints(BEHAVIOR),
        ]
        indexes = [
            models.Index(fields=["workspace", "embedding_model"], name="behaviorpattern_model"),
            models.Index(fields=["workspace", "segment", "-id"], name="behaviorpattern_segment"),
            models.Index(fields=["workspace", "pattern_type", "-id"], name="behaviorpattern_type"),
            *vector_indexes("behaviorpattern"),
        ]

    def __str__(self) -> str:
        return f"{self.segment} · {self.pattern_type}"


class CampaignEmbedding(EmbeddedModel, TenantModel):
    """A past campaign as a vector, to find what resembled a new one and how that went."""

    # The campaign is the workspace's, whoever made it; nobody is named here.
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = ()

    campaign = TenantForeignKey(
        "personalization.Campaign",
        on_delete=models.CASCADE,
        related_name="embeddings",
        db_index=False,
        verbose_name=_("campaign"),
    )
    platform = models.CharField(
        _("platform"), max_length=15, choices=AdCampaign.Platform, null=True, blank=True
    )
    performance_score = score(_("performance"))
    audience_size = models.PositiveBigIntegerField(_("size of the audience"), null=True, blank=True)
    conversion_rate = share(_("conversion rate"))

    class Meta(TenantModel.Meta):
        verbose_name = _("campaign as a vector")
        verbose_name_plural = _("campaigns as vectors")
        constraints = [
            # One vector of each model for a campaign on a platform, or on all of them.
            models.UniqueConstraint(
                fields=["workspace", "campaign", "embedding_model", "platform"],
                name=f"{CAMPAIGN}_once",
                nulls_distinct=False,
            ),
            one_of(CAMPAIGN, "platform", AdCampaign.Platform),
            *between(CAMPAIGN, 0, 100, "performance_score"),
            *between(CAMPAIGN, 0, 1, "conversion_rate"),
            *vector_constraints(CAMPAIGN),
        ]
        indexes = [
            models.Index(fields=["workspace", "embedding_model"], name="campaignembedding_model"),
            models.Index(
                fields=["workspace", "platform", "-id"], name="campaignembedding_platform"
            ),
            *vector_indexes("campaignembedding"),
        ]

    def __str__(self) -> str:
        return str(self.campaign)
