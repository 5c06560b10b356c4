"""docs/indexes.md is true: its indexes exist, and serve the queries that it names."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from accounts.tenancy import tenant
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "indexes.md"
# Where a sequential scan is a fault however few rows a test has: these grow by visitors.
LARGE = {
    "journeys_event",
    "journeys_contact",
    "journeys_contactidentity",
    "journeys_lead",
    "journeys_workflowexecution",
    "journeys_journeyevent",
    "personalization_content",
    "personalization_personalizedcontent",
    "conversations_conversationturn",
    "conversations_agentinteraction",
    "analytics_performancemetrics",
    "analytics_useranalytics",
}


@dataclass(frozen=True)
class Row:
    """A line of the document: the index a source names, those that serve it, and a query."""

    section: str
    documented: str
    served_by: tuple[str, ...]
    query: str

    def __str__(self) -> str:
        return f"{self.section}: {self.documented}"


def rows() -> list[Row]:
    found, section = [], ""
    for line in DOCUMENT.read_text().splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ").strip()
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and "`" in cells[1]:
            names = tuple(re.findall(r"`([^`]+)`", cells[1]))
            (query,) = re.findall(r"`([^`]+)`", cells[2])
            found.append(Row(section, cells[0].replace("`", ""), names, query))
    return found


ROWS = rows()


@pytest.fixture
def scene(db):
    owner = MembershipFactory(role="owner")
    made = Scene(workspace=owner.workspace, user=owner.user)
    made.everything()
    return made


def bound(query: str, scene: Scene) -> str:
    """The query with its placeholders filled in."""
    from builder.models import Project
    from journeys.models import Contact

    values = {
        "workspace": scene.workspace.pk,
        "user": scene.user.pk,
        "project": scene.one(Project).pk,
        "contact": scene.one(Contact).pk,
    }
    for name, value in values.items():
        query = re.sub(rf"(?<!:):{name}\b", f"'{value}'::uuid", query)
    return query


@contextmanager
def alone(names: tuple[str, ...]) -> Iterator[None]:
    """The tables of these indexes with no other, for as long as the block lasts: on tables of a
    few rows all indexes cost the same, and chance decides."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Rules that wait for the commit would keep their tables from being changed.
        cursor.execute("set constraints all immediate")
        cursor.execute(
            """select i.indrelid::regclass::text, other.relname, k.conname
            from pg_index i join pg_class named on named.oid = i.indexrelid
            join pg_index o on o.indrelid = i.indrelid
            join pg_class other on other.oid = o.indexrelid
            left join pg_constraint k on k.conindid = o.indexrelid and k.conrelid = o.indrelid
            and k.contype in ('p', 'u', 'x')
            where named.relname = any(%s) and not other.relname = any(%s)""",
            (list(names), list(names)),
        )
        for table, other, rule in cursor.fetchall():
            if rule:
                cursor.execute(f'alter table {table} drop constraint if exists "{rule}" cascade')
            else:
                cursor.execute(f'drop index if exists "{other}" cascade')
        yield
        transaction.set_rollback(True)


def plan(query: str, scene: Scene) -> dict:
    """How the tenant's role would run a query, were sequential scans out of the question."""
    with (
        tenant(workspace_id=scene.workspace.pk, user_id=scene.user.pk, role="owner"),
        connection.cursor() as cursor,
    ):
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"explain (format json) {bound(query, scene)}")
        (told,) = cursor.fetchone()
    return (told if isinstance(told, list) else json.loads(told))[0]["Plan"]


def nodes(part: dict):
    yield part
    for child in part.get("Plans", []):
        yield from nodes(child)


def parents(cursor) -> dict[str, str]:
    """The partitioned index that each partition's index belongs to, and the table's parent."""
    cursor.execute(
        """select child.relname, parent.relname from pg_inherits i
        join pg_class child on child.oid = i.inhrelid join pg_class parent
        on parent.oid = i.inhparent where child.relnamespace = 'public'::regnamespace"""
    )
    return dict(cursor.fetchall())


def test_every_index_that_the_document_names_exists():
    with connection.cursor() as cursor:
        cursor.execute("select indexname from pg_indexes where schemaname = 'public'")
        there = {name for (name,) in cursor.fetchall()}
    named = {name for row in ROWS for name in row.served_by}
    assert named - there == set()
    assert len(ROWS) > 90


def test_the_queries_are_served_by_those_indexes(scene):
    """As the tenant's role, whose policies come first: an operator that is not leakproof cannot
    use an index there."""
    faults = []
    with connection.cursor() as cursor:
        belongs = parents(cursor)
    for row in ROWS:
        used, scanned = set(), set()
        with alone(row.served_by):
            planned = plan(row.query, scene)
        for node in nodes(planned):
            if "Index Name" in node:
                used.add(belongs.get(node["Index Name"], node["Index Name"]))
            if node["Node Type"] == "Seq Scan":
                scanned.add(belongs.get(node["Relation Name"], node["Relation Name"]))
        if not used & set(row.served_by):
            faults.append(f"{row}: uses {sorted(used) or 'no index'}")
        if scanned & LARGE:
            faults.append(f"{row}: reads the whole of {sorted(scanned & LARGE)}")
    assert "\n".join(faults) == ""


def test_document_001_names_54_indexes_and_each_has_its_row():
    counted = [row for row in ROWS if row.documented.startswith("001")]
    assert len(counted) >= 54
