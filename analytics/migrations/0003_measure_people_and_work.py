"""Users' days, the platform's hours, performance, and what workflows did; two by months."""

import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import accounts.models.base
from accounts.tenancy.partitioning import PartitionByMonth


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_make_month_partitions"),
        ("analytics", "0002_secure_rows"),
        ("builder", "0001_initial"),
        ("journeys", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            "create extension if not exists btree_gist",
            # Another may have made it, and others may need it.
            migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name="SystemMetrics",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                ("date", models.DateField(help_text="UTC.", verbose_name="day")),
                ("hour", models.PositiveSmallIntegerField(help_text="0..23", verbose_name="hour")),
                (
                    "total_requests",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="requests"),
                ),
                (
                    "successful_requests",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="requests that succeeded"
                    ),
                ),
                (
                    "failed_requests",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="requests that failed"
                    ),
                ),
                (
                    "average_response_time_ms",
                    models.FloatField(
                        db_default=0,
                        default=0,
                        help_text="Milliseconds.",
                        verbose_name="average response time",
                    ),
                ),
                (
                    "active_users",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="active users"
                    ),
                ),
                (
                    "new_registrations",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="sign-ups"),
                ),
                (
                    "completed_onboardings",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="onboardings completed"
                    ),
                ),
                (
                    "agent_interactions",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Counts by agent.",
                        verbose_name="agent interactions",
                    ),
                ),
                (
                    "agent_success_rates",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="0..1 by agent.",
                        verbose_name="success of agents",
                    ),
                ),
                (
                    "agent_response_times",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Milliseconds by agent.",
                        verbose_name="response times of agents",
                    ),
                ),
                (
                    "total_api_calls",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="API calls"),
                ),
                (
                    "api_costs_usd",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=6,
                        default=0,
                        help_text="US dollars.",
                        max_digits=14,
                        verbose_name="API cost",
                    ),
                ),
                (
                    "api_success_rates",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="0..1 by API.",
                        verbose_name="success of APIs",
                    ),
                ),
                (
                    "total_business_value_generated",
                    models.FloatField(db_default=0, default=0, verbose_name="business value"),
                ),
                (
                    "customer_satisfaction_average",
                    models.FloatField(
                        blank=True, help_text="1..10", null=True, verbose_name="satisfaction"
                    ),
                ),
                (
                    "revenue_impact_usd",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=6,
                        default=0,
                        help_text="US dollars.",
                        max_digits=14,
                        verbose_name="revenue impact",
                    ),
                ),
                (
                    "error_count",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="errors"),
                ),
                (
                    "critical_errors",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="critical errors"
                    ),
                ),
                (
                    "error_types",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Counts by kind.",
                        verbose_name="kinds of errors",
                    ),
                ),
            ],
            options={
                "verbose_name": "system metrics",
                "verbose_name_plural": "system metrics",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("date", "hour"), name="analytics_systemmetrics_hour_of"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hour__isnull", True),
                            models.Q(("hour__gte", 0), ("hour__lte", 23)),
                            _connector="OR",
                        ),
                        name="analytics_systemmetrics_hour",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("average_response_time_ms__isnull", True),
                            models.Q(
                                ("average_response_time_ms__gte", 0),
                                ("average_response_time_ms__lt", float("inf")),
                            ),
                            _connector="OR",
                        ),
                        name="analytics_systemmetrics_average_response_time_ms",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("customer_satisfaction_average__isnull", True),
                            models.Q(
                                ("customer_satisfaction_average__gte", 1),
                                ("customer_satisfaction_average__lte", 10),
                            ),
                            _connector="OR",
                        ),
                        name="analytics_systemmetrics_customer_satisfaction_average",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("total_requests__isnull", True),
                            ("total_requests__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_systemmetrics_total_requests",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successful_requests__isnull", True),
                            ("successful_requests__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_systemmetrics_successful_requests",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("failed_requests__isnull", True),
                            ("failed_requests__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_systemmetrics_failed_requests",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("active_users__isnull", True),
                            ("active_users__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_systemmetrics_active_users",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("new_registrations__isnull", True),
                            ("new_registrations__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_systemmetrics_new_registrations",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completed_onboardings__isnull", True),
                            ("completed_onboardings__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_systemmetrics_completed_onboardings",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("total_api_calls__isnull", True),
                            ("total_api_calls__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_systemmetrics_total_api_calls",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("error_count__isnull", True), ("error_count__gte", 0), _connector="OR"
                        ),
                        name="analytics_systemmetrics_error_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("critical_errors__isnull", True),
                            ("critical_errors__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_systemmetrics_critical_errors",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("api_costs_usd__isnull", True),
                            ("api_costs_usd__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_systemmetrics_api_costs_usd",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total_requests__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("successful_requests"),
                                    "+",
                                    models.F("failed_requests"),
                                ),
                            )
                        ),
                        name="analytics_systemmetrics_requests_add_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("error_count__gte", models.F("critical_errors"))),
                        name="analytics_systemmetrics_critical_of_all",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PerformanceMetrics",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                ("metric_type", models.CharField(max_length=100, verbose_name="metric")),
                (
                    "entity_type",
                    models.CharField(
                        choices=[
                            ("component", "component"),
                            ("workflow", "workflow"),
                            ("template", "template"),
                            ("user", "user"),
                        ],
                        max_length=20,
                        verbose_name="kind of thing",
                    ),
                ),
                ("entity_id", models.CharField(blank=True, max_length=128, verbose_name="thing")),
                ("metric_value", models.FloatField(verbose_name="value")),
                (
                    "metric_unit",
                    models.CharField(
                        choices=[
                            ("seconds", "seconds"),
                            ("milliseconds", "milliseconds"),
                            ("percentage", "percentage"),
                            ("count", "count"),
                            ("score", "score"),
                        ],
                        max_length=20,
                        verbose_name="unit",
                    ),
                ),
                (
                    "baseline_value",
                    models.FloatField(blank=True, null=True, verbose_name="baseline"),
                ),
                ("target_value", models.FloatField(blank=True, null=True, verbose_name="target")),
                (
                    "measurement_context",
                    models.JSONField(blank=True, default=dict, verbose_name="context"),
                ),
                ("measurement_method", models.CharField(max_length=100, verbose_name="method")),
                ("data_source", models.CharField(max_length=100, verbose_name="source")),
                (
                    "data_reliability",
                    models.FloatField(
                        db_default=1, default=1, help_text="0..1", verbose_name="reliability"
                    ),
                ),
                (
                    "sample_size",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="sample"),
                ),
                (
                    "confidence_interval",
                    models.FloatField(
                        blank=True,
                        help_text="Half its width, in the value's unit.",
                        null=True,
                        verbose_name="confidence interval",
                    ),
                ),
                ("measurement_period_start", models.DateTimeField(verbose_name="from")),
                ("measurement_period_end", models.DateTimeField(verbose_name="until")),
                (
                    "aggregation_level",
                    models.CharField(
                        choices=[
                            ("hourly", "hourly"),
                            ("daily", "daily"),
                            ("weekly", "weekly"),
                            ("monthly", "monthly"),
                        ],
                        default="daily",
                        max_length=10,
                        verbose_name="aggregation",
                    ),
                ),
                (
                    "trend_direction",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("improving", "improving"),
                            ("declining", "declining"),
                            ("stable", "stable"),
                        ],
                        max_length=10,
                        null=True,
                        verbose_name="trend",
                    ),
                ),
                (
                    "change_percentage",
                    models.FloatField(
                        blank=True,
                        help_text="Percent of the period before.",
                        null=True,
                        verbose_name="change",
                    ),
                ),
                (
                    "change_significance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("significant", "significant"),
                            ("minor", "minor"),
                            ("negligible", "negligible"),
                        ],
                        max_length=12,
                        null=True,
                        verbose_name="significance",
                    ),
                ),
                (
                    "is_critical_metric",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="critical metric"
                    ),
                ),
                (
                    "alert_threshold",
                    models.FloatField(blank=True, null=True, verbose_name="alert at"),
                ),
                (
                    "performance_status",
                    models.CharField(
                        choices=[
                            ("excellent", "excellent"),
                            ("good", "good"),
                            ("normal", "normal"),
                            ("poor", "poor"),
                            ("critical", "critical"),
                        ],
                        db_default="normal",
                        default="normal",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "project",
                    accounts.models.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        db_index=False,
                        related_name="+",
                        to="builder.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        db_index=False,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Empty: the platform's own, readable by every workspace.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "performance metrics",
                "verbose_name_plural": "performance metrics",
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_critical_metric", True)),
                        fields=["workspace", "measurement_period_start"],
                        name="analytics_perf_critical",
                    ),
                    models.Index(
                        fields=[
                            "workspace",
                            "entity_type",
                            "entity_id",
                            "measurement_period_start",
                        ],
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
                        fields=["workspace", "measurement_period_start"],
                        name="analytics_perf_period",
                    ),
                    models.Index(
                        fields=["workspace", "-created_at"], name="analytics_perf_created"
                    ),
                    models.Index(fields=["workspace", "-id"], name="analytics_perf_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entity_type__isnull", True),
                            ("entity_type__in", ["component", "workflow", "template", "user"]),
                            _connector="OR",
                        ),
                        name="analytics_performancemetrics_entity_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("metric_unit__isnull", True),
                            (
                                "metric_unit__in",
                                ["seconds", "milliseconds", "percentage", "count", "score"],
                            ),
                            _connector="OR",
                        ),
                        name="analytics_performancemetrics_metric_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("aggregation_level__isnull", True),
                            ("aggregation_level__in", ["hourly", "daily", "weekly", "monthly"]),
                            _connector="OR",
                        ),
                        name="analytics_performancemetrics_aggregation_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trend_direction__isnull", True),
                            ("trend_direction__in", ["improving", "declining", "stable"]),
                            _connector="OR",
                        ),
                        name="analytics_performancemetrics_trend_direction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("change_significance__isnull", True),
                            ("change_significance__in", ["significant", "minor", "negligible"]),
                            _connector="OR",
                        ),
                        name="analytics_performancemetrics_change_significance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("performance_status__isnull", True),
                            (
                                "performance_status__in",
                                ["excellent", "good", "normal", "poor", "critical"],
                            ),
                            _connector="OR",
                        ),
                        name="analytics_performancemetrics_performance_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("data_reliability__isnull", True),
                            models.Q(("data_reliability__gte", 0), ("data_reliability__lte", 1)),
                            _connector="OR",
                        ),
                        name="analytics_performancemetrics_data_reliability",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence_interval__isnull", True),
                            models.Q(
                                ("confidence_interval__gte", 0),
                                ("confidence_interval__lt", float("inf")),
                            ),
                            _connector="OR",
                        ),
                        name="analytics_performancemetrics_confidence_interval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sample_size__isnull", True), ("sample_size__gte", 0), _connector="OR"
                        ),
                        name="analytics_performancemetrics_sample_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("measurement_period_end__gte", models.F("measurement_period_start"))
                        ),
                        name="analytics_performancemetrics_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("project__isnull", True), ("workspace__isnull", False), _connector="OR"
                        ),
                        name="analytics_performancemetrics_project_has_workspace",
                    ),
                ],
            },
        ),
        PartitionByMonth("PerformanceMetrics", "measurement_period_start"),
        migrations.CreateModel(
            name="UserAnalytics",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                (
                    "date",
                    models.DateField(help_text="Of the workspace's time zone.", verbose_name="day"),
                ),
                (
                    "week_start",
                    models.DateField(
                        help_text="As the workspace's weeks begin.",
                        verbose_name="first day of the week",
                    ),
                ),
                (
                    "month_start",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("date"),
                            template="make_date(extract(year from %(expressions)s)::integer, extract(month from %(expressions)s)::integer, 1)",
                        ),
                        output_field=models.DateField(),
                        verbose_name="first day of the month",
                    ),
                ),
                (
                    "sessions_count",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="Conversations with a message that day.",
                        verbose_name="sessions",
                    ),
                ),
                (
                    "total_conversation_time_minutes",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="Minutes from the first message to the last.",
                        verbose_name="time in conversations",
                    ),
                ),
                (
                    "messages_sent",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="messages sent"
                    ),
                ),
                (
                    "messages_received",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="messages received"
                    ),
                ),
                (
                    "onboarding_progress",
                    models.PositiveSmallIntegerField(
                        db_default=0, default=0, help_text="0..100", verbose_name="onboarding"
                    ),
                ),
                (
                    "agents_interacted_with",
                    models.JSONField(blank=True, default=list, verbose_name="agents"),
                ),
                (
                    "features_used",
                    models.JSONField(blank=True, default=list, verbose_name="features used"),
                ),
                (
                    "business_insights_generated",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="insights"),
                ),
                (
                    "actionable_recommendations",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="recommendations"
                    ),
                ),
                (
                    "marketing_strategies_created",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="strategies"),
                ),
                (
                    "perplexity_api_calls",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="Perplexity calls"
                    ),
                ),
                (
                    "seranking_api_calls",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="SE Ranking calls"
                    ),
                ),
                (
                    "openai_tokens_used",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="OpenAI tokens"
                    ),
                ),
                (
                    "total_api_cost_usd",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=6,
                        default=0,
                        help_text="US dollars.",
                        max_digits=14,
                        verbose_name="API cost",
                    ),
                ),
                (
                    "average_satisfaction_score",
                    models.FloatField(
                        blank=True, help_text="1..10", null=True, verbose_name="satisfaction"
                    ),
                ),
                (
                    "feedback_provided",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="feedback given"
                    ),
                ),
                (
                    "positive_feedback_count",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="positive feedback"
                    ),
                ),
                (
                    "average_response_time_ms",
                    models.FloatField(
                        blank=True,
                        help_text="Milliseconds.",
                        null=True,
                        verbose_name="average response time",
                    ),
                ),
                (
                    "successful_interactions",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="interactions that succeeded"
                    ),
                ),
                (
                    "failed_interactions",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="interactions that failed"
                    ),
                ),
                (
                    "estimated_time_saved_hours",
                    models.FloatField(
                        db_default=0,
                        default=0,
                        help_text="Hours, estimated.",
                        verbose_name="time saved",
                    ),
                ),
                (
                    "marketing_roi_improvement",
                    models.FloatField(
                        blank=True, null=True, verbose_name="improvement of return on investment"
                    ),
                ),
                (
                    "cost_savings_estimated_usd",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=6,
                        default=0,
                        help_text="US dollars, estimated.",
                        max_digits=14,
                        verbose_name="cost saved",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        db_index=False,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "user analytics",
                "verbose_name_plural": "user analytics",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "date"], name="analytics_user_date"),
                    models.Index(fields=["workspace", "week_start"], name="analytics_user_week"),
                    models.Index(fields=["workspace", "month_start"], name="analytics_user_month"),
                    models.Index(fields=["workspace", "-id"], name="analytics_user_newest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "user", "date"), name="analytics_useranalytics_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "date__lt",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("week_start"),
                                    "+",
                                    models.Value(datetime.timedelta(days=7)),
                                ),
                            ),
                            ("week_start__lte", models.F("date")),
                        ),
                        name="analytics_useranalytics_week_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("onboarding_progress__isnull", True),
                            models.Q(
                                ("onboarding_progress__gte", 0), ("onboarding_progress__lte", 100)
                            ),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_onboarding_progress",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("average_satisfaction_score__isnull", True),
                            models.Q(
                                ("average_satisfaction_score__gte", 1),
                                ("average_satisfaction_score__lte", 10),
                            ),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_average_satisfaction_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("average_response_time_ms__isnull", True),
                            models.Q(
                                ("average_response_time_ms__gte", 0),
                                ("average_response_time_ms__lt", float("inf")),
                            ),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_average_response_time_ms",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("estimated_time_saved_hours__isnull", True),
                            models.Q(
                                ("estimated_time_saved_hours__gte", 0),
                                ("estimated_time_saved_hours__lt", float("inf")),
                            ),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_estimated_time_saved_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("marketing_roi_improvement__isnull", True),
                            models.Q(
                                ("marketing_roi_improvement__gte", -1),
                                ("marketing_roi_improvement__lt", float("inf")),
                            ),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_marketing_roi_improvement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sessions_count__isnull", True),
                            ("sessions_count__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_sessions_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("total_conversation_time_minutes__isnull", True),
                            ("total_conversation_time_minutes__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_total_conversation_time_minutes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("messages_sent__isnull", True),
                            ("messages_sent__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_messages_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("messages_received__isnull", True),
                            ("messages_received__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_messages_received",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("business_insights_generated__isnull", True),
                            ("business_insights_generated__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_business_insights_generated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actionable_recommendations__isnull", True),
                            ("actionable_recommendations__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_actionable_recommendations",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("marketing_strategies_created__isnull", True),
                            ("marketing_strategies_created__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_marketing_strategies_created",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("perplexity_api_calls__isnull", True),
                            ("perplexity_api_calls__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_perplexity_api_calls",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seranking_api_calls__isnull", True),
                            ("seranking_api_calls__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_seranking_api_calls",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("openai_tokens_used__isnull", True),
                            ("openai_tokens_used__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_openai_tokens_used",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("feedback_provided__isnull", True),
                            ("feedback_provided__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_feedback_provided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("positive_feedback_count__isnull", True),
                            ("positive_feedback_count__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_positive_feedback_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successful_interactions__isnull", True),
                            ("successful_interactions__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_successful_interactions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("failed_interactions__isnull", True),
                            ("failed_interactions__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_failed_interactions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("total_api_cost_usd__isnull", True),
                            ("total_api_cost_usd__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_total_api_cost_usd",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cost_savings_estimated_usd__isnull", True),
                            ("cost_savings_estimated_usd__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_useranalytics_cost_savings_estimated_usd",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("feedback_provided__gte", models.F("positive_feedback_count"))
                        ),
                        name="analytics_useranalytics_positive_of_all",
                    ),
                ],
            },
        ),
        PartitionByMonth("UserAnalytics", "date"),
        migrations.CreateModel(
            name="WorkflowAnalytics",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=accounts.models.base.UUIDv7(),
                        default=accounts.models.base.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True,
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="updated at",
                    ),
                ),
                (
                    "granularity",
                    models.CharField(
                        choices=[("day", "day"), ("week", "week"), ("month", "month")],
                        default="day",
                        max_length=5,
                        verbose_name="granularity",
                    ),
                ),
                ("period_start", models.DateTimeField(verbose_name="from")),
                (
                    "period_end",
                    models.DateTimeField(
                        help_text="Not itself part of the period.", verbose_name="until"
                    ),
                ),
                (
                    "total_executions",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="executions"),
                ),
                (
                    "successful_executions",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="executions that succeeded"
                    ),
                ),
                (
                    "failed_executions",
                    models.PositiveIntegerField(
                        db_default=0, default=0, verbose_name="executions that failed"
                    ),
                ),
                (
                    "average_execution_time",
                    models.FloatField(
                        blank=True,
                        help_text="Milliseconds.",
                        null=True,
                        verbose_name="average execution time",
                    ),
                ),
                (
                    "contacts_created",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="Contacts that were first seen in the period.",
                        verbose_name="contacts created",
                    ),
                ),
                (
                    "opportunities_generated",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="Leads that executions made.",
                        verbose_name="opportunities",
                    ),
                ),
                (
                    "revenue",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=14,
                        verbose_name="revenue",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        db_default="SAR", default="SAR", max_length=3, verbose_name="currency"
                    ),
                ),
                (
                    "conversion_rate",
                    models.FloatField(
                        blank=True,
                        help_text="Executions with a lead, 0..1.",
                        null=True,
                        verbose_name="conversion rate",
                    ),
                ),
                (
                    "emails_sent",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="mails sent"),
                ),
                (
                    "email_open_rate",
                    models.FloatField(
                        blank=True, help_text="0..1", null=True, verbose_name="opened"
                    ),
                ),
                (
                    "email_click_rate",
                    models.FloatField(
                        blank=True, help_text="0..1", null=True, verbose_name="clicked"
                    ),
                ),
                (
                    "unsubscribe_rate",
                    models.FloatField(
                        blank=True, help_text="0..1", null=True, verbose_name="unsubscribed"
                    ),
                ),
                (
                    "workflow",
                    accounts.models.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        db_index=False,
                        related_name="analytics",
                        to="journeys.workflow",
                        verbose_name="workflow",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                        verbose_name="workspace",
                    ),
                ),
            ],
            options={
                "verbose_name": "workflow analytics",
                "verbose_name_plural": "workflow analytics",
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "granularity", "period_start"],
                        name="analytics_workflow_period",
                    ),
                    models.Index(
                        fields=["workspace", "-period_start"], name="analytics_workflow_recent"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "workflow", "granularity", "period_start"),
                        name="analytics_workflowanalytics_bucket",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("workspace", "="),
                            ("workflow", "="),
                            ("granularity", "="),
                            (
                                models.Func(
                                    models.F("period_start"),
                                    models.F("period_end"),
                                    function="tstzrange",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="analytics_workflowanalytics_no_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("granularity__isnull", True),
                            ("granularity__in", ["day", "week", "month"]),
                            _connector="OR",
                        ),
                        name="analytics_workflowanalytics_granularity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_end__gt", models.F("period_start"))),
                        name="analytics_workflowanalytics_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conversion_rate__isnull", True),
                            models.Q(("conversion_rate__gte", 0), ("conversion_rate__lte", 1)),
                            _connector="OR",
                        ),
                        name="analytics_workflowanalytics_conversion_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email_open_rate__isnull", True),
                            models.Q(("email_open_rate__gte", 0), ("email_open_rate__lte", 1)),
                            _connector="OR",
                        ),
                        name="analytics_workflowanalytics_email_open_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email_click_rate__isnull", True),
                            models.Q(("email_click_rate__gte", 0), ("email_click_rate__lte", 1)),
                            _connector="OR",
                        ),
                        name="analytics_workflowanalytics_email_click_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unsubscribe_rate__isnull", True),
                            models.Q(("unsubscribe_rate__gte", 0), ("unsubscribe_rate__lte", 1)),
                            _connector="OR",
                        ),
                        name="analytics_workflowanalytics_unsubscribe_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("average_execution_time__isnull", True),
                            models.Q(
                                ("average_execution_time__gte", 0),
                                ("average_execution_time__lt", float("inf")),
                            ),
                            _connector="OR",
                        ),
                        name="analytics_workflowanalytics_average_execution_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("total_executions__isnull", True),
                            ("total_executions__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_workflowanalytics_total_executions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successful_executions__isnull", True),
                            ("successful_executions__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_workflowanalytics_successful_executions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("failed_executions__isnull", True),
                            ("failed_executions__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_workflowanalytics_failed_executions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contacts_created__isnull", True),
                            ("contacts_created__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_workflowanalytics_contacts_created",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opportunities_generated__isnull", True),
                            ("opportunities_generated__gte", 0),
                            _connector="OR",
                        ),
                        name="analytics_workflowanalytics_opportunities_generated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("emails_sent__isnull", True), ("emails_sent__gte", 0), _connector="OR"
                        ),
                        name="analytics_workflowanalytics_emails_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revenue__isnull", True), ("revenue__gte", 0), _connector="OR"
                        ),
                        name="analytics_workflowanalytics_revenue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total_executions__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("successful_executions"),
                                    "+",
                                    models.F("failed_executions"),
                                ),
                            )
                        ),
                        name="analytics_workflowanalytics_executions_add_up",
                    ),
                ],
            },
        ),
    ]
