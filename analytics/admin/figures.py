import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Subquery
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter, RangeDateTimeFilter
from unfold.decorators import display

from accounts.admin.base import ReadOnlyConsolePage, readable_json
from accounts.admin.figures import (
    NOTHING,
    bar,
    bar_column,
    money_column,
    number,
    percent,
    share_bar,
    share_column,
    sparkline,
)
from accounts.admin.links import related_link
from analytics.models import (
    PerformanceMetrics,
    SystemMetrics,
    UserAnalytics,
    WorkflowAnalytics,
)

STATUSES = {
    "excellent": "success",
    "good": "success",
    "normal": "info",
    "poor": "warning",
    "critical": "danger",
}


@admin.register(UserAnalytics)
class UserAnalyticsPage(ReadOnlyConsolePage):
    big = True
    window_field = "date"
    list_display = [
        "date", "user_link", "sessions_count", "messages_sent", "messages_received",
        "onboarding", "satisfaction", "cost",
    ]  # fmt: skip
    list_filter = [("date", RangeDateFilter)]
    list_select_related = ["user"]
    search_fields = ["=user__email"]
    search_help_text = _("An e-mail address, whole.")
    exclude = ["agents_interacted_with", "features_used"]
    readonly_fields = ["week_start", "month_start", "agents", "features"]
    user_link = related_link("user")
    onboarding = bar_column("onboarding_progress", 100, description=_("onboarding"))
    satisfaction = bar_column("average_satisfaction_score", 10, description=_("satisfaction"))
    cost = money_column("total_api_cost_usd", currency="USD", description=_("API cost"))

    @admin.display(description=_("agents"))
    def agents(self, day: UserAnalytics) -> SafeString:
        return readable_json(day.agents_interacted_with)

    @admin.display(description=_("features used"))
    def features(self, day: UserAnalytics) -> SafeString:
        return readable_json(day.features_used)


@admin.register(SystemMetrics)
class SystemMetricsPage(ReadOnlyConsolePage):
    """The platform's hours; each is shown against the busiest of the list."""

    list_display = [
        "hour_of_day", "users", "new_registrations", "completed_onboardings",
        "total_api_calls", "cost", "satisfaction", "errors",
    ]  # fmt: skip
    list_filter = [("date", RangeDateFilter)]
    ordering = ["-date", "-hour"]
    exclude = [
        "agent_interactions", "agent_success_rates", "agent_response_times",
        "api_success_rates", "error_types",
    ]  # fmt: skip
    readonly_fields = ["day_before", "agents", "successes", "times", "apis", "kinds"]
    cost = money_column("api_costs_usd", currency="USD", description=_("API cost"))
    satisfaction = bar_column("customer_satisfaction_average", 10, description=_("satisfaction"))

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the highest counts of all hours beside each, to measure by."""
        return (
            super()
            .get_queryset(request)
            .annotate(most_users=highest_of("active_users"), most_errors=highest_of("error_count"))
        )

    @admin.display(description=_("hour"), ordering="date")
    def hour_of_day(self, row: SystemMetrics) -> str:
        return str(row)

    @admin.display(description=_("active users"))
    def users(self, row: Any) -> SafeString:
        return bar(row.active_users, row.most_users)

    @admin.display(description=_("errors"))
    def errors(self, row: Any) -> SafeString:
        return bar(row.error_count, row.most_errors)

    @admin.display(description=_("active users, the day before"))
    def day_before(self, row: SystemMetrics) -> SafeString:
        """The 24 hours up to this one."""
        rows = SystemMetrics.objects.filter(
            date__range=(row.date - datetime.timedelta(days=1), row.date)
        ).exclude(date=row.date, hour__gt=row.hour)
        hours = rows.order_by("-date", "-hour").values_list("active_users", flat=True)[:24]
        return sparkline(list(hours)[::-1])

    @admin.display(description=_("agent interactions"))
    def agents(self, row: SystemMetrics) -> SafeString:
        return readable_json(row.agent_interactions)

    @admin.display(description=_("success of agents"))
    def successes(self, row: SystemMetrics) -> SafeString:
        return readable_json(row.agent_success_rates)

    @admin.display(description=_("response times of agents"))
    def times(self, row: SystemMetrics) -> SafeString:
        return readable_json(row.agent_response_times)

    @admin.display(description=_("success of APIs"))
    def apis(self, row: SystemMetrics) -> SafeString:
        return readable_json(row.api_success_rates)

    @admin.display(description=_("kinds of errors"))
    def kinds(self, row: SystemMetrics) -> SafeString:
        return readable_json(row.error_types)


def highest_of(field: str) -> Subquery:
    """The highest value of a field over all hours: one look at the table for the whole list."""
    return Subquery(SystemMetrics.objects.order_by(f"-{field}").values(field)[:1])


@admin.register(PerformanceMetrics)
class PerformanceMetricsPage(ReadOnlyConsolePage):
    big = True
    window_field = "measurement_period_start"
    list_display = [
        "metric_type", "entity_type", "entity_id", "project_link", "value", "target",
        "change", "shown_status", "reliability", "measurement_period_start",
    ]  # fmt: skip
    list_filter = [
        "performance_status", "entity_type", "is_critical_metric", "aggregation_level",
        ("measurement_period_start", RangeDateTimeFilter),
    ]  # fmt: skip
    list_select_related = ["project"]
    search_fields = ["=metric_type", "=entity_id"]
    search_help_text = _("A metric or a thing, whole.")
    exclude = ["measurement_context"]
    readonly_fields = ["course", "shown_context"]
    project_link = related_link("project")
    reliability = share_column("data_reliability", description=_("reliability"))

    @admin.display(description=_("value"))
    def value(self, row: PerformanceMetrics) -> str:
        return f"{number(row.metric_value, 2)} {row.get_metric_unit_display()}"

    @admin.display(description=_("of the target"))
    def target(self, row: PerformanceMetrics) -> SafeString:
        return bar(row.metric_value, row.target_value) if row.target_value else NOTHING

    @admin.display(description=_("change"))
    def change(self, row: PerformanceMetrics) -> str:
        return "–" if row.change_percentage is None else percent(row.change_percentage / 100)

    @display(description=_("status"), label=STATUSES)  # type: ignore[untyped-decorator]
    def shown_status(self, row: PerformanceMetrics) -> tuple[str, str]:
        return row.performance_status, row.get_performance_status_display()

    @admin.display(description=_("course"))
    def course(self, row: PerformanceMetrics) -> SafeString:
        """The last thirty values of this metric of this thing, up to this one."""
        values = PerformanceMetrics.objects.filter(
            workspace_id=row.workspace_id,  # type: ignore[misc]
            entity_type=row.entity_type,
            entity_id=row.entity_id,
            metric_type=row.metric_type,
            measurement_period_start__lte=row.measurement_period_start,
        ).order_by("-measurement_period_start")
        return sparkline(list(values.values_list("metric_value", flat=True)[:30])[::-1])

    @admin.display(description=_("context"))
    def shown_context(self, row: PerformanceMetrics) -> SafeString:
        return readable_json(row.measurement_context)


@admin.register(WorkflowAnalytics)
class WorkflowAnalyticsPage(ReadOnlyConsolePage):
    list_display = [
        "period_start", "workflow_link", "granularity", "total_executions", "successes",
        "contacts_created", "opportunities_generated", "conversions", "emails_sent", "earned",
    ]  # fmt: skip
    list_filter = ["granularity", ("period_start", RangeDateTimeFilter)]
    list_select_related = ["workflow"]
    search_fields = ["workflow__name"]
    ordering = ["-period_start"]
    readonly_fields = ["course"]
    workflow_link = related_link("workflow")
    conversions = share_column("conversion_rate", description=_("conversion rate"))
    earned = money_column("revenue", description=_("revenue"))

    @admin.display(description=_("succeeded"))
    def successes(self, row: WorkflowAnalytics) -> SafeString:
        ended = row.successful_executions + row.failed_executions
        return share_bar(row.successful_executions / ended if ended else None)

    @admin.display(description=_("executions, the last thirty periods"))
    def course(self, row: WorkflowAnalytics) -> SafeString:
        periods = WorkflowAnalytics.objects.filter(
            workspace_id=row.workspace_id,
            workflow_id=row.workflow_id,
            granularity=row.granularity,
            period_start__lte=row.period_start,
        ).order_by("-period_start")
        return sparkline(list(periods.values_list("total_executions", flat=True)[:30])[::-1])
