"""What the consultant found out for a user."""

import datetime
from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import (
    Erasure,
    PersonalData,
    StatusMixin,
    TenantModel,
    between,
    one_of,
)

TABLE = "conversations_marketinginsight"


class MarketingInsightQuerySet(models.QuerySet["MarketingInsight"]):
    def overdue(self, now: datetime.datetime) -> "MarketingInsightQuerySet":
        """Active insights whose time is over."""
        return self.filter(status=MarketingInsight.Status.ACTIVE, expires_at__lte=now)


class MarketingInsight(StatusMixin, TenantModel):
    class InsightType(models.TextChoices):
        MARKET_TREND = "market_trend", _("market trend")
        COMPETITOR = "competitor", _("competitor")
        AUDIENCE = "audience", _("audience")
        CONTENT = "content", _("content")
        CAMPAIGN = "campaign", _("campaign")
        BUDGET = "budget", _("budget")
        SEO = "seo", _("search engines")
        CULTURAL = "cultural", _("culture")

    class Priority(models.TextChoices):
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")
        CRITICAL = "critical", _("critical")

    class Extent(models.TextChoices):
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        IMPLEMENTED = "implemented", _("implemented")
        DISMISSED = "dismissed", _("dismissed")
        EXPIRED = "expired", _("expired")

    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.ACTIVE: frozenset({Status.IMPLEMENTED, Status.DISMISSED, Status.EXPIRED}),
        Status.IMPLEMENTED: frozenset({Status.ACTIVE}),
        Status.DISMISSED: frozenset({Status.ACTIVE}),
        Status.EXPIRED: frozenset(),
    }
    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(subject="user", link="user", erasure=Erasure.DELETE),
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="marketing_insights",
        db_index=False,
        verbose_name=_("user"),
    )
    insight_type = models.CharField(
        pgettext_lazy("kind", "type"), max_length=100, choices=InsightType
    )
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"))
    insight_data = models.JSONField(_("data"), default=dict)
    confidence_score = models.FloatField(_("confidence"), help_text="0..1")
    priority = models.CharField(
        _("priority"),
        max_length=50,
        choices=Priority,
        default=Priority.MEDIUM,
        db_default=Priority.MEDIUM,
    )
    data_sources = models.JSONField(_("sources"), default=list, blank=True)
    generated_by_agent = models.CharField(_("agent"), max_length=100)
    estimated_impact = models.CharField(
        _("impact"), max_length=50, choices=Extent, null=True, blank=True
    )
    implementation_effort = models.CharField(
        _("effort"), max_length=50, choices=Extent, null=True, blank=True
    )
    estimated_roi = models.FloatField(
        _("return on investment"),
        null=True,
        blank=True,
        help_text=_("Estimated gain for each unit spent: 0.5 is half as much again."),
    )
    user_rating = models.PositiveSmallIntegerField(
        _("rating"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="1..5",
    )
    user_feedback = models.TextField(_("feedback"), blank=True)
    implemented = models.BooleanField(_("implemented"), default=False, db_default=False)
    implementation_date = models.DateTimeField(_("implemented at"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=50, choices=Status, default=Status.ACTIVE, db_default=Status.ACTIVE
    )
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)

    objects = MarketingInsightQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("marketing insight")
        verbose_name_plural = _("marketing insights")
        constraints = [
            one_of(
                TABLE,
                "insight_type",
                [
                    "market_trend", "competitor", "audience", "content", "campaign", "budget",
                    "seo", "cultural",
                ],
            ),
            one_of(TABLE, "priority", ["low", "medium", "high", "critical"]),
            one_of(TABLE, "estimated_impact", ["low", "medium", "high"]),
            one_of(TABLE, "implementation_effort", ["low", "medium", "high"]),
            one_of(TABLE, "status", ["active", "implemented", "dismissed", "expired"]),
            *between(TABLE, 0, 1, "confidence_score"),
            *between(TABLE, -1, None, "estimated_roi"),
            *between(TABLE, 1, 5, "user_rating"),
            # Status, flag and time say the same thing.
            models.CheckConstraint(
                condition=Q(
                    status="implemented", implemented=True, implementation_date__isnull=False
                )
                | Q(
                    ~Q(status="implemented"), implemented=False, implementation_date__isnull=True
                ),
                name="conversations_marketinginsight_implemented",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["workspace", "user", "-created_at"], name="conversations_insight_user"
            ),
            models.Index(
                fields=["workspace", "status", "priority"], name="conversations_insight_status"
            ),
            models.Index(
                fields=["workspace", "insight_type", "-created_at"],
                name="conversations_insight_type",
            ),
            models.Index(fields=["workspace", "-created_at"], name="conversations_insight_recent"),
            models.Index(
                fields=["expires_at"],
                name="conversations_insight_expires",
                condition=Q(status="active"),
            ),
        ]

    def __str__(self) -> str:
        return self.title
