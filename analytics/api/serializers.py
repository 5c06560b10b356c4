from rest_framework import serializers

from accounts.api.base import WorkspaceSerializer
from analytics.models import (
    PerformanceMetrics,
    SystemMetrics,
    TrafficRollup,
    UserAnalytics,
    WorkflowAnalytics,
)
from journeys.models import Workflow


class TrafficSerializer(WorkspaceSerializer):
    class Meta:
        model = TrafficRollup
        fields = [
            "id",
            "project",
            "granularity",
            "bucket_start",
            "visits",
            "visitors",
            "page_views",
            "submissions",
            "leads",
            "updated_at",
        ]


class UserAnalyticsSerializer(WorkspaceSerializer):
    class Meta:
        model = UserAnalytics
        fields = [
            "id", "user", "date", "week_start", "month_start", "sessions_count",
            "total_conversation_time_minutes", "messages_sent", "messages_received",
            "onboarding_progress", "agents_interacted_with", "features_used",
            "business_insights_generated", "actionable_recommendations",
            "marketing_strategies_created", "perplexity_api_calls", "seranking_api_calls",
            "openai_tokens_used", "total_api_cost_usd", "average_satisfaction_score",
            "feedback_provided", "positive_feedback_count", "average_response_time_ms",
            "successful_interactions", "failed_interactions", "estimated_time_saved_hours",
            "marketing_roi_improvement", "cost_savings_estimated_usd", "updated_at",
        ]  # fmt: skip


class SystemMetricsSerializer(WorkspaceSerializer):
    class Meta:
        model = SystemMetrics
        fields = [
            "id", "date", "hour", "total_requests", "successful_requests", "failed_requests",
            "average_response_time_ms", "active_users", "new_registrations",
            "completed_onboardings", "agent_interactions", "agent_success_rates",
            "agent_response_times", "total_api_calls", "api_costs_usd", "api_success_rates",
            "total_business_value_generated", "customer_satisfaction_average",
            "revenue_impact_usd", "error_count", "critical_errors", "error_types", "updated_at",
        ]  # fmt: skip


class PerformanceMetricsSerializer(WorkspaceSerializer):
    class Meta:
        model = PerformanceMetrics
        fields = [
            "id", "metric_type", "entity_type", "entity_id", "metric_value", "metric_unit",
            "baseline_value", "target_value", "measurement_context", "measurement_method",
            "data_source", "data_reliability", "sample_size", "confidence_interval",
            "measurement_period_start", "measurement_period_end", "aggregation_level",
            "trend_direction", "change_percentage", "change_significance", "is_critical_metric",
            "alert_threshold", "performance_status", "user", "project", "created_at",
        ]  # fmt: skip


class WorkflowAnalyticsSerializer(WorkspaceSerializer):
    class Meta:
        model = WorkflowAnalytics
        fields = [
            "id", "workflow", "granularity", "period_start", "period_end", "total_executions",
            "successful_executions", "failed_executions", "average_execution_time",
            "contacts_created", "opportunities_generated", "revenue", "currency",
            "conversion_rate", "emails_sent", "email_open_rate", "email_click_rate",
            "unsubscribe_rate", "updated_at",
        ]  # fmt: skip


class WorkflowSummary(WorkspaceSerializer):
    class Meta:
        model = Workflow
        fields = ["id", "name", "category", "status"]


class FunnelStepSerializer(serializers.Serializer[object]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()
    share = serializers.FloatField(help_text="Of the first step, 0..1.")
    rate = serializers.FloatField(help_text="Of the step before, 0..1.")


class FunnelSerializer(serializers.Serializer[object]):
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    steps = FunnelStepSerializer(many=True)


class FunnelQuerySerializer(serializers.Serializer[object]):
    project = serializers.UUIDField(required=False, help_text="One project; default: all.")
    days = serializers.IntegerField(
        default=30, min_value=1, max_value=400, help_text="Whole local days, today included."
    )
