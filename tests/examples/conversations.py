"""A first talk with the consultant, and what came of it."""

from conversations import lifecycle, turns
from conversations.models import (
    AgentInteraction,
    Conversation,
    ConversationState,
    ConversationTurn,
    KnowledgeChunk,
    KnowledgeDocument,
    MarketingInsight,
)
from tests.examples import Scene, example


@example(Conversation)
def conversation(scene: Scene) -> Conversation:
    return lifecycle.start(
        workspace=scene.workspace, user=scene.user, title="How do we reach more cafés?"
    )


@example(ConversationTurn)
def turn(scene: Scene) -> ConversationTurn:
    return turns.add_turn(
        conversation=scene.one(Conversation),
        role="assistant",
        content="أهلًا بكم! حدّثوني عن أعمالكم.",
        language="ar",
        agent_name="master_agent",
        agent_type="master",
        processing_time_ms=840,
    )


@example(ConversationState)
def state(scene: Scene) -> ConversationState:
    return ConversationState.objects.get(conversation=scene.one(Conversation))


@example(AgentInteraction)
def interaction(scene: Scene) -> AgentInteraction:
    return AgentInteraction.objects.create(
        workspace=scene.workspace,
        conversation=scene.one(Conversation),
        agent_name="master_agent",
        agent_type="master",
        interaction_type="routing",
        execution_time_ms=120,
    )


@example(KnowledgeDocument)
def document(scene: Scene) -> KnowledgeDocument:
    return KnowledgeDocument.objects.create(
        workspace=scene.workspace,
        title="Selling coffee in Ramadan",
        body="Evenings are long, and people shop after the prayer.",
        category="market_trends",
        tags=["ramadan"],
    )


@example(KnowledgeChunk)
def chunk(scene: Scene) -> KnowledgeChunk:
    return scene.one(KnowledgeDocument).chunks.create(
        workspace=scene.workspace, text="Evenings are long."
    )


@example(MarketingInsight)
def insight(scene: Scene) -> MarketingInsight:
    return MarketingInsight.objects.create(
        workspace=scene.workspace,
        user=scene.user,
        insight_type="market_trend",
        title="Evenings sell",
        description="Two thirds of the visits come after eight in the evening.",
        insight_data={"share": 0.66},
        confidence_score=0.8,
        generated_by_agent="data_synthesis_agent",
    )
