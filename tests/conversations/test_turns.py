"""Turns: numbered without a gap, counted as they are, by many writers at once."""

import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from conversations import handoffs, lifecycle, turns
from conversations.models import Conversation, ConversationTurn
from tests.factories import UserFactory, WorkspaceFactory

WRITERS = 20


@pytest.fixture
def conversation(workspace, user):
    return lifecycle.start(workspace=workspace, user=user)


@pytest.mark.django_db
def test_a_turn_is_numbered_and_counted(conversation):
    turns.add_turn(conversation=conversation, role="user", content="Who buys at night?")
    for time in (300, 500):
        turns.add_turn(
            conversation=conversation,
            role="assistant",
            content="Families.",
            agent_name="data_synthesis_agent",
            agent_type="data_synthesis",
            processing_time_ms=time,
            cost_usd=Decimal("0.000412"),
            conversation_stage_transition="recommendations",
        )
    turns.add_turn(conversation=conversation, role="system", content="A colleague joined.")
    conversation.refresh_from_db()
    assert list(
        conversation.turns.order_by("turn_number").values_list("turn_number", flat=True)
    ) == [1, 2, 3, 4]
    assert (
        conversation.total_turns,
        conversation.user_messages_count,
        conversation.agent_messages_count,
    ) == (4, 1, 2)
    assert conversation.average_response_time == 400
    assert conversation.involved_agents == ["data_synthesis_agent"]
    assert conversation.conversation_stage == "recommendations"
    assert conversation.last_activity_at > conversation.started_at


@pytest.mark.django_db
def test_an_ended_conversation_takes_no_turn(conversation):
    lifecycle.complete(conversation=conversation)
    with pytest.raises(turns.ConversationOverError) as caught:
        turns.add_turn(conversation=conversation, role="user", content="One more thing")
    assert caught.value.faults[0].pointer == "/conversation"
    assert not ConversationTurn.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_writers_at_once_leave_no_gap_and_lose_no_turn():
    talk = lifecycle.start(workspace=WorkspaceFactory(), user=UserFactory())
    barrier = threading.Barrier(WRITERS)
    failed = []

    def write(number):
        try:
            barrier.wait(timeout=30)
            role = "user" if number % 2 else "assistant"
            turns.add_turn(
                conversation=talk, role=role, content=str(number), processing_time_ms=number
            )
        except Exception as error:  # noqa: BLE001 - told below, in the test's own thread
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failed == []
    row = Conversation.objects.get(pk=talk.pk)
    numbers = row.turns.order_by("turn_number").values_list("turn_number", flat=True)
    assert list(numbers) == list(range(1, WRITERS + 1))
    assert (row.total_turns, row.user_messages_count, row.agent_messages_count) == (20, 10, 10)
    # The mean of 0, 2 … 18: no answer was missed.
    assert row.average_response_time == 9


@pytest.mark.django_db
def test_a_turns_user_is_its_conversations(conversation):
    turn = ConversationTurn(
        workspace=conversation.workspace,
        conversation=conversation,
        user=UserFactory(),
        turn_number=1,
        role="user",
        content="In your name",
    )
    with pytest.raises(IntegrityError, match="conversations_conversationturn_user"):
        turn.save()


@pytest.mark.django_db
def test_a_handoff_is_noted_once(conversation):
    handoffs.hand_over(conversation=conversation, to="perplexity_agent", reason="The market")
    row = handoffs.hand_over(conversation=conversation, to="perplexity_agent")
    assert [(each["from"], each["to"]) for each in row.agent_handoffs] == [
        ("master_agent", "perplexity_agent")
    ]
    assert row.involved_agents == ["master_agent", "perplexity_agent"]
    row.full_clean()


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({"at": "now"}, ""),
        ([{"at": "2026-11-21T09:00:00+03:00", "from": "a"}], "/0/to"),
        ([{"at": "soon", "from": "a", "to": "b"}], "/0/at"),
        ([{"at": "2026-11-21T09:00:00+03:00", "from": "a", "to": "b", "why": ""}], "/0/why"),
    ],
)
def test_handoffs_of_another_shape_are_refused(value, pointer):
    assert [fault.pointer for fault in handoffs.faults_of(value)] == [pointer]
