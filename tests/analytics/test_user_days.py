"""Users' days with the consultant, of those who agree to be counted."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import UserProfile
from analytics.models import RollupMark, UserAnalytics
from analytics.user_days import rebuild_user_days, roll_up_user_days
from conversations import lifecycle, turns
from conversations.models import AgentInteraction, ConversationTurn, MarketingInsight
from tests.factories import UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db


def at(day, hour, minute=0):
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.UTC)


@pytest.fixture
def workspace(db):
    return WorkspaceFactory(timezone="Asia/Riyadh", week_start=6)


@pytest.fixture
def talk(workspace, user):
    return lifecycle.start(workspace=workspace, user=user, now=at(17, 8))


def say(talk, when, role="user", **fields):
    turn = turns.add_turn(conversation=talk, role=role, content="…", **fields)
    ConversationTurn.objects.filter(pk=turn.pk).update(created_at=when)
    return turn


def test_a_day_sums_what_was_said(talk, user):
    say(talk, at(18, 9))
    say(
        talk,
        at(18, 9, 30),
        role="assistant",
        agent_name="perplexity_agent",
        agent_type="perplexity",
        processing_time_ms=900,
        tokens_used=120,
        cost_usd=Decimal("0.0021"),
        external_apis_used=["perplexity", "perplexity", "openai"],
        user_rating=5,
    )
    say(talk, at(18, 21, 30))  # half past midnight in Riyadh
    assert roll_up_user_days(now=timezone.now()) == 2
    day, next_day = UserAnalytics.objects.order_by("date")
    assert (day.date, day.user) == (dt.date(2026, 11, 18), user)
    assert (day.sessions_count, day.messages_sent, day.messages_received) == (1, 1, 1)
    assert day.total_conversation_time_minutes == 30
    assert (day.perplexity_api_calls, day.openai_tokens_used) == (2, 120)
    assert day.total_api_cost_usd == Decimal("0.0021")
    assert (day.feedback_provided, day.positive_feedback_count) == (1, 1)
    assert (day.agents_interacted_with, day.features_used) == (["perplexity_agent"], ["onboarding"])
    assert day.average_response_time_ms == 900
    assert (next_day.date, next_day.messages_sent) == (dt.date(2026, 11, 19), 1)


@pytest.mark.parametrize(
    ("first", "start"),
    [(6, dt.date(2026, 11, 15)), (0, dt.date(2026, 11, 16)), (2, dt.date(2026, 11, 18))],
)
def test_weeks_begin_as_the_workspaces_do(talk, workspace, first, start):
    """18 November 2026 is a Wednesday."""
    workspace.week_start = first
    workspace.save()
    say(talk, at(18, 9))
    roll_up_user_days(now=timezone.now())
    day = UserAnalytics.objects.get()
    assert (day.week_start, day.month_start) == (start, dt.date(2026, 11, 1))


def test_twice_is_once_and_what_comes_later_is_added(talk):
    turns.add_turn(conversation=talk, role="user", content="…")
    roll_up_user_days(now=timezone.now())
    before = list(UserAnalytics.objects.values("id", "messages_sent", "sessions_count"))
    assert roll_up_user_days(now=timezone.now()) == 1  # within the reach of late commits
    assert list(UserAnalytics.objects.values("id", "messages_sent", "sessions_count")) == before
    turns.add_turn(conversation=talk, role="user", content="…")
    roll_up_user_days(now=timezone.now())
    assert UserAnalytics.objects.get().messages_sent == 2


def test_who_does_not_agree_is_not_counted(workspace, talk, user):
    UserProfile.objects.update_or_create(user=user, defaults={"analytics_consent": False})
    other = lifecycle.start(workspace=workspace, user=UserFactory())
    say(talk, at(18, 9))
    say(other, at(18, 9))
    roll_up_user_days(now=timezone.now())
    assert [day.user_id for day in UserAnalytics.objects.all()] == [other.user_id]


def test_satisfaction_insights_and_agents_work_of_a_day(talk, workspace, user):
    lifecycle.complete(conversation=talk, now=at(18, 10))
    type(talk).objects.filter(pk=talk.pk).update(user_satisfaction_score=8)
    for success in (True, True, False):
        row = AgentInteraction.objects.create(
            workspace=workspace,
            conversation=talk,
            agent_name="master_agent",
            agent_type="master",
            interaction_type="routing",
            success=success,
        )
        AgentInteraction.objects.filter(pk=row.pk).update(created_at=at(18, 9))
    insight = MarketingInsight.objects.create(
        workspace=workspace,
        user=user,
        insight_type="seo",
        title="…",
        description="…",
        insight_data={},
        confidence_score=0.5,
        generated_by_agent="master_agent",
    )
    MarketingInsight.objects.filter(pk=insight.pk).update(created_at=at(18, 9))
    roll_up_user_days(now=timezone.now())
    day = UserAnalytics.objects.get()
    assert day.average_satisfaction_score == 8
    assert (day.successful_interactions, day.failed_interactions) == (2, 1)
    assert day.business_insights_generated == 1


def test_onboarding_is_as_far_as_its_present_state(talk, user):
    say(talk, at(18, 9))
    talk.states.filter(is_completed=False).update(completion_percentage=40)
    roll_up_user_days(now=timezone.now())
    assert UserAnalytics.objects.get().onboarding_progress == 40
    type(user).objects.filter(pk=user.pk).update(
        onboarding_completed=True,
        onboarding_stage="complete",
        onboarding_completed_at=at(18, 12),
    )
    RollupMark.objects.all().delete()  # all days are counted anew
    roll_up_user_days(now=timezone.now())
    assert UserAnalytics.objects.get().onboarding_progress == 100


def test_what_is_said_of_a_turn_later_is_counted(talk):
    turn = say(talk, at(18, 9), role="assistant")
    other = say(talk, at(19, 9), role="assistant")
    roll_up_user_days(now=timezone.now())
    later = timezone.now() + dt.timedelta(days=1)
    turns.rate(turn=turn, user_rating=5)
    ConversationTurn.objects.filter(pk__in=[turn.pk, other.pk]).update(updated_at=later)
    assert roll_up_user_days(now=later + dt.timedelta(minutes=1)) == 1
    day = UserAnalytics.objects.get(date=dt.date(2026, 11, 18))
    assert (day.feedback_provided, day.positive_feedback_count) == (1, 1)


def test_days_that_are_rebuilt_leave_the_mark_where_it_is(talk):
    now = timezone.now()
    roll_up_user_days(now=now)
    mark = RollupMark.objects.get().read_until
    say(talk, at(1, 9))
    assert rebuild_user_days(since=at(1, 0), now=now) == 1
    assert RollupMark.objects.get().read_until == mark
