"""What the database holds of conversations, whoever writes: each rule is broken on purpose."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import EmbeddingModel
from conversations.models import (
    AgentInteraction,
    Conversation,
    ConversationState,
    ConversationTurn,
    KnowledgeChunk,
    KnowledgeDocument,
    MarketingInsight,
)
from tests.examples import Scene
from tests.factories import MembershipFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db

BEFORE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)


@pytest.fixture
def scene(db):
    owner = MembershipFactory(role="owner")
    return Scene(workspace=owner.workspace, user=owner.user)


BROKEN = [
    (Conversation, {"status": "asleep"}, "status"),
    (Conversation, {"conversation_type": "gossip"}, "conversation_type"),
    (Conversation, {"conversation_stage": "late"}, "conversation_stage"),
    (Conversation, {"completion_reason": "bored"}, "completion_reason"),
    (Conversation, {"status": "completed"}, "completed_at"),
    (Conversation, {"completed_at": NOW}, "completed_at"),
    (Conversation, {"last_activity_at": BEFORE}, "last_activity_at_after_started_at"),
    (Conversation, {"user_satisfaction_score": 0}, "user_satisfaction_score"),
    (Conversation, {"user_satisfaction_score": 11}, "user_satisfaction_score"),
    (Conversation, {"conversation_quality_score": 100.5}, "conversation_quality_score"),
    (Conversation, {"conversation_quality_score": float("nan")}, "conversation_quality_score"),
    (Conversation, {"average_response_time": -1}, "average_response_time"),
    (Conversation, {"actionable_insights_count": -1}, "actionable_insights_count"),
    (Conversation, {"user_messages_count": 9}, "turns_hold_messages"),
    (ConversationTurn, {"turn_number": 0}, "turn_number"),
    (ConversationTurn, {"role": "narrator"}, "role"),
    (ConversationTurn, {"agent_type": "oracle"}, "agent_type"),
    (ConversationTurn, {"message_type": "smoke"}, "message_type"),
    (ConversationTurn, {"language": "tlh"}, "language"),
    (ConversationTurn, {"user_feedback": "meh"}, "user_feedback"),
    (ConversationTurn, {"agent_confidence": 1.2}, "agent_confidence"),
    (ConversationTurn, {"user_rating": 6}, "user_rating"),
    (ConversationTurn, {"sentiment_score": -1.1}, "sentiment_score"),
    (ConversationTurn, {"cost_usd": -1}, "cost_usd"),
    (ConversationTurn, {"tokens_used": -1}, "tokens_used"),
    (ConversationTurn, {"processing_time_ms": -1}, "processing_time_ms"),
    (ConversationState, {"state_type": "gossip"}, "state_type"),
    (ConversationState, {"completion_percentage": 101}, "completion_percentage"),
    (ConversationState, {"is_completed": True}, "completed_at"),
    (
        ConversationState,
        {"is_completed": True, "completed_at": BEFORE},
        "completed_at_after_entered_at",
    ),
    (AgentInteraction, {"agent_type": "oracle"}, "agent_type"),
    (AgentInteraction, {"interaction_type": "stare"}, "interaction_type"),
    (AgentInteraction, {"confidence_score": -0.1}, "confidence_score"),
    (AgentInteraction, {"execution_time_ms": -1}, "execution_time_ms"),
    (AgentInteraction, {"cost_incurred": -1}, "cost_incurred"),
    (KnowledgeDocument, {"language": "xx"}, "language"),
    (KnowledgeDocument, {"source": "rumour"}, "source"),
    (KnowledgeDocument, {"category": "gossip"}, "category"),
    (KnowledgeChunk, {"text": ""}, "text"),
    (KnowledgeChunk, {"embedding": [0.1] * 3, "embedding_model": EmbeddingModel.MINILM}, "length"),
    (MarketingInsight, {"insight_type": "gossip"}, "insight_type"),
    (MarketingInsight, {"priority": "asap"}, "priority"),
    (MarketingInsight, {"estimated_impact": "huge"}, "estimated_impact"),
    (MarketingInsight, {"implementation_effort": "none"}, "implementation_effort"),
    (MarketingInsight, {"status": "lost"}, "status"),
    (MarketingInsight, {"confidence_score": 1.01}, "confidence_score"),
    (MarketingInsight, {"user_rating": 0}, "user_rating"),
    (MarketingInsight, {"estimated_roi": -2}, "estimated_roi"),
    (MarketingInsight, {"implemented": True}, "implemented"),
    (MarketingInsight, {"status": "implemented"}, "implemented"),
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


def test_a_session_is_one_conversation_of_a_workspace(scene):
    conversation = scene.one(Conversation)
    values = {"user": scene.user, "session_id": conversation.session_id}
    Conversation.objects.create(workspace=WorkspaceFactory(), **values)
    with pytest.raises(IntegrityError, match="conversations_conversation_session"):
        Conversation.objects.create(workspace=scene.workspace, **values)


def test_a_number_is_given_once(scene):
    turn = scene.one(ConversationTurn)
    turn.pk = None
    turn._state.adding = True
    with pytest.raises(IntegrityError, match="conversations_conversationturn_number"):
        turn.save(force_insert=True)


def test_a_conversation_is_in_one_state_at_a_time(scene):
    state = scene.one(ConversationState)
    with pytest.raises(IntegrityError, match="conversations_conversationstate_one_present"):
        state.conversation.states.create(workspace=scene.workspace, state_name="elsewhere")


def test_a_chunk_belongs_to_whom_its_document_belongs(scene):
    platform = KnowledgeDocument.objects.create(title="Halal", body="…", category="product_docs")
    KnowledgeChunk.objects.create(document=platform, text="Whose?")
    with pytest.raises(IntegrityError, match="belongs"), transaction.atomic():
        KnowledgeChunk.objects.create(
            document=platform, position=1, workspace=scene.workspace, text="Ours?"
        )
    with pytest.raises(IntegrityError, match="no row of its workspace"), transaction.atomic():
        KnowledgeChunk.objects.create(document=scene.one(KnowledgeDocument), text="Everybody's?")
    with pytest.raises(IntegrityError, match="conversations_knowledgechunk_place"):
        KnowledgeChunk.objects.create(document=platform, text="Twice?")


def test_what_is_derived_cannot_be_given(scene):
    conversation = scene.one(Conversation)
    conversation.is_completed = True
    conversation.save()
    conversation.refresh_from_db()
    assert (conversation.is_active, conversation.is_completed) == (True, False)
