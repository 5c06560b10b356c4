from typing import Any

from conversations.api import findings, talks

api_routes: list[tuple[str, Any, str]] = [
    ("conversations", talks.ConversationViewSet, "conversation"),
    ("turns", talks.TurnViewSet, "turn"),
    ("states", talks.StateViewSet, "state"),
    ("agent-interactions", talks.AgentInteractionViewSet, "agent-interaction"),
    ("knowledge-documents", findings.KnowledgeDocumentViewSet, "knowledge-document"),
    ("knowledge-chunks", findings.KnowledgeChunkViewSet, "knowledge-chunk"),
    ("marketing-insights", findings.MarketingInsightViewSet, "marketing-insight"),
]
