"""How a conversation begins, goes from state to state, ends, and is taken up again."""

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User, Workspace
from conversations.models import Conversation, ConversationState

Status = Conversation.Status
Reason = Conversation.CompletionReason


@transaction.atomic
def start(
    *,
    workspace: Workspace | uuid.UUID,
    user: User | uuid.UUID,
    now: datetime.datetime | None = None,
    session_id: str = "",
    **fields: Any,
) -> Conversation:
    """Begin a conversation in its first state; without a session's name it gets one.

    `fields` are further fields of the conversation (title, conversation_type …).
    """
    now = now or timezone.now()
    conversation = Conversation.objects.create(
        workspace_id=workspace.pk if isinstance(workspace, Workspace) else workspace,
        user_id=user.pk if isinstance(user, User) else user,
        session_id=session_id or uuid.uuid4().hex,
        started_at=now,
        last_activity_at=now,
        **fields,
    )
    enter_state(conversation=conversation, name=conversation.conversation_stage, now=now)
    return conversation


@transaction.atomic
def enter_state(
    *,
    conversation: Conversation,
    name: str,
    now: datetime.datetime | None = None,
    data: dict[str, Any] | None = None,
) -> ConversationState:
    """Complete the present state and enter another; entering the present one again is nothing."""
    now = now or timezone.now()
    row = _locked(conversation)
    present = row.states.filter(is_completed=False).first()
    if present is not None and present.state_name == name:
        return present
    before = present or row.states.order_by("entered_at", "id").last()
    if present is not None:
        _complete_state(present, now)
    return ConversationState.objects.create(
        workspace_id=row.workspace_id,
        conversation=row,
        state_name=name,
        state_type=row.conversation_type,
        previous_state=before.state_name if before else "",
        state_data=data or {},
        entered_at=now,
    )


@transaction.atomic
def complete(
    *,
    conversation: Conversation,
    reason: str = Reason.GOAL_ACHIEVED,
    now: datetime.datetime | None = None,
) -> Conversation:
    """End a conversation and its present state. Raises TransitionError; twice is once."""
    now = now or timezone.now()
    row = _locked(conversation)
    if row.status == Status.COMPLETED:
        return row
    row.transition(Status.COMPLETED)
    row.completion_reason = reason
    # Clocks of two machines differ: no conversation ends before it began.
    row.completed_at = max(now, row.started_at)
    _save(row)
    present = row.states.filter(is_completed=False).first()
    if present is not None:
        _complete_state(present, now)
    return row


@transaction.atomic
def abandon(*, conversation: Conversation) -> Conversation:
    """Give up a conversation that nobody goes on with; its state stays where it was.

    Raises TransitionError where it is completed.
    """
    row = _locked(conversation)
    row.transition(Status.ABANDONED)
    row.completion_reason = Reason.INACTIVE
    _save(row)
    return row


@transaction.atomic
def reopen(*, conversation: Conversation, now: datetime.datetime | None = None) -> Conversation:
    """Take a conversation up again; one that was completed re-enters the state of its stage."""
    now = now or timezone.now()
    row = _locked(conversation)
    if row.status == Status.ACTIVE:
        return row
    row.transition(Status.ACTIVE)
    row.completion_reason, row.completed_at = None, None
    row.last_activity_at = max(now, row.last_activity_at)
    _save(row)
    if not row.states.filter(is_completed=False).exists():
        enter_state(conversation=row, name=row.conversation_stage, now=now)
    return row


def abandon_silent(*, now: datetime.datetime, silence: datetime.timedelta) -> int:
    """Give up every conversation without activity for so long; returns how many."""
    silent = Conversation.objects.active().filter(last_activity_at__lt=now - silence)
    return silent.update(status=Status.ABANDONED, completion_reason=Reason.INACTIVE, updated_at=now)


def _locked(conversation: Conversation) -> Conversation:
    return Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)


def _save(row: Conversation) -> None:
    row.save(
        update_fields=[
            "status", "completion_reason", "completed_at", "last_activity_at", "updated_at",
        ]
    )  # fmt: skip


def _complete_state(state: ConversationState, now: datetime.datetime) -> None:
    state.is_completed, state.completion_percentage = True, 100
    state.completed_at = max(now, state.entered_at)
    state.save(
        update_fields=["is_completed", "completion_percentage", "completed_at", "updated_at"]
    )
