"""Figures over the API: all of them read-only, since jobs count them."""

from django_filters import rest_framework as filters

from accounts.api.base import (
    ANALYSTS,
    ReadOnlyWorkspaceViewSet,
    RolePermission,
    StaffOnly,
)
from analytics.api.serializers import (
    PerformanceMetricsSerializer,
    SystemMetricsSerializer,
    UserAnalyticsSerializer,
    WorkflowAnalyticsSerializer,
    WorkflowSummary,
)
from analytics.models import (
    PerformanceMetrics,
    SystemMetrics,
    UserAnalytics,
    WorkflowAnalytics,
)
from builder.api.summaries import ProjectSummary


class UserAnalyticsFilter(filters.FilterSet):
    start = filters.DateFilter(field_name="date", lookup_expr="gte")
    end = filters.DateFilter(field_name="date", lookup_expr="lt")
    month_start = filters.DateFilter()

    class Meta:
        model = UserAnalytics
        fields = ["user", "date", "week_start"]


class UserAnalyticsViewSet(ReadOnlyWorkspaceViewSet):
    """A user's days with the consultant: one's own; owners, admins and analysts see all."""

    queryset = UserAnalytics.objects.order_by("-id")
    serializer_class = UserAnalyticsSerializer
    own_rows = True
    seers = frozenset({*ANALYSTS, "server"})
    filterset_class = UserAnalyticsFilter
    ordering_fields = ["date"]


class SystemMetricsFilter(filters.FilterSet):
    start = filters.DateFilter(field_name="date", lookup_expr="gte")
    end = filters.DateFilter(field_name="date", lookup_expr="lt")

    class Meta:
        model = SystemMetrics
        fields = ["date", "hour"]


class SystemMetricsViewSet(ReadOnlyWorkspaceViewSet):
    """The platform's hours (UTC), for its own staff."""

    queryset = SystemMetrics.objects.order_by("-id")
    serializer_class = SystemMetricsSerializer
    permission_classes = [RolePermission, StaffOnly]
    filterset_class = SystemMetricsFilter
    ordering_fields = ["date"]


class PerformanceMetricsFilter(filters.FilterSet):
    start = filters.IsoDateTimeFilter(field_name="measurement_period_start", lookup_expr="gte")
    end = filters.IsoDateTimeFilter(field_name="measurement_period_start", lookup_expr="lt")

    class Meta:
        model = PerformanceMetrics
        fields = [
            "metric_type", "entity_type", "entity_id", "is_critical_metric",
            "performance_status", "user", "project",
        ]  # fmt: skip


class PerformanceMetricsViewSet(ReadOnlyWorkspaceViewSet):
    """How well components, workflows, templates and users did over a period."""

    queryset = PerformanceMetrics.objects.order_by("-id")
    serializer_class = PerformanceMetricsSerializer
    filterset_class = PerformanceMetricsFilter
    ordering_fields = ["measurement_period_start", "created_at"]
    expandable = {"project": ProjectSummary}


class WorkflowAnalyticsFilter(filters.FilterSet):
    start = filters.IsoDateTimeFilter(field_name="period_start", lookup_expr="gte")
    end = filters.IsoDateTimeFilter(field_name="period_start", lookup_expr="lt")

    class Meta:
        model = WorkflowAnalytics
        fields = ["workflow", "granularity"]


class WorkflowAnalyticsViewSet(ReadOnlyWorkspaceViewSet):
    """What each workflow did, day by day."""

    queryset = WorkflowAnalytics.objects.order_by("-id")
    serializer_class = WorkflowAnalyticsSerializer
    filterset_class = WorkflowAnalyticsFilter
    ordering_fields = ["period_start"]
    expandable = {"workflow": WorkflowSummary}
