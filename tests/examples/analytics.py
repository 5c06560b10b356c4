"""The figures of a day."""

import datetime as dt

from analytics.models import (
    PerformanceMetrics,
    RollupMark,
    SystemMetrics,
    TrafficRollup,
    UserAnalytics,
    WorkflowAnalytics,
)
from builder.models import ComponentIntelligence, Project
from journeys.models import Workflow
from tests.examples import Scene, example


@example(TrafficRollup)
def traffic(scene: Scene) -> TrafficRollup:
    return TrafficRollup.objects.create(
        workspace=scene.workspace,
        project=scene.one(Project),
        granularity="day",
        bucket_start=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    )


@example(RollupMark)
def mark(scene: Scene) -> RollupMark:
    """The platform's, whatever the workspace: a second scene finds the first one's."""
    read_until = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    return RollupMark.objects.get_or_create(
        name="the example's", defaults={"read_until": read_until}
    )[0]


@example(UserAnalytics)
def user_day(scene: Scene) -> UserAnalytics:
    """A Wednesday, in a week that began on Sunday."""
    return UserAnalytics.objects.create(
        workspace=scene.workspace,
        user=scene.user,
        date=dt.date(2026, 11, 18),
        week_start=dt.date(2026, 11, 15),
        sessions_count=1,
        messages_sent=4,
        messages_received=4,
    )


@example(SystemMetrics)
def platform_hour(scene: Scene) -> SystemMetrics:
    """The platform's: a second scene finds the first one's."""
    return SystemMetrics.objects.get_or_create(
        date=dt.date(2026, 11, 18), hour=9, defaults={"new_registrations": 2}
    )[0]


@example(PerformanceMetrics)
def performance(scene: Scene) -> PerformanceMetrics:
    component = scene.one(ComponentIntelligence)
    return PerformanceMetrics.objects.create(
        workspace=scene.workspace,
        project=scene.one(Project),
        metric_type="quality_score",
        entity_type="component",
        entity_id=component.component_id,
        metric_value=86.5,
        metric_unit="score",
        measurement_method="automatic",
        data_source="quality_measurements",
        measurement_period_start=dt.datetime(2026, 11, 18, tzinfo=dt.UTC),
        measurement_period_end=dt.datetime(2026, 11, 19, tzinfo=dt.UTC),
    )


@example(WorkflowAnalytics)
def workflow_day(scene: Scene) -> WorkflowAnalytics:
    return WorkflowAnalytics.objects.create(
        workspace=scene.workspace,
        workflow=scene.one(Workflow),
        period_start=dt.datetime(2026, 11, 17, 21, tzinfo=dt.UTC),
        period_end=dt.datetime(2026, 11, 18, 21, tzinfo=dt.UTC),
        total_executions=3,
        successful_executions=2,
        failed_executions=1,
    )
