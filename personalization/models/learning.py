"""What was learned from how campaigns went."""

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Abs, NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import (
    Erasure,
    PersonalData,
    StatusMixin,
    TenantForeignKey,
    TenantModel,
    between,
    one_of,
)
from personalization.models.measures import LARGEST, measure, share

TABLE = "personalization_learninginsight"


class LearningInsight(StatusMixin, TenantModel):
    class Status(models.TextChoices):
        NEW = "new", _("new")
        ACCEPTED = "accepted", _("accepted")
        IMPLEMENTED = "implemented", _("implemented")
        DISMISSED = "dismissed", _("dismissed")

    class Priority(models.TextChoices):
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")
        CRITICAL = "critical", _("critical")

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.NEW: frozenset({Status.ACCEPTED, Status.IMPLEMENTED, Status.DISMISSED}),
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
    )
    profile = TenantForeignKey(
        "personalization.MetaUserProfile",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="insights",
        verbose_name=_("marketing profile"),
    )
    campaign = TenantForeignKey(
        "personalization.Campaign",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="insights",
        verbose_name=_("campaign"),
    )
    insight_type = models.CharField(
        pgettext_lazy("of a thing", "type"),
        max_length=50,
        help_text=_("Such as timing, audience, content, budget."),
    )
    category = models.CharField(_("category"), max_length=50, blank=True)
    title = models.CharField(_("title"), max_length=255)
    description = models.TextField(_("description"), blank=True)
    baseline_value = measure(_("before"))
    improved_value = measure(_("after"))
    improvement_percentage = models.GeneratedField(
        expression=(F("improved_value") - F("baseline_value"))
        * Value(100.0)
        / NullIf(Abs(F("baseline_value")), Value(0.0)),
        output_field=models.FloatField(),
        db_persist=True,
        verbose_name=_("improvement"),
        help_text=_("Per cent of what it was before; empty where that was nothing."),
    )
    identified_patterns = models.JSONField(_("patterns"), default=list, blank=True)
    contributing_factors = models.JSONField(_("factors"), default=list, blank=True)
    correlations = models.JSONField(_("correlations"), default=dict, blank=True)
    recommendations = models.JSONField(_("recommendations"), default=list, blank=True)
    priority = models.CharField(
        _("priority"), max_length=10, choices=Priority, default=Priority.MEDIUM
    )
    expected_impact = share(_("expected impact"))
    sample_size = models.PositiveIntegerField(_("sample size"), null=True, blank=True)
    time_period = DateRangeField(_("period"), null=True, blank=True)
    data_quality = share(_("quality of the data"))
    confidence_score = share(_("confidence"))
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=Status,
        default=Status.NEW,
        db_default=Status.NEW,
        editable=False,
    )
    implementation_results = models.JSONField(_("results"), default=dict, blank=True)
    discovered_at = models.DateTimeField(_("discovered at"))

    class Meta(TenantModel.Meta):
        verbose_name = _("learning insight")
        verbose_name_plural = _("learning insights")
        constraints = [
            # A job that runs again finds what it found before, and does not tell it twice.
            models.UniqueConstraint(
                fields=["workspace", "campaign", "insight_type", "title"], name=f"{TABLE}_once"
            ),
            one_of(TABLE, "status", ["new", "accepted", "implemented", "dismissed"]),
            one_of(TABLE, "priority", ["low", "medium", "high", "critical"]),
            *between(TABLE, -LARGEST, LARGEST, "baseline_value", "improved_value"),
            *between(TABLE, 0, 1, "expected_impact", "data_quality", "confidence_score"),
        ]
        indexes = [
            models.Index(fields=["workspace", "-id"], name="learninginsight_newest"),
            models.Index(fields=["workspace", "user", "-id"], name="learninginsight_user"),
            models.Index(fields=["workspace", "insight_type", "-id"], name="learninginsight_type"),
            models.Index(
                fields=["workspace", "-confidence_score", "-id"], name="learninginsight_confidence"
            ),
            models.Index(
                fields=["workspace", "-improvement_percentage", "-id"],
                name="learninginsight_improvement",
            ),
            models.Index(fields=["workspace", "status", "-id"], name="learninginsight_status"),
            models.Index(
                fields=["workspace", "-discovered_at", "-id"], name="learninginsight_discovered"
            ),
            models.Index(fields=["workspace", "profile"], name="learninginsight_profile"),
        ]

    def __str__(self) -> str:
        return self.title
