from typing import Any

from rest_framework import serializers

from accounts.api.base import WorkspaceSerializer
from conversations import insights, knowledge, lifecycle, turns
from conversations.models import (
    AgentInteraction,
    Conversation,
    ConversationState,
    ConversationTurn,
    KnowledgeChunk,
    KnowledgeDocument,
    MarketingInsight,
)

WRITTEN_BY_PEOPLE = ("title", "primary_goal", "user_satisfaction_score", "user_feedback")


class ConversationSerializer(WorkspaceSerializer):
    class Meta:
        model = Conversation
        fields = [
            "id", "user", "session_id", "conversation_type", "conversation_stage", "status",
            "is_active", "is_completed", "completion_reason", "title", "summary", "primary_goal",
            "key_outcomes", "primary_agent", "involved_agents", "agent_handoffs", "total_turns",
            "user_messages_count", "agent_messages_count", "average_response_time",
            "user_satisfaction_score", "conversation_quality_score", "user_feedback",
            "business_value_generated", "actionable_insights_count", "follow_up_required",
            "follow_up_date", "started_at", "last_activity_at", "completed_at",
            "duration_minutes", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [name for name in fields if name not in WRITTEN_BY_PEOPLE]


class NewConversationSerializer(ConversationSerializer):
    """What a conversation begins with; without a session's name it gets one."""

    class Meta(ConversationSerializer.Meta):
        read_only_fields = [
            name
            for name in ConversationSerializer.Meta.read_only_fields
            if name not in ("session_id", "conversation_type")
        ]
        extra_kwargs = {"session_id": {"required": False}}

    def create(self, validated_data: dict[str, Any]) -> Conversation:
        return lifecycle.start(
            workspace=validated_data.pop("workspace_id"),
            user=validated_data.pop("user_id"),
            **validated_data,
        )


class CompletionSerializer(serializers.Serializer[Conversation]):
    reason = serializers.ChoiceField(
        choices=Conversation.CompletionReason.choices,
        default=Conversation.CompletionReason.USER_ENDED,
    )


class TurnSerializer(WorkspaceSerializer):
    class Meta:
        model = ConversationTurn
        fields = [
            "id", "conversation", "user", "turn_number", "role", "content", "agent_name",
            "agent_type", "agent_confidence", "message_type", "language",
            "cultural_context_applied", "processing_time_ms", "tokens_used", "cost_usd",
            "external_apis_used", "api_response_data", "user_feedback", "user_rating",
            "follow_up_questions", "triggered_agent_handoff", "next_expected_action",
            "conversation_stage_transition", "intent_detected", "entities_extracted",
            "sentiment_score", "created_at",
        ]  # fmt: skip
        read_only_fields = [name for name in fields if name not in turns.RATED]
        extra_kwargs = {"user_rating": {"min_value": 1, "max_value": 5}}

    def update(
        self, instance: ConversationTurn, validated_data: dict[str, Any]
    ) -> ConversationTurn:
        return turns.rate(turn=instance, **validated_data)


class StateSerializer(WorkspaceSerializer):
    class Meta:
        model = ConversationState
        fields = [
            "id", "conversation", "state_name", "state_type", "previous_state", "state_data",
            "completion_percentage", "is_completed", "entered_at", "completed_at",
            "duration_seconds", "created_at", "updated_at",
        ]  # fmt: skip


class AgentInteractionSerializer(WorkspaceSerializer):
    class Meta:
        model = AgentInteraction
        fields = [
            "id", "conversation", "agent_name", "agent_type", "agent_version",
            "interaction_type", "input_data", "output_data", "execution_time_ms", "success",
            "error_message", "confidence_score", "tokens_consumed", "api_calls_made",
            "cost_incurred", "created_at",
        ]  # fmt: skip


class KnowledgeDocumentSerializer(WorkspaceSerializer):
    last_updated = serializers.DateTimeField(
        source="updated_at", read_only=True, help_text="For reckoning its freshness."
    )

    class Meta:
        model = KnowledgeDocument
        fields = [
            "id", "title", "url", "language", "body", "source", "category", "tags",
            "last_updated", "created_at",
        ]  # fmt: skip

    def create(self, validated_data: dict[str, Any]) -> KnowledgeDocument:
        return knowledge.save(document=KnowledgeDocument(**validated_data))

    def update(
        self, instance: KnowledgeDocument, validated_data: dict[str, Any]
    ) -> KnowledgeDocument:
        return knowledge.save(document=instance, **validated_data)


class KnowledgeDocumentSummary(WorkspaceSerializer):
    class Meta:
        model = KnowledgeDocument
        fields = ["id", "title", "url", "language", "source", "category", "tags"]


class KnowledgeChunkSerializer(WorkspaceSerializer):
    """A piece of a document; its vector is no part of any answer."""

    class Meta:
        model = KnowledgeChunk
        fields = ["id", "document", "position", "text", "embedding_model"]


class MarketingInsightSerializer(WorkspaceSerializer):
    class Meta:
        model = MarketingInsight
        fields = [
            "id", "user", "insight_type", "title", "description", "insight_data",
            "confidence_score", "priority", "data_sources", "generated_by_agent",
            "estimated_impact", "implementation_effort", "estimated_roi", "user_rating",
            "user_feedback", "implemented", "implementation_date", "status", "expires_at",
            "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [
            name
            for name in fields
            if name not in ("user_rating", "user_feedback", "implemented", "status")
        ]

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        """`implemented` is another way to say the status; both at once must say the same."""
        implemented = attributes.pop("implemented", None)
        if implemented is None:
            return attributes
        kinds = MarketingInsight.Status
        said = kinds.IMPLEMENTED if implemented else kinds.ACTIVE
        if not implemented and not self.instance.implemented:  # type: ignore[union-attr]
            return attributes
        if attributes.setdefault("status", said) != said:
            raise serializers.ValidationError({"implemented": "The status says otherwise."})
        return attributes

    def update(
        self, instance: MarketingInsight, validated_data: dict[str, Any]
    ) -> MarketingInsight:
        status = validated_data.pop("status", instance.status)
        moved = insights.move(insight=instance, status=status)
        changed: MarketingInsight = super().update(moved, validated_data)
        return changed
