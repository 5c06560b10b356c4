from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import display

from accounts.admin.base import ConsoleTable, ReadOnlyConsolePage, readable_json
from accounts.admin.figures import bar, bar_column, money_column, number, share_column
from accounts.admin.links import related_link
from accounts.models import ADMINS, Role
from conversations.models import (
    AgentInteraction,
    Conversation,
    ConversationState,
    ConversationTurn,
)

COLOURS = {"active": "info", "completed": "success", "abandoned": "warning"}
ROLES = {"user": "info", "assistant": "success", "system": "warning"}
# A page of a conversation shows its last turns; the others are in the list of turns.
SHOWN_TURNS = 300


class StateTable(ConsoleTable):
    """The states that a conversation went through."""

    model = ConversationState
    fields = [
        "state_name", "previous_state", "completion_percentage", "entered_at", "completed_at",
        "duration_seconds",
    ]  # fmt: skip
    readonly_fields = fields
    ordering = ["entered_at"]
    can_delete = False
    max_num = 0
    show_change_link = False


@admin.register(Conversation)
class ConversationPage(ReadOnlyConsolePage):
    class Media:
        css = {"all": ["conversations/dialogue.css"]}

    list_display = [
        "__str__", "user_link", "conversation_type", "shown_status", "conversation_stage",
        "turns", "satisfaction", "last_activity_at",
    ]  # fmt: skip
    list_filter = [
        "status", "conversation_type", "conversation_stage", "follow_up_required",
        ("started_at", RangeDateTimeFilter),
    ]  # fmt: skip
    list_select_related = ["user"]
    search_fields = ["title", "=session_id", "=user__email"]
    search_help_text = _("Words of the title, or a session or an e-mail address, whole.")
    ordering = ["-last_activity_at"]
    inlines = [StateTable]
    fieldsets = [
        (None, {"fields": ["dialogue"]}),
        (
            _("Conversation"),
            {
                "fields": [
                    "title", "user", "conversation_type", "status", "conversation_stage",
                    "completion_reason", "summary", "primary_goal", "shown_outcomes",
                ],
            },
        ),
        (
            _("Agents"),
            {"fields": ["primary_agent", "involved_agents", "shown_handoffs"]},
        ),
        (
            _("Figures"),
            {
                "fields": [
                    "total_turns", "user_messages_count", "agent_messages_count",
                    "response_time", "satisfaction", "quality", "user_feedback",
                    "business_value_generated", "actionable_insights_count",
                    "follow_up_required", "follow_up_date",
                ],
            },
        ),
        (
            _("Times"),
            {
                "fields": [
                    "started_at", "last_activity_at", "completed_at", "duration_minutes",
                    "session_id",
                ],
            },
        ),
    ]  # fmt: skip
    readonly_fields = [
        "dialogue", "shown_outcomes", "shown_handoffs", "response_time",
        "satisfaction", "quality", "duration_minutes",
    ]  # fmt: skip
    user_link = related_link("user")
    satisfaction = bar_column("user_satisfaction_score", 10, description=_("satisfaction"))
    quality = bar_column("conversation_quality_score", 100, description=_("quality"))

    @admin.display(description=_("turns"))
    def turns(self, conversation: Conversation) -> int:
        return conversation.total_turns

    @display(description=_("status"), ordering="status", label=COLOURS)  # type: ignore[untyped-decorator]
    def shown_status(self, conversation: Conversation) -> tuple[str, str]:
        return conversation.status, conversation.get_status_display()

    @admin.display(description=_("dialogue"))
    def dialogue(self, conversation: Conversation) -> SafeString:
        """The last turns, oldest first, each in its own direction."""
        latest = conversation.turns.order_by("-turn_number")[:SHOWN_TURNS]
        turns = list(latest)[::-1]
        left = max(conversation.total_turns - len(turns), 0) if turns else 0
        context = {"turns": turns, "left": left}
        return render_to_string("conversations/dialogue.html", context)

    @admin.display(description=_("outcomes"))
    def shown_outcomes(self, conversation: Conversation) -> SafeString:
        return readable_json(conversation.key_outcomes)

    @admin.display(description=_("handoffs"))
    def shown_handoffs(self, conversation: Conversation) -> SafeString:
        return readable_json(conversation.agent_handoffs)

    @admin.display(description=_("average response time"))
    def response_time(self, conversation: Conversation) -> str:
        time = conversation.average_response_time
        return "–" if time is None else _("%(time)s ms") % {"time": number(time)}


@admin.register(ConversationTurn)
class TurnPage(ReadOnlyConsolePage):
    big = True
    list_display = [
        "turn_number", "conversation_link", "shown_role", "excerpt", "agent_name", "language",
        "tokens_used", "cost", "created_at",
    ]  # fmt: skip
    list_filter = ["role", "message_type", "language", "agent_type"]
    list_select_related = ["conversation"]
    search_fields = ["=agent_name", "=intent_detected", "=conversation__session_id"]
    search_help_text = _("An agent, an intent or a session, whole.")
    exclude = [
        "content", "external_apis_used", "api_response_data", "follow_up_questions",
        "entities_extracted",
    ]  # fmt: skip
    readonly_fields = ["words", "apis", "answers", "questions", "entities"]
    conversation_link = related_link("conversation")
    cost = money_column("cost_usd", currency="USD", description=_("cost"))

    class Media:
        css = {"all": ["conversations/dialogue.css"]}

    @display(description=pgettext_lazy("of a turn", "role"), label=ROLES)  # type: ignore[untyped-decorator]
    def shown_role(self, turn: ConversationTurn) -> tuple[str, str]:
        return turn.role, turn.get_role_display()

    @admin.display(description=_("content"))
    def excerpt(self, turn: ConversationTurn) -> str:
        return turn.content if len(turn.content) <= 80 else f"{turn.content[:79]}…"

    @admin.display(description=_("content"))
    def words(self, turn: ConversationTurn) -> SafeString:
        return render_to_string("conversations/dialogue.html", {"turns": [turn]})

    @admin.display(description=_("APIs used"))
    def apis(self, turn: ConversationTurn) -> SafeString:
        return readable_json(turn.external_apis_used)

    @admin.display(description=_("answers of APIs"))
    def answers(self, turn: ConversationTurn) -> SafeString:
        return readable_json(turn.api_response_data)

    @admin.display(description=_("follow-up questions"))
    def questions(self, turn: ConversationTurn) -> SafeString:
        return readable_json(turn.follow_up_questions)

    @admin.display(description=_("entities"))
    def entities(self, turn: ConversationTurn) -> SafeString:
        return readable_json(turn.entities_extracted)


@admin.register(ConversationState)
class StatePage(ReadOnlyConsolePage):
    list_display = [
        "state_name", "conversation_link", "state_type", "progress", "entered_at",
        "duration_seconds",
    ]  # fmt: skip
    list_filter = ["state_type", "is_completed"]
    list_select_related = ["conversation"]
    search_fields = ["=state_name", "=conversation__session_id"]
    search_help_text = _("A state or a session, whole.")
    exclude = ["state_data"]
    readonly_fields = ["shown_data", "duration_seconds"]
    conversation_link = related_link("conversation")

    @admin.display(description=_("completion"))
    def progress(self, state: ConversationState) -> SafeString:
        return bar(state.completion_percentage, 100, f"{state.completion_percentage}%")

    @admin.display(description=_("data"))
    def shown_data(self, state: ConversationState) -> SafeString:
        return readable_json(state.state_data)


@admin.register(AgentInteraction)
class AgentInteractionPage(ReadOnlyConsolePage):
    """For owners, admins and analysts: what agents were given may be personal."""

    big = True
    list_display = [
        "agent_name", "interaction_type", "conversation_link", "success", "confidence",
        "execution_time_ms", "tokens_consumed", "cost", "created_at",
    ]  # fmt: skip
    list_filter = ["success", "interaction_type", "agent_type"]
    list_select_related = ["conversation"]
    search_fields = ["=agent_name", "=conversation__session_id"]
    search_help_text = _("An agent or a session, whole.")
    exclude = ["input_data", "output_data"]
    readonly_fields = ["shown_input", "shown_output"]
    conversation_link = related_link("conversation")
    confidence = share_column("confidence_score", description=_("confidence"))
    cost = money_column("cost_incurred", currency="USD", description=_("cost"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, frozenset({*ADMINS, Role.ANALYST}))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=_("input"))
    def shown_input(self, interaction: AgentInteraction) -> SafeString:
        return readable_json(interaction.input_data)

    @admin.display(description=_("output"))
    def shown_output(self, interaction: AgentInteraction) -> SafeString:
        return readable_json(interaction.output_data)
