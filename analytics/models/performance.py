"""How well things do: components, workflows, templates and users, measured over a period."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import (
    Erasure,
    PersonalData,
    SharedModel,
    TenantForeignKey,
    between,
    not_negative,
    one_of,
)

TABLE = "analytics_performancemetrics"


class PerformanceMetrics(SharedModel):
    class EntityType(models.TextChoices):
        COMPONENT = "component", _("component")
        WORKFLOW = "workflow", _("workflow")
        TEMPLATE = "template", _("template")
        USER = "user", _("user")

    class Unit(models.TextChoices):
        SECONDS = "seconds", _("seconds")
        MILLISECONDS = "milliseconds", _("milliseconds")
        PERCENTAGE = "percentage", _("percentage")
        COUNT = "count", _("count")
        SCORE = "score", _("score")

    class Aggregation(models.TextChoices):
        HOURLY = "hourly", _("hourly")
        DAILY = "daily", _("daily")
        WEEKLY = "weekly", _("weekly")
        MONTHLY = "monthly", _("monthly")

    class Trend(models.TextChoices):
        IMPROVING = "improving", _("improving")
        DECLINING = "declining", _("declining")
        STABLE = "stable", _("stable")

    class Significance(models.TextChoices):
        SIGNIFICANT = "significant", _("significant")
        MINOR = "minor", _("minor")
        NEGLIGIBLE = "negligible", _("negligible")

    class Status(models.TextChoices):
        EXCELLENT = "excellent", _("excellent")
        GOOD = "good", _("good")
        NORMAL = "normal", pgettext_lazy("of a performance", "normal")
        POOR = "poor", _("poor")
        CRITICAL = "critical", _("critical")

    PERSONAL_DATA: ClassVar[tuple[PersonalData, ...]] = (
        PersonalData(
            subject="user",
            link="user",
            erasure=Erasure.REDACT,
            redact={"user": None, "entity_id": "", "measurement_context": {}},
        ),
    )

    metric_type = models.CharField(_("metric"), max_length=100)
    entity_type = models.CharField(_("kind of thing"), max_length=20, choices=EntityType)
    entity_id = models.CharField(_("thing"), max_length=128, blank=True)
    metric_value = models.FloatField(_("value"))
    metric_unit = models.CharField(_("unit"), max_length=20, choices=Unit)
    baseline_value = models.FloatField(_("baseline"), null=True, blank=True)
    target_value = models.FloatField(_("target"), null=True, blank=True)
    measurement_context = models.JSONField(_("context"), default=dict, blank=True)
    measurement_method = models.CharField(_("method"), max_length=100)
    data_source = models.CharField(_("source"), max_length=100)
    data_reliability = models.FloatField(
        _("reliability"), default=1, db_default=1, help_text="0..1"
    )
    sample_size = models.PositiveIntegerField(_("sample"), null=True, blank=True)
    confidence_interval = models.FloatField(
        _("confidence interval"),
        null=True,
        blank=True,
        help_text=_("Half its width, in the value's unit."),
    )
    measurement_period_start = models.DateTimeField(_("from"))
    measurement_period_end = models.DateTimeField(_("until"))
    aggregation_level = models.CharField(
        _("aggregation"), max_length=10, choices=Aggregation, default=Aggregation.DAILY
    )
    trend_direction = models.CharField(
        _("trend"), max_length=10, choices=Trend, null=True, blank=True
    )
    change_percentage = models.FloatField(
        _("change"), null=True, blank=True, help_text=_("Percent of the period before.")
    )
    change_significance = models.CharField(
        _("significance"), max_length=12, choices=Significance, null=True, blank=True
    )
    is_critical_metric = models.BooleanField(_("critical metric"), default=False, db_default=False)
    alert_threshold = models.FloatField(_("alert at"), null=True, blank=True)
    performance_status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.NORMAL, db_default=Status.NORMAL
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("user"),
    )
    project = TenantForeignKey(
        "builder.Project",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("project"),
    )

    class Meta(SharedModel.Meta):
        verbose_name = _("performance metrics")
        verbose_name_plural = _("performance metrics")
        constraints = [
            one_of(TABLE, "entity_type", ["component", "workflow", "template", "user"]),
            one_of(
                TABLE, "metric_unit", ["seconds", "milliseconds", "percentage", "count", "score"]
            ),
            one_of(TABLE, "aggregation_level", ["hourly", "daily", "weekly", "monthly"]),
            one_of(TABLE, "trend_direction", ["improving", "declining", "stable"]),
            one_of(TABLE, "change_significance", ["significant", "minor", "negligible"]),
            one_of(
                TABLE, "performance_status", ["excellent", "good", "normal", "poor", "critical"]
            ),
            *between(TABLE, 0, 1, "data_reliability"),
            *between(TABLE, 0, None, "confidence_interval"),
            *not_negative(TABLE, "sample_size"),
            models.CheckConstraint(
                condition=Q(measurement_period_end__gte=F("measurement_period_start")),
                name="analytics_performancemetrics_period",
            ),
            # The composite key lets a null workspace through.
            models.CheckConstraint(
                condition=Q(project__isnull=True) | Q(workspace__isnull=False),
                name="analytics_performancemetrics_project_has_workspace",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "measurement_period_start"],
                name="analytics_perf_critical",
                condition=Q(is_critical_metric=True),
            ),
            models.Index(
                fields=["workspace", "entity_type", "entity_id", "measurement_period_start"],
                name="analytics_perf_entity",
            ),
            models.Index(
                fields=["workspace", "metric_type", "measurement_period_start"],
                name="analytics_perf_metric",
            ),
            models.Index(
                fields=["workspace", "user", "measurement_period_start"],
                name="analytics_perf_user",
            ),
            models.Index(
                fields=["workspace", "project", "measurement_period_start"],
                name="analytics_perf_project",
            ),
            models.Index(
                fields=["workspace", "performance_status", "measurement_period_start"],
                name="analytics_perf_status",
            ),
            models.Index(
                fields=["workspace", "measurement_period_start"], name="analytics_perf_period"
            ),
            models.Index(fields=["workspace", "-created_at"], name="analytics_perf_created"),
            models.Index(fields=["workspace", "-id"], name="analytics_perf_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.metric_type}: {self.metric_value:g} {self.get_metric_unit_display()}"
