"""The platform's hours, from what its tables say and from nothing else."""

import datetime as dt

import pytest

from accounts.models import User
from analytics.models import SystemMetrics
from analytics.platform_hours import roll_up_hours
from conversations import lifecycle
from conversations.models import AgentInteraction, Conversation
from tests.factories import UserFactory
from tests.journeys.workflow_scene import make_execution, make_project, make_workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """This hour, half past: keys of rows that are made now are of now."""
    return dt.datetime.now(dt.UTC).replace(minute=30, second=0, microsecond=0)


def hour(when):
    return SystemMetrics.objects.get(date=when.date(), hour=when.hour)


def test_each_hour_has_one_row_however_often(now):
    assert roll_up_hours(now=now) == (30 + 1) * 24 + 1
    first = list(SystemMetrics.objects.order_by("date", "hour").values("id", "new_registrations"))
    assert roll_up_hours(now=now) == 25
    again = SystemMetrics.objects.order_by("date", "hour").values("id", "new_registrations")
    assert list(again) == first


def test_people_who_joined_came_and_finished_are_counted(now):
    user, other = UserFactory(), UserFactory()
    User.objects.filter(pk__in=[user.pk, other.pk]).update(
        created_at=now - dt.timedelta(hours=2), last_activity_at=now
    )
    User.objects.filter(pk=other.pk).update(
        onboarding_completed=True,
        onboarding_stage="complete",
        onboarding_completed_at=now - dt.timedelta(hours=1),
    )
    roll_up_hours(now=now)
    assert hour(now - dt.timedelta(hours=2)).new_registrations == 2
    assert hour(now - dt.timedelta(hours=1)).completed_onboardings == 1
    assert hour(now).active_users == 2


def test_who_went_on_to_the_next_hour_was_still_there(now):
    user = UserFactory()
    User.objects.filter(pk=user.pk).update(last_activity_at=now)
    roll_up_hours(now=now)
    User.objects.filter(pk=user.pk).update(last_activity_at=now + dt.timedelta(hours=1))
    roll_up_hours(now=now + dt.timedelta(hours=1, minutes=5))
    assert hour(now).active_users == 1
    assert hour(now + dt.timedelta(hours=1)).active_users == 1


def test_agents_and_errors_are_told_by_kind(now, workspace, user):
    talk = lifecycle.start(workspace=workspace, user=user, now=now - dt.timedelta(minutes=20))
    for kind, success, time in (
        ("master", True, 100),
        ("perplexity", True, 300),
        ("perplexity", False, 500),
    ):
        row = AgentInteraction.objects.create(
            workspace=workspace,
            conversation=talk,
            agent_name=f"{kind}_agent",
            agent_type=kind,
            interaction_type="tool_call",
            success=success,
            execution_time_ms=time,
            api_calls_made=int(kind == "perplexity"),
            cost_incurred="0.01",
        )
        AgentInteraction.objects.filter(pk=row.pk).update(created_at=now)
    make_execution(make_workflow(make_project()), status="failed", finished_at=now, contact=None)
    lifecycle.complete(conversation=talk, now=now)
    Conversation.objects.update(user_satisfaction_score=7)
    roll_up_hours(now=now)
    row = hour(now)
    assert row.agent_interactions == {"master_agent": 1, "perplexity_agent": 2}
    assert row.agent_success_rates == {"master_agent": 1.0, "perplexity_agent": 0.5}
    assert row.agent_response_times == {"master_agent": 100.0, "perplexity_agent": 400.0}
    assert row.api_success_rates == {"perplexity": 0.5}
    assert (row.total_api_calls, str(row.api_costs_usd)) == (2, "0.030000")
    assert row.error_types == {"agent_interaction": 1, "workflow_execution": 1}
    assert (row.error_count, row.customer_satisfaction_average) == (2, 7)


def test_what_nobody_counts_stays_nought(now):
    roll_up_hours(now=now)
    row = hour(now)
    assert (row.total_requests, row.critical_errors, row.revenue_impact_usd) == (0, 0, 0)
    assert row.customer_satisfaction_average is None
