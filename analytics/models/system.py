"""The platform's hours, for its own staff."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import BaseModel, between, not_negative

TABLE = "analytics_systemmetrics"
COUNTS = (
    "total_requests",
    "successful_requests",
    "failed_requests",
    "active_users",
    "new_registrations",
    "completed_onboardings",
    "total_api_calls",
    "error_count",
    "critical_errors",
)


class SystemMetrics(BaseModel):
    """One hour (UTC) over all workspaces; rates by agent are 0..1, times in milliseconds."""

    date = models.DateField(_("day"), help_text=_("UTC."))
    hour = models.PositiveSmallIntegerField(_("hour"), help_text="0..23")
    total_requests = models.PositiveIntegerField(_("requests"), default=0, db_default=0)
    successful_requests = models.PositiveIntegerField(
        _("requests that succeeded"), default=0, db_default=0
    )
    failed_requests = models.PositiveIntegerField(
        _("requests that failed"), default=0, db_default=0
    )
    average_response_time_ms = models.FloatField(
        _("average response time"), default=0, db_default=0, help_text=_("Milliseconds.")
    )
    active_users = models.PositiveIntegerField(_("active users"), default=0, db_default=0)
    new_registrations = models.PositiveIntegerField(_("sign-ups"), default=0, db_default=0)
    completed_onboardings = models.PositiveIntegerField(
        _("onboardings completed"), default=0, db_default=0
    )
    agent_interactions = models.JSONField(
        _("agent interactions"), default=dict, blank=True, help_text=_("Counts by agent.")
    )
    agent_success_rates = models.JSONField(
        _("success of agents"), default=dict, blank=True, help_text=_("0..1 by agent.")
    )
    agent_response_times = models.JSONField(
        _("response times of agents"),
        default=dict,
        blank=True,
        help_text=_("Milliseconds by agent."),
    )
    total_api_calls = models.PositiveIntegerField(_("API calls"), default=0, db_default=0)
    api_costs_usd = models.DecimalField(
        _("API cost"),
        max_digits=14,
        decimal_places=6,
        default=0,
        db_default=0,
        help_text=_("US dollars."),
    )
    api_success_rates = models.JSONField(
        _("success of APIs"), default=dict, blank=True, help_text=_("0..1 by API.")
    )
    total_business_value_generated = models.FloatField(_("business value"), default=0, db_default=0)
    customer_satisfaction_average = models.FloatField(
        _("satisfaction"), null=True, blank=True, help_text="1..10"
    )
    revenue_impact_usd = models.DecimalField(
        _("revenue impact"),
        max_digits=14,
        decimal_places=6,
        default=0,
        db_default=0,
        help_text=_("US dollars."),
    )
    error_count = models.PositiveIntegerField(_("errors"), default=0, db_default=0)
    critical_errors = models.PositiveIntegerField(_("critical errors"), default=0, db_default=0)
    error_types = models.JSONField(
        _("kinds of errors"), default=dict, blank=True, help_text=_("Counts by kind.")
    )

    class Meta(BaseModel.Meta):
        verbose_name = pgettext_lazy("of the platform", "system metrics")
        verbose_name_plural = pgettext_lazy("of the platform", "system metrics")
        constraints = [
            models.UniqueConstraint(
                fields=["date", "hour"], name="analytics_systemmetrics_hour_of"
            ),
            *between(TABLE, 0, 23, "hour"),
            *between(TABLE, 0, None, "average_response_time_ms"),
            *between(TABLE, 1, 10, "customer_satisfaction_average"),
            *not_negative(TABLE, *COUNTS, "api_costs_usd"),
            models.CheckConstraint(
                condition=models.Q(
                    total_requests__gte=models.F("successful_requests")
                    + models.F("failed_requests")
                ),
                name="analytics_systemmetrics_requests_add_up",
            ),
            models.CheckConstraint(
                condition=models.Q(error_count__gte=models.F("critical_errors")),
                name="analytics_systemmetrics_critical_of_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.hour:02}:00"
