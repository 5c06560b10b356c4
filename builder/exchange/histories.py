"""The versions in a project's file: checked line by line, written before what they are of.

The database numbers a record's first version after those that it has already, so that a project's
history goes on where the file's ended.
"""

import datetime
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import tenancy
from accounts.faults import Fault, json_pointer
from accounts.models import Workspace
from builder import versioning
from builder.exchange.archives import Archive, parse, refusal
from builder.exchange.formats import ExchangeError
from builder.exchange.project_format import (
    MAX_LINE,
    MAX_VERSIONS,
    VERSIONS,
    Ids,
    ProjectEntry,
    VersionEntry,
    checked,
    remapped,
)

_CHUNK: Final = 100
# A clock may be wrong, but not by so much: versions are asked for by their time.
_AHEAD: Final = datetime.timedelta(days=1)
_WRITE: Final = """insert into builder_versionhistory (workspace_id, project_id, entity_type,
    entity_id, version_number, changes, data, message, is_major, is_deletion, created_at, saved_at)
    values (%s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s, %s, %s, %s, %s)"""
_KEY: Final = "builder_versionhistory_project_id_workspace"


@dataclass(frozen=True, kw_only=True)
class History:
    """How many versions there are, and of which records."""

    count: int
    ids: frozenset[uuid.UUID]


def check(archive: Archive, *, project: ProjectEntry) -> History:
    """Read all versions once. Raises `ExchangeError` for the first that is not right."""
    seen: set[tuple[str, uuid.UUID, int]] = set()
    kinds = {
        project.id: "projects",
        **dict.fromkeys((each.id for each in project.sitemaps), "sitemaps"),
        **dict.fromkeys((each.id for each in project.pages), "wireframes"),
        **dict.fromkeys((each.id for each in project.style_guides), "style_guides"),
    }
    latest = timezone.now() + _AHEAD
    parents: list[tuple[str, str]] = []
    for at, entry in _entries(archive):
        faults = list(_faults(entry, kinds=kinds, latest=latest))
        key = (entry.entity_type, entry.entity_id, entry.version_number)
        if key in seen:
            faults.append(Fault("/version_number", "duplicate_version", _("It is there twice.")))
        if faults or len(seen) == MAX_VERSIONS:
            too_many = Fault("", "too_many_versions", _("The history is too long to be taken in."))
            raise ExchangeError(fault.under(at) for fault in faults or [too_many])
        seen.add(key)
        kinds.setdefault(entry.entity_id, entry.entity_type)
        parent = versioning.PARENTS.get(entry.entity_type)
        if parent:
            parents.append((f"{at}/data/{parent}", str(entry.data.get(parent))))
    known = {str(each) for each in kinds}
    for pointer, parent_id in parents:
        if parent_id not in known:
            text = _("The file has no such document.")
            raise refusal(pointer, "unknown_document", text)
    return History(count=len(seen), ids=frozenset(key[1] for key in seen))


def write(archive: Archive, *, workspace: Workspace, project: ProjectEntry, ids: Ids) -> None:
    """Write the versions of records that are not there yet; `settle` once the project is.

    As the tables' owner: nobody else writes versions. Wants a transaction.
    """
    with tenancy.owner(reason="import_versions"), connection.cursor() as cursor:
        cursor.execute(f"set constraints {_KEY} deferred")
        rows: list[tuple[Any, ...]] = []
        for _at, entry in _entries(archive):
            data = remapped(entry.data, ids)
            rows.append((workspace.pk, ids[str(project.id)], *_row(entry, data=data, ids=ids)))
            if len(rows) == _CHUNK:
                cursor.executemany(_WRITE, rows)
                rows = []
        cursor.executemany(_WRITE, rows)


def settle() -> None:
    """Have the database check now that the versions belong to a project."""
    with connection.cursor() as cursor:
        cursor.execute(f"set constraints {_KEY} immediate")


def _row(entry: VersionEntry, *, data: Any, ids: Ids) -> tuple[Any, ...]:
    return (
        entry.entity_type,
        ids[str(entry.entity_id)],
        entry.version_number,
        orjson.dumps(entry.changes).decode(),
        orjson.dumps(data).decode(),
        entry.message,
        entry.is_major,
        entry.is_deletion,
        entry.created_at,
        entry.saved_at,
    )


def _entries(archive: Archive) -> Iterator[tuple[str, VersionEntry]]:
    """Each version with the pointer to its line."""
    if VERSIONS not in archive.names:
        return
    for number, line in archive.lines(VERSIONS, most=MAX_LINE):
        at = json_pointer([VERSIONS, number])
        yield at, checked(VersionEntry, parse(line, at=at, most=MAX_LINE), at=at)


def _faults(
    entry: VersionEntry, *, kinds: Mapping[uuid.UUID, str], latest: datetime.datetime
) -> Iterator[Fault]:
    kind = kinds.get(entry.entity_id)
    own_project = entry.entity_type != "projects" or kind == "projects"
    if kind not in (None, entry.entity_type) or not own_project:
        yield Fault("/entity_id", "unknown_document", _("This is the id of something else."))
    kept = versioning.MODELS[entry.entity_type].KEPT
    for name in entry.data:
        if name not in kept:
            text = _("A version holds no such member.")
            yield Fault(json_pointer(["data", name]), "extra_forbidden", text)
    for name in ("created_at", "saved_at"):
        if getattr(entry, name) > latest:
            yield Fault(f"/{name}", "in_the_future", _("This time has not come yet."))
