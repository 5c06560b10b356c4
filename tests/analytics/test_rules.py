"""What the database holds of figures, whoever writes: each rule is broken on purpose."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from analytics.models import (
    PerformanceMetrics,
    SystemMetrics,
    UserAnalytics,
    WorkflowAnalytics,
)
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    owner = MembershipFactory(role="owner")
    return Scene(workspace=owner.workspace, user=owner.user)


def at(day, hour=0):
    return dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)


BROKEN = [
    (UserAnalytics, {"week_start": dt.date(2026, 11, 19)}, "week_start"),
    (UserAnalytics, {"week_start": dt.date(2026, 11, 11)}, "week_start"),
    (UserAnalytics, {"onboarding_progress": 101}, "onboarding_progress"),
    (UserAnalytics, {"average_satisfaction_score": 11}, "average_satisfaction_score"),
    (UserAnalytics, {"average_response_time_ms": -1}, "average_response_time_ms"),
    (UserAnalytics, {"estimated_time_saved_hours": float("nan")}, "estimated_time_saved_hours"),
    (UserAnalytics, {"messages_sent": -1}, "messages_sent"),
    (UserAnalytics, {"total_api_cost_usd": -1}, "total_api_cost_usd"),
    (UserAnalytics, {"cost_savings_estimated_usd": -1}, "cost_savings_estimated_usd"),
    (UserAnalytics, {"marketing_roi_improvement": -2}, "marketing_roi_improvement"),
    (UserAnalytics, {"positive_feedback_count": 1}, "positive_of_all"),
    (SystemMetrics, {"hour": 24}, "hour"),
    (SystemMetrics, {"hour": -1}, "hour"),
    (SystemMetrics, {"active_users": -1}, "active_users"),
    (SystemMetrics, {"api_costs_usd": -1}, "api_costs_usd"),
    (SystemMetrics, {"customer_satisfaction_average": 0}, "customer_satisfaction_average"),
    (SystemMetrics, {"average_response_time_ms": -1}, "average_response_time_ms"),
    (SystemMetrics, {"failed_requests": 1}, "requests_add_up"),
    (SystemMetrics, {"critical_errors": 1}, "critical_of_all"),
    (PerformanceMetrics, {"entity_type": "moon"}, "entity_type"),
    (PerformanceMetrics, {"metric_unit": "furlongs"}, "metric_unit"),
    (PerformanceMetrics, {"aggregation_level": "yearly"}, "aggregation_level"),
    (PerformanceMetrics, {"trend_direction": "sideways"}, "trend_direction"),
    (PerformanceMetrics, {"change_significance": "vast"}, "change_significance"),
    (PerformanceMetrics, {"performance_status": "fine"}, "performance_status"),
    (PerformanceMetrics, {"data_reliability": 1.1}, "data_reliability"),
    (PerformanceMetrics, {"confidence_interval": -1}, "confidence_interval"),
    (PerformanceMetrics, {"sample_size": -1}, "sample_size"),
    (
        PerformanceMetrics,
        {"measurement_period_end": at(17)},
        "period",
    ),
    (PerformanceMetrics, {"workspace": None}, "project_has_workspace"),
    (WorkflowAnalytics, {"granularity": "hour"}, "granularity"),
    (WorkflowAnalytics, {"period_end": at(17, 21)}, "period"),
    (WorkflowAnalytics, {"conversion_rate": 1.5}, "conversion_rate"),
    (WorkflowAnalytics, {"email_open_rate": -0.5}, "email_open_rate"),
    (WorkflowAnalytics, {"email_click_rate": 2}, "email_click_rate"),
    (WorkflowAnalytics, {"unsubscribe_rate": 2}, "unsubscribe_rate"),
    (WorkflowAnalytics, {"average_execution_time": -1}, "average_execution_time"),
    (WorkflowAnalytics, {"revenue": -1}, "revenue"),
    (WorkflowAnalytics, {"emails_sent": -1}, "emails_sent"),
    (WorkflowAnalytics, {"total_executions": 2}, "executions_add_up"),
]


@pytest.mark.parametrize(
    ("model", "values", "rule"),
    BROKEN,
    ids=[f"{model.__name__}-{rule}-{number}" for number, (model, _, rule) in enumerate(BROKEN)],
)
def test_a_rule_is_held(scene, model, values, rule):
    record = scene.one(model)
    with pytest.raises(IntegrityError, match=rf"{model._meta.db_table}_\w*{rule}"):
        model.objects.filter(pk=record.pk).update(**values)


def again(record, **changes):
    """The same row once more, but for what is changed."""
    values = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.name != "id" and not field.generated
    }
    return type(record).objects.create(**{**values, **changes})


def test_a_day_of_a_user_and_an_hour_of_the_platform_are_counted_once(scene):
    for model, rule in (
        (UserAnalytics, "month_key|user_id_date|useranalytics"),
        (SystemMetrics, "hour_of"),
    ):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            again(scene.one(model))


def test_periods_of_a_workflow_do_not_overlap(scene):
    day = scene.one(WorkflowAnalytics)
    noon = day.period_start + dt.timedelta(hours=12)
    with pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
        again(day, period_start=noon, period_end=noon + dt.timedelta(days=1))
    again(day, period_start=day.period_end, period_end=day.period_end + dt.timedelta(days=1))
    again(day, granularity="week", period_end=day.period_start + dt.timedelta(days=7))
    assert WorkflowAnalytics.objects.count() == 3


def test_a_month_begins_with_its_first_day(scene):
    assert scene.one(UserAnalytics).month_start == dt.date(2026, 11, 1)


def test_days_and_measurements_lie_in_their_months_partition(scene):
    for model, expected in (
        (UserAnalytics, "analytics_useranalytics_y2026m11"),
        (PerformanceMetrics, "analytics_performancemetrics_y2026m11"),
    ):
        scene.one(model)
        with connection.cursor() as cursor:
            cursor.execute(f"select tableoid::regclass::text from {model._meta.db_table}")  # noqa: S608
            assert cursor.fetchall() == [(expected,)]


def test_what_lay_outside_the_months_moves_into_its_month(scene):
    """Also where a column of the table is computed."""
    day = scene.one(UserAnalytics)
    late = again(day, date=dt.date(2031, 3, 5), week_start=dt.date(2031, 3, 2))
    with connection.cursor() as cursor:
        cursor.execute("select make_month_partition('analytics_useranalytics', '2031-03-01')")
        cursor.execute(
            "select tableoid::regclass::text from analytics_useranalytics where id = %s", [late.pk]
        )
        assert cursor.fetchone() == ("analytics_useranalytics_y2031m03",)
    late.refresh_from_db()
    assert late.month_start == dt.date(2031, 3, 1)
