"""Stores messages of one workspace in one transaction: each once, or not at all."""

import asyncio
import random
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import structlog
from psycopg import errors

from accounts.tenancy.edge import Connection, edge_tenant
from journeys.identity.names import EMAIL
from journeys.identity.writing import News, load_register, write_register
from journeys.ingest.messages import FORM_SUBMITTED, Message, digest
from journeys.workflows import triggers

log = structlog.get_logger(__name__)

# Another transaction was quicker with the same person; beginning anew finds what it wrote.
_RETRIED: Final = (
    errors.UniqueViolation,
    errors.ForeignKeyViolation,
    errors.DeadlockDetected,
    errors.SerializationFailure,
)
_ATTEMPTS: Final = 6
_PROJECT_KEY: Final = "journeys_event_project_id_workspace"

_RECEIVE = """
insert into journeys_eventreceipt (workspace_id, message_digest, received_at)
select %(workspace)s, d::uuid, now() from json_array_elements_text(%(digests)s::json) d
order by d
on conflict do nothing returning message_digest
"""

_STORE = """
with added as (
    insert into journeys_event (workspace_id, project_id, contact_id, type, event_name,
        properties, context, timestamp, received_at, session_id, message_id, anonymous_id,
        ip_address, user_agent)
    select %(workspace)s, e.project_id, e.contact_id, e.type, e.event_name,
        e.properties, e.context, e.timestamp, e.received_at, e.session_id, e.message_id,
        e.anonymous_id, e.ip_address, e.user_agent
    from json_to_recordset(%(rows)s::json) as e(project_id uuid, contact_id uuid, type text,
        event_name text, properties jsonb, context jsonb, timestamp timestamptz,
        received_at timestamptz, session_id uuid, message_id text, anonymous_id text,
        ip_address inet, user_agent text)
    returning id, timestamp, project_id, contact_id, event_name, message_id, properties
)
select * from added where event_name = %(form)s
"""

_COUNT = """
insert into journeys_ingestcount (workspace_id, key_id, hour, outcome, reason, count)
select %(workspace)s, c.key_id, date_trunc('hour', now(), 'UTC'), c.outcome, c.reason, c.count
from json_to_recordset(%(rows)s::json)
    as c(key_id uuid, outcome text, reason text, count bigint)
order by c.key_id, c.outcome, c.reason
on conflict (workspace_id, hour, key_id, outcome, reason) do update set
    count = journeys_ingestcount.count + excluded.count, updated_at = now()
"""

Tally = Counter[tuple[uuid.UUID | None, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The messages of one request; `tally` counts what of it was not even a message.

    A tally's keys are (key, outcome, reason), outcomes those of `IngestCount`.
    """

    key_id: uuid.UUID | None
    messages: Sequence[Message]
    tally: Tally = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a delivery's messages."""

    accepted: int
    duplicates: int


async def store(workspace_id: uuid.UUID, deliveries: Sequence[Delivery]) -> list[Stored]:
    """Store deliveries of a workspace together; the answers are in their order.

    Returns after the commit. Raises what psycopg raises: then nothing of it is stored.
    """
    projects = True
    for attempt in range(_ATTEMPTS):
        try:
            async with edge_tenant(workspace_id=workspace_id, role="ingest") as conn:
                write = _Write(conn, workspace_id=workspace_id, projects=projects)
                return await write.run(deliveries)
        except _RETRIED as error:
            if attempt == _ATTEMPTS - 1:
                raise
            # The site was deleted while its pages were open somewhere: the event stays without it.
            projects = projects and error.diag.constraint_name != _PROJECT_KEY
            log.info("ingest.retried", error=type(error).__name__, attempt=attempt)
            await asyncio.sleep(random.uniform(0, 0.01) * 2**attempt)  # noqa: S311
    raise AssertionError("unreachable")


class _Write:
    """One attempt, within its transaction."""

    def __init__(self, conn: Connection, *, workspace_id: uuid.UUID, projects: bool) -> None:
        self._conn = conn
        self._workspace_id = workspace_id
        self._projects = projects
        self._tally: Tally = Counter()

    async def run(self, deliveries: Sequence[Delivery]) -> list[Stored]:
        fresh = await self._receive(deliveries)
        accepted, stored = self._sort(deliveries, fresh)
        if accepted:
            await self._store(accepted)
        await self._count()
        return stored

    async def _receive(self, deliveries: Sequence[Delivery]) -> set[uuid.UUID]:
        """Write receipts; returns the digests that were not there before."""
        digests = {digest(m.message_id) for delivery in deliveries for m in delivery.messages}
        if not digests:
            return set()
        rows = await self._execute(_RECEIVE, digests=_json(digests))
        return {row["message_digest"] for row in rows}

    def _sort(
        self, deliveries: Sequence[Delivery], fresh: set[uuid.UUID]
    ) -> tuple[list[tuple[Delivery, Message]], list[Stored]]:
        """The messages to store, and the count of each delivery."""
        accepted: list[tuple[Delivery, Message]] = []
        stored: list[Stored] = []
        for delivery in deliveries:
            before = len(accepted)
            for message in delivery.messages:
                key = digest(message.message_id)
                if key in fresh:
                    fresh.discard(key)
                    accepted.append((delivery, message))
            new = len(accepted) - before
            stored.append(Stored(new, len(delivery.messages) - new))
            self._tally.update(delivery.tally)
            self._tally[(delivery.key_id, "accepted", "")] += new
            self._tally[(delivery.key_id, "duplicate", "")] += len(delivery.messages) - new
        return accepted, stored

    async def _store(self, accepted: Sequence[tuple[Delivery, Message]]) -> None:
        contacts = await self._contacts(accepted)
        events = [
            self._row(message, contact_id)
            for (_, message), contact_id in zip(accepted, contacts, strict=True)
        ]
        forms = {m.message_id[:200]: m.component_id for _, m in accepted if m.is_form}
        rows = await self._execute(_STORE, rows=_json(events), form=FORM_SUBMITTED)
        submitted = [_submission(row, forms) for row in rows if row["message_id"] in forms]
        if submitted:
            await triggers.start_executions(
                self._conn, workspace_id=self._workspace_id, events=submitted
            )

    async def _contacts(self, accepted: Sequence[tuple[Delivery, Message]]) -> list[uuid.UUID]:
        """Find or make the contact of each message, and write what the messages tell of them."""
        names = [name for _, message in accepted for name in message.names]
        register = await load_register(self._conn, workspace_id=self._workspace_id, names=names)
        found = []
        for delivery, message in accepted:
            answer = register.resolve(message.names)
            found.append(answer)
            if answer.refused and message.tells_names:
                self._tally[(delivery.key_id, "merge_refused", message.type)] += 1
        contacts = [register.final(answer.contact_id) for answer in found]
        news: dict[uuid.UUID, News] = {}
        for (_, message), answer, contact_id in zip(accepted, found, contacts, strict=True):
            told = news.setdefault(contact_id, News(message.timestamp))
            theirs = any(name.kind == EMAIL for name in answer.refused)
            email = "" if theirs else message.email
            told.take(at=message.timestamp, email=email, traits=message.traits)
        await write_register(
            self._conn, workspace_id=self._workspace_id, register=register, news=news
        )
        return contacts

    def _row(self, message: Message, contact_id: uuid.UUID) -> dict[str, Any]:
        return {
            "project_id": message.project_id if self._projects else None,
            "contact_id": contact_id,
            "type": message.type,
            "event_name": message.event_name,
            "properties": message.properties,
            "context": message.context,
            "timestamp": message.timestamp,
            "received_at": message.received_at,
            "session_id": message.session_id,
            "message_id": message.message_id[:200],
            "anonymous_id": message.anonymous_id,
            "ip_address": message.ip_address,
            "user_agent": message.user_agent,
        }

    async def _count(self) -> None:
        rows = [
            {"key_id": key_id, "outcome": outcome, "reason": reason, "count": count}
            for (key_id, outcome, reason), count in self._tally.items()
            if count
        ]
        if rows:
            await self._execute(_COUNT, rows=_json(rows))

    async def _execute(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        cursor = await self._conn.execute(sql, {"workspace": self._workspace_id, **parameters})
        return await cursor.fetchall() if cursor.description else []


def _submission(row: dict[str, Any], forms: dict[str, str]) -> triggers.SubmittedForm:
    """A sent form as workflows are started by it."""
    return {
        "event_id": row["id"],
        "timestamp": row["timestamp"],
        "project_id": row["project_id"],
        "contact_id": row["contact_id"],
        "component_id": forms[row["message_id"]],
        "message_id": row["message_id"],
        "properties": row["properties"],
    }


def _json(rows: Any) -> str:
    return msgspec.json.encode(rows).decode()
