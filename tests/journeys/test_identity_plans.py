"""Contacts are looked up by index before the tables have been analysed for the first time."""

import json
import uuid

import pytest
from django.db import connection

from accounts.tenancy import tenant
from journeys.identity import writing
from journeys.models import Contact, ContactIdentity

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20_000


@pytest.fixture
def contacts(workspace):
    """Many contacts of one workspace, of which PostgreSQL has no statistics."""
    with connection.cursor() as cursor:
        for table in ("journeys_contact", "journeys_contactidentity"):
            cursor.execute(f"alter table {table} set (autovacuum_enabled = false)")
        cursor.execute(
            """insert into journeys_contact (workspace_id, email, traits, segment)
            select %s, '', '{}', '' from generate_series(1, %s)""",
            [workspace.pk, MANY],
        )
        cursor.execute(
            """insert into journeys_contactidentity (workspace_id, contact_id, kind, value)
            select workspace_id, id, 'anonymous_id', id::text from journeys_contact"""
        )
    yield list(Contact.objects.order_by("id").values_list("id", flat=True)[:100])
    with connection.cursor() as cursor:
        for table in ("journeys_contact", "journeys_contactidentity"):
            cursor.execute(f"alter table {table} reset (autovacuum_enabled)")


def rows_read(workspace, sql, values) -> int:
    """The most rows that a node of the plan reads, explained as the door's role."""
    with (
        tenant(workspace_id=workspace.pk, role="ingest"),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"explain (analyze, format json) {sql}", values)
        (told,) = cursor.fetchone()
    plan = (told if isinstance(told, list) else json.loads(told))[0]["Plan"]
    return max(_reads(plan))


def _reads(node):
    yield node["Actual Rows"] * node["Actual Loops"] + node.get("Rows Removed by Filter", 0)
    for child in node.get("Plans", []):
        yield from _reads(child)


def test_names_are_found_without_reading_the_workspace(workspace, contacts):
    wanted = [{"kind": "anonymous_id", "value": str(contact)} for contact in contacts]
    values = {"names": json.dumps(wanted), "workspace": workspace.pk}
    assert rows_read(workspace, writing._KNOWN, values) <= 200


def test_contacts_are_touched_without_reading_the_workspace(workspace, contacts):
    rows = [
        {"id": str(contact), "email": "", "last_seen": "2026-11-21T09:00:00Z", "traits": {}}
        for contact in contacts
    ]
    values = {"rows": json.dumps(rows), "workspace": workspace.pk}
    assert rows_read(workspace, writing._TOUCH, values) <= 200


def test_every_name_and_every_naming_name_of_the_contact_is_known(workspace, contacts):
    contact = Contact.objects.get(pk=contacts[0])
    for kind, value in (("email", "layan@example.com"), ("user_id", "u1")):
        ContactIdentity.objects.create(workspace=workspace, contact=contact, kind=kind, value=value)
    wanted = [{"kind": "anonymous_id", "value": str(contact.pk)}] * 2
    wanted += [{"kind": "user_id", "value": str(uuid.uuid4())}]
    with connection.cursor() as cursor:
        cursor.execute(writing._KNOWN, {"names": json.dumps(wanted), "workspace": workspace.pk})
        found = {(kind, value) for kind, value, _contact in cursor.fetchall()}
    assert found == {
        ("anonymous_id", str(contact.pk)), ("email", "layan@example.com"), ("user_id", "u1")
    }  # fmt: skip
