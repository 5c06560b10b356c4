"""Conversations begin, go from state to state, end, and are taken up again."""

import datetime as dt

import pytest

from accounts.models import TransitionError
from conversations import insights, lifecycle
from conversations.models import Conversation, MarketingInsight

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)


def later(**span):
    return NOW + dt.timedelta(**span)


@pytest.fixture
def conversation(workspace, user):
    return lifecycle.start(workspace=workspace, user=user, now=NOW)


def names(conversation):
    return list(
        conversation.states.order_by("entered_at").values_list("state_name", "previous_state")
    )


def test_it_begins_in_a_state_with_a_session_of_its_own(conversation, workspace, user):
    other = lifecycle.start(workspace=workspace, user=user)
    assert conversation.session_id != other.session_id
    assert names(conversation) == [("initial", "")]
    assert (conversation.is_active, conversation.is_completed) == (True, False)


def test_states_follow_each_other(conversation):
    first = conversation.states.get()
    lifecycle.enter_state(
        conversation=conversation, name="business_discovery", now=later(minutes=3)
    )
    lifecycle.enter_state(
        conversation=conversation, name="business_discovery", now=later(minutes=4)
    )
    assert names(conversation) == [("initial", ""), ("business_discovery", "initial")]
    first.refresh_from_db()
    assert (first.is_completed, first.completion_percentage, first.duration_seconds) == (
        True,
        100,
        180,
    )


def test_its_end_is_told_with_a_time(conversation):
    lifecycle.complete(conversation=conversation, now=later(minutes=61, seconds=30))
    lifecycle.complete(conversation=conversation, now=later(days=3))
    row = Conversation.objects.get(pk=conversation.pk)
    assert (row.status, row.is_active, row.is_completed) == ("completed", False, True)
    assert (row.completion_reason, row.duration_minutes) == ("goal_achieved", 61)
    assert not row.states.filter(is_completed=False).exists()


def test_it_is_taken_up_again_where_it_was(conversation):
    lifecycle.complete(conversation=conversation, now=later(minutes=5))
    lifecycle.reopen(conversation=conversation, now=later(minutes=9))
    row = Conversation.objects.get(pk=conversation.pk)
    assert (row.status, row.completed_at, row.duration_minutes) == ("active", None, None)
    assert names(conversation) == [("initial", ""), ("initial", "initial")]


def test_what_is_completed_is_not_abandoned(conversation):
    lifecycle.complete(conversation=conversation, now=later(minutes=5))
    with pytest.raises(TransitionError):
        lifecycle.abandon(conversation=conversation)


def test_what_is_silent_for_long_is_given_up_and_can_be_taken_up(conversation, workspace, user):
    fresh = lifecycle.start(workspace=workspace, user=user, now=later(days=6))
    week = dt.timedelta(days=7)
    assert lifecycle.abandon_silent(now=later(days=8), silence=week) == 1
    assert lifecycle.abandon_silent(now=later(days=8), silence=week) == 0
    fresh.refresh_from_db()
    assert fresh.status == "active"
    assert lifecycle.reopen(conversation=conversation, now=later(days=9)).status == "active"
    assert names(conversation) == [("initial", "")]


@pytest.fixture
def insight(workspace, user):
    return MarketingInsight.objects.create(
        workspace=workspace,
        user=user,
        insight_type="seo",
        title="Slow pages",
        description="They rank low.",
        insight_data={},
        confidence_score=0.7,
        generated_by_agent="seranking_agent",
        expires_at=later(days=1),
    )


def test_status_flag_and_time_of_an_insight_agree(insight):
    moved = insights.move(insight=insight, status="implemented", now=NOW)
    assert (moved.implemented, moved.implementation_date) == (True, NOW)
    again = insights.move(insight=moved, status="active")
    assert (again.implemented, again.implementation_date) == (False, None)


def test_an_insight_expires_once_and_for_good(insight):
    assert insights.expire(now=later(hours=1)) == 0
    assert [insights.expire(now=later(days=2)) for _ in range(2)] == [1, 0]
    insight.refresh_from_db()
    with pytest.raises(TransitionError):
        insights.move(insight=insight, status="active")
