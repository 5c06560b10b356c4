"""How a campaign is fitted to the people whom it reaches."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from accounts.models import Erasure, PersonalData, TenantForeignKey, TenantModel, one_of

# Names of constraints have 63 letters at most: the table's own would leave too few.
TABLE = "personalization_campaignsettings"


@tracked()
class CampaignPersonalizationSettings(TenantModel):
    """One row a campaign."""

    class Level(models.TextChoices):
        NONE = "none", _("none")
        BASIC = "basic", _("by segment")
        ADVANCED = "advanced", _("by behaviour")
        FULL = "full", _("by person")

    class Rotation(models.TextChoices):
        EVEN = "even", _("evenly")
        WEIGHTED = "weighted", _("by fixed weights")
        BEST = "best", _("the best most often")
        SEQUENTIAL = "sequential", _("one after the other")

    class Allocation(models.TextChoices):
        EVEN = "even", _("evenly")
        MANUAL = "manual", _("by hand")
        PERFORMANCE = "performance", _("by performance")
        PREDICTED = "predicted", _("by prediction")

    class Priority(models.TextChoices):
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")

    class Frequency(models.TextChoices):
        HOURLY = "hourly", _("every hour")
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("every month")

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DETACH),
    )

    campaign = TenantForeignKey(
        "personalization.Campaign",
        on_delete=models.CASCADE,
        related_name="personalization_settings",
        db_index=False,
        verbose_name=_("campaign"),
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
        help_text=_("Who set it up."),
    )
    personalization_level = models.CharField(
        _("level"), max_length=10, choices=Level, default=Level.BASIC, db_default=Level.BASIC
    )
    auto_optimization_enabled = models.BooleanField(
        _("optimizes itself"), default=False, db_default=False
    )
    dynamic_content_enabled = models.BooleanField(
        _("content changes by visitor"), default=False, db_default=False
    )
    adaptive_bidding_enabled = models.BooleanField(_("bids adapt"), default=False, db_default=False)
    audience_settings = models.JSONField(_("audience"), default=dict, blank=True)
    demographic_weights = models.JSONField(_("weights of demographics"), default=dict, blank=True)
    behavioral_triggers = models.JSONField(_("triggers by behaviour"), default=list, blank=True)
    rotation_strategy = models.CharField(
        _("rotation"), max_length=10, choices=Rotation, default=Rotation.EVEN
    )
    content_templates = models.JSONField(
        _("content templates"), default=list, blank=True, help_text=_("Their ids.")
    )
    dynamic_elements = models.JSONField(_("changing elements"), default=list, blank=True)
    budget_allocation_strategy = models.CharField(
        _("allocation of the budget"), max_length=12, choices=Allocation, default=Allocation.EVEN
    )
    bid_adjustments = models.JSONField(_("adjustments of bids"), default=dict, blank=True)
    performance_targets = models.JSONField(_("targets"), default=dict, blank=True)
    learning_priority = models.CharField(
        _("priority of learning"), max_length=10, choices=Priority, default=Priority.MEDIUM
    )
    optimization_frequency = models.CharField(
        _("optimized"), max_length=10, choices=Frequency, default=Frequency.DAILY
    )
    performance_thresholds = models.JSONField(_("thresholds"), default=dict, blank=True)
    ab_testing_enabled = models.BooleanField(_("tests variations"), default=True, db_default=True)
    predictive_scaling_enabled = models.BooleanField(
        _("scales by prediction"), default=False, db_default=False
    )
    real_time_optimization_enabled = models.BooleanField(
        _("optimizes at once"), default=False, db_default=False
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("personalization settings")
        verbose_name_plural = _("personalization settings")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "campaign"], name=f"{TABLE}_campaign"),
            one_of(TABLE, "personalization_level", ["none", "basic", "advanced", "full"]),
            one_of(TABLE, "rotation_strategy", ["even", "weighted", "best", "sequential"]),
            one_of(
                TABLE,
                "budget_allocation_strategy",
                ["even", "manual", "performance", "predicted"],
            ),
            one_of(TABLE, "learning_priority", ["low", "medium", "high"]),
            one_of(TABLE, "optimization_frequency", ["hourly", "daily", "weekly", "monthly"]),
        ]
        indexes = [
            models.Index(fields=["workspace", "user"], name="campaignsettings_user"),
            models.Index(
                fields=["workspace", "personalization_level"], name="campaignsettings_level"
            ),
            # Jobs ask for those that optimize themselves, few of all.
            models.Index(
                fields=["workspace", "optimization_frequency"],
                name="campaignsettings_optimizing",
                condition=models.Q(auto_optimization_enabled=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.campaign)
