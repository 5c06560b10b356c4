"""Reads and writes contacts within the transaction in which a door takes in messages."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from accounts.models import uuid7
from accounts.tenancy.edge import Connection
from journeys.identity.names import Name
from journeys.identity.resolution import Register

# Each name and each contact is looked up by itself (`limit` and `offset 0` keep PostgreSQL from
# joining otherwise): a table that grows fast has no statistics yet, and a join planned without them
# reads the whole of it.
_KNOWN = """
with known as materialized (
    select found.* from json_to_recordset(%(names)s::json) as w(kind text, value text)
    cross join lateral (
        select i.kind, i.value, i.contact_id from journeys_contactidentity i
        where i.workspace_id = %(workspace)s and i.kind = w.kind and i.value = w.value limit 1
    ) found
)
select kind, value, contact_id from known
union
select named.* from (select distinct contact_id from known) known
cross join lateral (
    select i.kind, i.value, i.contact_id from journeys_contactidentity i
    where i.workspace_id = %(workspace)s and i.contact_id = known.contact_id
        and i.kind in ('user_id', 'email')
    offset 0
) named
"""

_CREATE = """
insert into journeys_contact (id, workspace_id, email, last_seen, traits, segment)
select c.id, %(workspace)s, c.email, c.last_seen, c.traits, ''
from json_to_recordset(%(rows)s::json)
    as c(id uuid, email text, last_seen timestamptz, traits jsonb)
"""

_LINK = """
insert into journeys_contactidentity (workspace_id, contact_id, kind, value)
select %(workspace)s, i.contact_id, i.kind, i.value
from json_to_recordset(%(rows)s::json) as i(contact_id uuid, kind text, value text)
order by i.kind, i.value
"""

_MERGE = "select journeys_merge_contacts(%s, %s)"

# A contact who only looks round is written once a minute, not once an event. Traits stop growing
# at 64 KB: an ingest key is public, and whoever has it could fill the table.
# That an id lies between the lowest and the highest is always so, and makes PostgreSQL expect one
# row of the list: it then looks contacts up by their key, also before it knows anything of the
# table. A lateral look-up by place (ctid) would lose what another transaction wrote meanwhile.
_TOUCH = """
update journeys_contact c set
    traits = case when octet_length((c.traits || t.traits)::text) <= 65536
        then c.traits || t.traits else c.traits end,
    email = case when t.email <> '' then t.email else c.email end,
    last_seen = greatest(c.last_seen, t.last_seen),
    updated_at = now()
from json_to_recordset(%(rows)s::json)
    as t(id uuid, email text, last_seen timestamptz, traits jsonb)
where c.workspace_id = %(workspace)s and c.id = t.id
    and t.id between '00000000-0000-0000-0000-000000000000'
        and 'ffffffff-ffff-ffff-ffff-ffffffffffff'
    and (t.traits <> '{}' or t.email not in ('', c.email) or c.last_seen is null
        or t.last_seen > c.last_seen + interval '1 minute')
"""


@dataclass(slots=True)
class News:
    """What messages told of one contact: the latest address, the time, traits."""

    last_seen: datetime.datetime
    email: str = ""
    traits: dict[str, Any] = field(default_factory=dict)

    def take(self, *, at: datetime.datetime, email: str, traits: Mapping[str, Any] | None) -> None:
        self.last_seen = max(self.last_seen, at)
        self.email = email or self.email
        self.traits.update(traits or {})


async def load_register(
    conn: Connection, *, workspace_id: uuid.UUID, names: Iterable[Name]
) -> Register:
    """Read what the workspace knows of these names."""
    wanted = [{"kind": name.kind, "value": name.value} for name in set(names)]
    rows = await conn.execute(_KNOWN, {"names": _json(wanted), "workspace": workspace_id})
    owners = {Name(row["kind"], row["value"]): row["contact_id"] async for row in rows}
    return Register(owners=owners, new_id=uuid7)


async def write_register(
    conn: Connection,
    *,
    workspace_id: uuid.UUID,
    register: Register,
    news: Mapping[uuid.UUID, News],
) -> None:
    """Write what resolving came to; `news` is by final contact.

    Raises `psycopg.errors.UniqueViolation` when another transaction linked a name first: the
    caller begins anew and finds it known.
    """
    rows = {contact_id: _row(contact_id, told) for contact_id, told in news.items()}
    created = [rows[contact_id] for contact_id in register.created]
    touched = [row for contact_id, row in rows.items() if contact_id not in register.created]
    linked = [
        {"contact_id": owner, "kind": name.kind, "value": name.value}
        for name, owner in register.linked.items()
    ]
    for sql, values in ((_CREATE, created), (_LINK, linked)):
        if values:
            await conn.execute(sql, {"rows": _json(values), "workspace": workspace_id})
    for loser, winner in register.merged:
        await conn.execute(_MERGE, (loser, register.final(winner)))
    if touched:
        touched.sort(key=lambda row: row["id"])
        await conn.execute(_TOUCH, {"rows": _json(touched), "workspace": workspace_id})


def _row(contact_id: uuid.UUID, told: News) -> dict[str, Any]:
    return {
        "id": contact_id,
        "email": told.email,
        "last_seen": told.last_seen,
        "traits": told.traits,
    }


def _json(rows: Any) -> str:
    return msgspec.json.encode(rows).decode()
