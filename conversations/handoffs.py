"""How a conversation goes from one agent to another, and how that is written down."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from accounts.faults import Fault, json_pointer
from conversations.models import Conversation


class Handoff(BaseModel):
    """One entry of `Conversation.agent_handoffs` (document 002): `{at, from, to, reason}`."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    at: AwareDatetime
    from_agent: str = Field(alias="from", min_length=1, max_length=100)
    to: str = Field(min_length=1, max_length=100)
    reason: str = Field(default="", max_length=500)


_HANDOFFS = TypeAdapter(list[Handoff])


def faults_of(value: Any) -> list[Fault]:
    """What is wrong with a list of handoffs; pointers are into it."""
    try:
        _HANDOFFS.validate_python(value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        return [
            Fault(pointer=json_pointer(entry["loc"]), code=entry["type"], detail=entry["msg"])
            for entry in found
        ]
    return []


@transaction.atomic
def hand_over(
    *, conversation: Conversation, to: str, reason: str = "", now: datetime.datetime | None = None
) -> Conversation:
    """Note that another agent leads from now on; the last one is who hands over.

    Returns the conversation as it then is. To the agent that has it already is no handoff.
    """
    row = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    current = row.agent_handoffs[-1]["to"] if row.agent_handoffs else row.primary_agent
    if to == current:
        return row
    at = (now or timezone.now()).isoformat()
    entry = Handoff.model_validate({"at": at, "from": current, "to": to, "reason": reason})
    row.agent_handoffs = [*row.agent_handoffs, entry.model_dump(mode="json", by_alias=True)]
    row.involved_agents = list(dict.fromkeys([*row.involved_agents, current, to]))
    row.save(update_fields=["agent_handoffs", "involved_agents", "updated_at"])
    return row
