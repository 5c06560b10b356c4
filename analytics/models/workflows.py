"""What workflows did, period by period."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import TenantForeignKey, TenantModel, between, not_negative, one_of

TABLE = "analytics_workflowanalytics"
RATES = ("conversion_rate", "email_open_rate", "email_click_rate", "unsubscribe_rate")
COUNTS = (
    "total_executions",
    "successful_executions",
    "failed_executions",
    "contacts_created",
    "opportunities_generated",
    "emails_sent",
)


class WorkflowAnalytics(TenantModel):
    """One workflow in one period; a rate that nothing has measured is empty, not nought."""

    class Granularity(models.TextChoices):
        DAY = "day", _("day")
        WEEK = "week", _("week")
        MONTH = "month", _("month")

    workflow = TenantForeignKey(
        "journeys.Workflow",
        on_delete=models.CASCADE,
        related_name="analytics",
        db_index=False,
        verbose_name=_("workflow"),
    )
    granularity = models.CharField(
        _("granularity"), max_length=5, choices=Granularity, default=Granularity.DAY
    )
    period_start = models.DateTimeField(_("from"))
    period_end = models.DateTimeField(_("until"), help_text=_("Not itself part of the period."))
    total_executions = models.PositiveIntegerField(_("executions"), default=0, db_default=0)
    successful_executions = models.PositiveIntegerField(
        _("executions that succeeded"), default=0, db_default=0
    )
    failed_executions = models.PositiveIntegerField(
        _("executions that failed"), default=0, db_default=0
    )
    average_execution_time = models.FloatField(
        _("average execution time"), null=True, blank=True, help_text=_("Milliseconds.")
    )
    contacts_created = models.PositiveIntegerField(
        _("contacts created"),
        default=0,
        db_default=0,
        help_text=_("Contacts that were first seen in the period."),
    )
    opportunities_generated = models.PositiveIntegerField(
        _("opportunities"), default=0, db_default=0, help_text=_("Leads that executions made.")
    )
    revenue = models.DecimalField(
        _("revenue"), max_digits=14, decimal_places=2, default=0, db_default=0
    )
    currency = models.CharField(_("currency"), max_length=3, default="SAR", db_default="SAR")
    conversion_rate = models.FloatField(
        _("conversion rate"), null=True, blank=True, help_text=_("Executions with a lead, 0..1.")
    )
    emails_sent = models.PositiveIntegerField(_("mails sent"), default=0, db_default=0)
    email_open_rate = models.FloatField(_("opened"), null=True, blank=True, help_text="0..1")
    email_click_rate = models.FloatField(_("clicked"), null=True, blank=True, help_text="0..1")
    unsubscribe_rate = models.FloatField(_("unsubscribed"), null=True, blank=True, help_text="0..1")

    class Meta(TenantModel.Meta):
        verbose_name = _("workflow analytics")
        verbose_name_plural = _("workflow analytics")
        constraints = [
            # What an upsert of a bucket meets.
            models.UniqueConstraint(
                fields=["workspace", "workflow", "granularity", "period_start"],
                name="analytics_workflowanalytics_bucket",
            ),
            ExclusionConstraint(
                name="analytics_workflowanalytics_no_overlap",
                expressions=[
                    ("workspace", RangeOperators.EQUAL),
                    ("workflow", RangeOperators.EQUAL),
                    ("granularity", RangeOperators.EQUAL),
                    (
                        Func(
                            F("period_start"),
                            F("period_end"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            one_of(TABLE, "granularity", ["day", "week", "month"]),
            models.CheckConstraint(
                condition=Q(period_end__gt=F("period_start")),
                name="analytics_workflowanalytics_period",
            ),
            *between(TABLE, 0, 1, *RATES),
            *between(TABLE, 0, None, "average_execution_time"),
            *not_negative(TABLE, *COUNTS, "revenue"),
            models.CheckConstraint(
                condition=Q(
                    total_executions__gte=F("successful_executions") + F("failed_executions")
                ),
                name="analytics_workflowanalytics_executions_add_up",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "granularity", "period_start"],
                name="analytics_workflow_period",
            ),
            models.Index(fields=["workspace", "-period_start"], name="analytics_workflow_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.period_start:%Y-%m-%d} ({self.get_granularity_display()})"
