"""Contacts, their events and leads, by COPY: what a person would send in a quarter, in a minute."""

import datetime
import random
import uuid
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from accounts.models import Workspace
from accounts.tenancy import partitioning
from builder.models import Project
from config.sample import visits
from config.sample.names import COMPANIES, JOBS
from config.sample.visits import Action, Visitor

_MONTHS: Final = """
select make_month_partition(%s::regclass, month::date)
from generate_series(date_trunc('month', %s::timestamptz), %s::timestamptz, '1 month') month
"""
_LAST_SEEN: Final = """
update journeys_contact c set last_seen = e.last_seen, updated_at = e.last_seen from (
    select contact_id, max(timestamp) as last_seen from journeys_event
    where workspace_id = %(workspace)s group by contact_id
) e where c.id = e.contact_id and c.workspace_id = %(workspace)s
"""
EVENTS_AT_ONCE: Final = 50_000
STATUSES: Final = ("new", "new", "contacted", "contacted", "qualified", "converted", "lost")

Said = Callable[[str, int], None]


def load(
    *,
    workspace: Workspace,
    project: Project,
    contacts: int,
    events: int,
    seed: int,
    until: datetime.datetime,
    pages: Sequence[str],
    say: Said,
) -> dict[str, int]:
    """Copy so many contacts and events, and the leads that follow; returns the rows by table.

    `say` is told what is being loaded and how many rows of it are in. All of it is the caller's
    transaction.
    """
    _make_months(until)
    people = visits.visitors(count=contacts, seed=seed, until=until)
    told = {
        "contacts": _copy(
            "journeys_contact", _CONTACT_COLUMNS, (_contact(workspace, each) for each in people)
        ),
        "identities": _copy(
            "journeys_contactidentity", _IDENTITY_COLUMNS, _identities(workspace, people, seed)
        ),
    }
    say("contacts", told["contacts"])
    submitted: dict[uuid.UUID, Action] = {}

    def noted(actions: Iterable[Action]) -> Iterable[Sequence[Any]]:
        for action in actions:
            if action.name == "form_submitted" and action.visitor.email:
                submitted.setdefault(action.visitor.id, action)
            if action.number % EVENTS_AT_ONCE == 0:
                say("events", action.number)
            yield _event(workspace, project, action)

    actions = visits.actions(of=people, count=events, seed=seed, until=until, pages=pages)
    told["events"] = _copy("journeys_event", _EVENT_COLUMNS, noted(actions))
    told["leads"] = _copy(
        "journeys_lead", _LEAD_COLUMNS, _leads(workspace, project, submitted.values(), seed)
    )
    with connection.cursor() as cursor:
        cursor.execute(_LAST_SEEN, {"workspace": workspace.pk})
    return told


def _make_months(until: datetime.datetime) -> None:
    since = until - datetime.timedelta(days=visits.DAYS)
    with connection.cursor() as cursor:
        for table in partitioning.tables():
            cursor.execute(_MONTHS, (table, since, until))


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy,
    ):
        for row in rows:
            copy.write_row(row)
            count += 1
    with connection.cursor() as cursor:
        # What comes next looks these rows up, keys above all: unknown, a table of a workspace is
        # searched by the workspace alone.
        cursor.execute(f"analyze {table}")
    return count


_EVENT_COLUMNS: Final = (
    "workspace_id", "project_id", "contact_id", "type", "event_name", "properties", "context",
    "timestamp", "received_at", "session_id", "message_id", "anonymous_id", "ip_address",
    "user_agent",
)  # fmt: skip
_CONTACT_COLUMNS: Final = (
    "id", "workspace_id", "created_at", "updated_at", "email", "last_seen", "traits", "segment",
)  # fmt: skip
_IDENTITY_COLUMNS: Final = (
    "id", "workspace_id", "created_at", "updated_at", "contact_id", "kind", "value",
)  # fmt: skip
_LEAD_COLUMNS: Final = (
    "id", "workspace_id", "created_at", "updated_at", "project_id", "contact_id", "email", "phone",
    "name", "company", "job_title", "source", "score", "qualified", "status", "properties",
    "last_contacted", "converted_at",
)  # fmt: skip


def _event(workspace: Workspace, project: Project, action: Action) -> Sequence[Any]:
    return (
        workspace.pk, project.pk, action.visitor.id, action.type, action.name, action.properties,
        action.context, action.at, action.at, action.session, f"sample-{action.number}",
        action.visitor.anonymous_id, action.address, action.agent,
    )  # fmt: skip


def _contact(workspace: Workspace, person: Visitor) -> Sequence[Any]:
    at = person.first_seen
    return (
        person.id, workspace.pk, at, at, person.email, at, person.traits, person.segment,
    )  # fmt: skip


def _identities(
    workspace: Workspace, people: Iterable[Visitor], seed: int
) -> Iterable[Sequence[Any]]:
    chance = random.Random(f"identities:{seed}")  # noqa: S311 - to be the same every time
    for person in people:
        for kind, value in (("anonymous_id", person.anonymous_id), ("email", person.email)):
            if value:
                at = person.first_seen
                key = visits.uuid7(at, chance)
                yield key, workspace.pk, at, at, person.id, kind, value


def _leads(
    workspace: Workspace, project: Project, submitted: Iterable[Action], seed: int
) -> Iterable[Sequence[Any]]:
    chance = random.Random(f"leads:{seed}")  # noqa: S311 - to be the same every time
    for action in submitted:
        person, status = action.visitor, chance.choice(STATUSES)
        met = None if status == "new" else action.at
        yield (
            visits.uuid7(action.at, chance), workspace.pk, action.at, action.at, project.pk,
            person.id, person.email, "", person.name, chance.choice(COMPANIES),
            chance.choice(JOBS), "contact form", Decimal(chance.randrange(5, 100)) / 100,
            status in ("qualified", "converted"), status, '{"sample": true}', met,
            action.at if status == "converted" else None,
        )  # fmt: skip
