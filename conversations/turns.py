"""Adding to a conversation: turns without a gap, and counters that agree with them."""

import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Avg, F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.faults import Fault
from conversations.models import Conversation, ConversationTurn

Role = ConversationTurn.Role
RATED: Final = ("user_rating", "user_feedback")


class ConversationOverError(Exception):
    """A turn was added to a conversation that is not going on; a 422 over the API."""

    def __init__(self, conversation: Conversation) -> None:
        text = _("This conversation is %(status)s; reopen it to go on.")
        super().__init__(text % {"status": conversation.get_status_display()})
        self.faults = [Fault(pointer="/conversation", code="conversation_over", detail=str(self))]


@transaction.atomic
def add_turn(
    *,
    conversation: Conversation,
    role: str,
    content: str,
    now: datetime.datetime | None = None,
    **fields: Any,
) -> ConversationTurn:
    """Add a turn and raise the conversation's counters.

    The number is given while the conversation's row is locked, so that turns of many writers
    stand one after the other: no number is given twice, none is left out. `fields` are further
    fields of the turn (agent_name, cost_usd …). Raises ConversationOverError.
    """
    now = now or timezone.now()
    row = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if row.status != Conversation.Status.ACTIVE:
        raise ConversationOverError(row)
    turn = ConversationTurn.objects.create(
        workspace_id=row.workspace_id,
        conversation=row,
        user_id=row.user_id,
        turn_number=row.total_turns + 1,
        role=role,
        content=content,
        **fields,
    )
    _count(row, turn, now)
    return turn


def rate(*, turn: ConversationTurn, **said: Any) -> ConversationTurn:
    """Keep what its user thinks of a turn: `user_rating` (1..5), `user_feedback`, or one of them.

    None takes it back. Nothing else of a turn ever changes.
    """
    for name in RATED:
        setattr(turn, name, said.get(name, getattr(turn, name)))
    turn.save(update_fields=[*RATED, "updated_at"])
    return turn


def _count(conversation: Conversation, turn: ConversationTurn, now: datetime.datetime) -> None:
    """Raise the counters, in one statement; the row is locked, so that no turn is missed."""
    changes: dict[str, Any] = {
        "total_turns": F("total_turns") + 1,
        "user_messages_count": F("user_messages_count") + int(turn.role == Role.USER),
        "agent_messages_count": F("agent_messages_count") + int(turn.role == Role.ASSISTANT),
        # Clocks of two machines differ: the last activity never goes back.
        "last_activity_at": Greatest(F("last_activity_at"), now),
        "updated_at": now,
    }
    if turn.role == Role.ASSISTANT and turn.processing_time_ms is not None:
        answers = conversation.turns.filter(role=Role.ASSISTANT)
        changes["average_response_time"] = answers.aggregate(mean=Avg("processing_time_ms"))["mean"]
    if turn.agent_name and turn.agent_name not in conversation.involved_agents:
        changes["involved_agents"] = [*conversation.involved_agents, turn.agent_name]
    if turn.conversation_stage_transition:
        changes["conversation_stage"] = turn.conversation_stage_transition
    Conversation.objects.filter(pk=conversation.pk).update(**changes)
