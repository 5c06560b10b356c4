"""Conversations over the API: one's own; owners and admins read everybody's."""

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api.base import (
    ANALYSTS,
    ReadOnlyWorkspaceViewSet,
    RolePermission,
    WorkspaceQueryset,
    WorkspaceViewSet,
)
from conversations import lifecycle
from conversations.api.serializers import (
    AgentInteractionSerializer,
    CompletionSerializer,
    ConversationSerializer,
    NewConversationSerializer,
    StateSerializer,
    TurnSerializer,
)
from conversations.models import (
    AgentInteraction,
    Conversation,
    ConversationState,
    ConversationTurn,
)

BEGIN = OpenApiExample(
    "Begin to plan a campaign",
    value={"conversation_type": "campaign_planning", "title": "Ramadan evenings"},
    request_only=True,
)
RATE = OpenApiExample(
    "Rate it",
    value={"user_satisfaction_score": 9, "user_feedback": "Clear advice, and in my dialect."},
    request_only=True,
)
JUDGE = OpenApiExample(
    "Rate it", value={"user_rating": 5, "user_feedback": "helpful"}, request_only=True
)
FINISH = OpenApiExample("Finish", value={"reason": "goal_achieved"}, request_only=True)


class ConversationFilter(filters.FilterSet):
    started_after = filters.IsoDateTimeFilter(field_name="started_at", lookup_expr="gte")
    started_before = filters.IsoDateTimeFilter(field_name="started_at", lookup_expr="lt")
    active_after = filters.IsoDateTimeFilter(field_name="last_activity_at", lookup_expr="gte")

    class Meta:
        model = Conversation
        fields = ["user", "session_id", "conversation_type", "status", "follow_up_required"]


class ConversationViewSet(WorkspaceViewSet):
    """One's own conversations with the consultant."""

    queryset = Conversation.objects.order_by("-id")
    serializer_class = ConversationSerializer
    http_method_names = ["get", "post", "patch", "head", "options"]
    own_rows = True
    filterset_class = ConversationFilter
    ordering_fields = ["started_at", "last_activity_at"]

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        return NewConversationSerializer if self.action == "create" else ConversationSerializer

    @extend_schema(examples=[BEGIN])
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Begin a conversation."""
        return super().create(request, *args, **kwargs)

    @extend_schema(examples=[RATE])
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Name a conversation, or say how it was."""
        return super().partial_update(request, *args, **kwargs)

    @extend_schema(
        request=CompletionSerializer, responses=ConversationSerializer, examples=[FINISH]
    )
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, **kwargs: Any) -> Response:
        """End the conversation."""
        form = CompletionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        reason = form.validated_data["reason"]
        return self._answer(lifecycle.complete(conversation=self.get_object(), reason=reason))

    @extend_schema(request=None, responses=ConversationSerializer)
    @action(detail=True, methods=["post"])
    def abandon(self, request: Request, **kwargs: Any) -> Response:
        """Give the conversation up."""
        return self._answer(lifecycle.abandon(conversation=self.get_object()))

    @extend_schema(request=None, responses=ConversationSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, **kwargs: Any) -> Response:
        """Take a conversation up again that was ended or given up."""
        return self._answer(lifecycle.reopen(conversation=self.get_object()))

    def _answer(self, conversation: Conversation) -> Response:
        conversation.refresh_from_db()  # what is generated
        return Response(ConversationSerializer(conversation).data)


class TurnFilter(filters.FilterSet):
    created_after = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = ConversationTurn
        fields = ["conversation", "user", "turn_number"]


class TurnViewSet(
    WorkspaceQueryset,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[Any],
):
    """What was said, as the platform wrote it down; over the API it is rated and nothing else."""

    queryset = ConversationTurn.objects.order_by("-id")
    serializer_class = TurnSerializer
    permission_classes = [RolePermission]
    http_method_names = ["get", "patch", "head", "options"]
    own_rows = True
    filterset_class = TurnFilter
    expandable = {"conversation": ConversationSerializer}

    @extend_schema(examples=[JUDGE])
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say what one thinks of a turn of one's own conversation."""
        return super().partial_update(request, *args, **kwargs)


class StateFilter(filters.FilterSet):
    entered_after = filters.IsoDateTimeFilter(field_name="entered_at", lookup_expr="gte")

    class Meta:
        model = ConversationState
        fields = ["conversation", "state_name", "is_completed"]


class StateViewSet(ReadOnlyWorkspaceViewSet):
    """The states that one's conversations went through."""

    queryset = ConversationState.objects.order_by("-id")
    serializer_class = StateSerializer
    own_rows = "conversation__user"
    filterset_class = StateFilter
    expandable = {"conversation": ConversationSerializer}


class AgentInteractionFilter(filters.FilterSet):
    created_after = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_before = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = AgentInteraction
        fields = ["conversation", "agent_name"]


class AgentInteractionViewSet(ReadOnlyWorkspaceViewSet):
    """What the agents did, for those who look after them."""

    queryset = AgentInteraction.objects.order_by("-id")
    serializer_class = AgentInteractionSerializer
    readers = ANALYSTS
    filterset_class = AgentInteractionFilter
