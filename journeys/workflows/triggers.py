"""From events to executions, within the transaction that takes the events in."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any, TypedDict

import orjson
from psycopg.types.json import Json

from accounts.tenancy.edge import Connection


class SubmittedForm(TypedDict):
    """A `form_submitted` event that was accepted; `properties` holds what the visitor wrote."""

    event_id: int
    timestamp: datetime.datetime
    project_id: uuid.UUID
    contact_id: uuid.UUID | None
    component_id: str
    message_id: str
    properties: dict[str, Any]


async def start_executions(
    conn: Connection, *, workspace_id: uuid.UUID | str, events: Sequence[SubmittedForm]
) -> int:
    """Start an execution for every active connection of the events' components.

    `conn` is a scoped transaction of the workspace. Returns how many were started: an event starts
    a workflow once, however often it is handed in. The worker is told by `nudge` after the commit.
    """
    if not events:
        return 0
    rows = Json(list(events), dumps=orjson.dumps)
    cursor = await conn.execute(
        "select journeys_start_executions(%s::uuid, %s::jsonb) as started",
        (str(workspace_id), rows),
    )
    found = await cursor.fetchone()
    return int(found["started"]) if found else 0
