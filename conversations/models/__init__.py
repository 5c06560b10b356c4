from conversations.models.choices import AgentType, ConversationStage, ConversationType, Language
from conversations.models.conversations import Conversation
from conversations.models.insights import MarketingInsight
from conversations.models.knowledge import KnowledgeChunk, KnowledgeDocument
from conversations.models.states import AgentInteraction, ConversationState
from conversations.models.turns import ConversationTurn

__all__ = [
    "AgentInteraction",
    "AgentType",
    "Conversation",
    "ConversationStage",
    "ConversationState",
    "ConversationTurn",
    "ConversationType",
    "KnowledgeChunk",
    "KnowledgeDocument",
    "Language",
    "MarketingInsight",
]
