"""What check_data finds of conversations."""

import pytest
from django.db.models import F

from accounts import checking
from conversations import knowledge, lifecycle, turns
from conversations.models import (
    Conversation,
    ConversationState,
    ConversationTurn,
    KnowledgeDocument,
)
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    member = MembershipFactory()
    talk = lifecycle.start(workspace=member.workspace, user=member.user)
    turns.add_turn(conversation=talk, role="user", content="Who buys at night?")
    turns.add_turn(conversation=talk, role="assistant", content="Students.", processing_time_ms=700)
    turns.add_turn(
        conversation=talk, role="assistant", content="And drivers.", processing_time_ms=1_100
    )
    return talk


def findings(name):
    ((_check, found),) = checking.run([f"conversations.{name}"])
    return [(finding.key, finding.detail) for finding in found]


@pytest.mark.parametrize("counter", ["user_messages_count", "agent_messages_count", "total_turns"])
def test_a_counter_that_was_not_raised_is_found(talk, counter):
    assert findings("counters_agree") == []
    change = 1 if counter == "total_turns" else -1
    Conversation.objects.filter(pk=talk.pk).update(**{counter: F(counter) + change})
    ((key, detail),) = findings("counters_agree")
    assert key == str(talk.pk)
    assert detail.endswith("there are 3 (1, 2)")


def test_a_conversation_without_turns_counts_none():
    member = MembershipFactory()
    talk = lifecycle.start(workspace=member.workspace, user=member.user)
    assert findings("counters_agree") == []
    Conversation.objects.filter(pk=talk.pk).update(total_turns=1)
    assert [key for key, _detail in findings("counters_agree")] == [str(talk.pk)]


def test_a_missing_turn_is_found(talk):
    assert findings("turns_have_no_gap") == []
    ConversationTurn.objects.filter(conversation=talk, turn_number=2).delete()
    assert findings("turns_have_no_gap") == [
        (str(talk.pk), "2 turns, the last of them is number 3")
    ]


@pytest.mark.parametrize("value", [None, 1_000])
def test_a_response_time_that_is_not_the_mean_is_found(talk, value):
    assert findings("response_time_agrees") == []
    Conversation.objects.filter(pk=talk.pk).update(average_response_time=value)
    assert [key for key, _detail in findings("response_time_agrees")] == [str(talk.pk)]


def test_a_conversation_without_its_state_is_found(talk):
    assert findings("state_agrees") == []
    ConversationState.objects.filter(conversation=talk).delete()
    assert findings("state_agrees") == [(str(talk.pk), "is active with 0 present states")]


def test_a_state_that_outlived_its_conversation_is_found(talk):
    lifecycle.complete(conversation=talk)
    assert findings("state_agrees") == []
    ConversationState.objects.update(is_completed=False, completed_at=None)
    assert findings("state_agrees") == [(str(talk.pk), "is completed with 1 present states")]


def test_a_document_that_was_never_cut_is_found(talk):
    document = knowledge.save(
        document=KnowledgeDocument(
            workspace=talk.workspace, title="Prices", body="Ninety.", category="product_docs"
        )
    )
    assert findings("document_has_its_pieces") == []
    document.chunks.all().delete()
    assert [key for key, _detail in findings("document_has_its_pieces")] == [str(document.pk)]
