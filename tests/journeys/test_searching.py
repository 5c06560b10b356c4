"""Contacts and leads are found by parts of names, and by what is known of them, by index."""

import json

import pytest
from django.db import connection

from accounts.tenancy import tenant
from journeys.models import Contact, Lead
from tests.factories import WorkspaceFactory
from tests.journeys.factories import ContactFactory, LeadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(workspace):
    ContactFactory(email="layan@example.com")  # another workspace's
    ContactFactory(workspace=workspace, email="omar@example.com", traits={"name": "Omar"})
    return ContactFactory(
        workspace=workspace,
        email="layan@example.com",
        traits={"name": "ليان حداد", "company": "Dar Al_Qahwa", "plan": {"tier": "pro"}},
    )


@pytest.mark.parametrize(
    "words", ["layan", "LAYAN@", "ليان", "qahwa layan", "al_qahwa", "حداد dar", "ay"]
)
def test_a_contact_is_found_by_parts_of_its_address_name_and_company(workspace, contact, words):
    with tenant(workspace_id=workspace.pk, role="viewer"):
        assert list(Contact.objects.matching(words)) == [contact]


@pytest.mark.parametrize("words", ["%", "al%qahwa", "alxqahwa", "omar layan", "", "   "])
def test_what_is_not_in_it_does_not_find_it(workspace, contact, words):
    with tenant(workspace_id=workspace.pk, role="viewer"):
        assert contact not in Contact.objects.matching(words)


def test_a_contact_is_found_by_its_traits(workspace, contact):
    with tenant(workspace_id=workspace.pk, role="viewer"):
        assert list(Contact.objects.with_traits({"plan": {"tier": "pro"}})) == [contact]
        assert not Contact.objects.with_traits({"plan": "pro"}).exists()


def test_a_lead_is_found_by_its_words_and_properties(workspace):
    LeadFactory(contact__workspace=WorkspaceFactory())
    lead = LeadFactory(
        contact__workspace=workspace, company="Dar Al Qahwa", properties={"size": 12}
    )
    with tenant(workspace_id=workspace.pk, role="viewer"):
        assert list(Lead.objects.matching("qahwa haddad")) == [lead]
        assert list(Lead.objects.with_properties({"size": 12})) == [lead]
        assert not Lead.objects.matching("millibar").exists()


def test_nobody_in_particular_finds_nothing(contact):
    assert not Contact.objects.matching("layan").exists()


CONTACT_WORDS = """(email || ' ' || coalesce(traits ->> 'name', '') || ' '
    || coalesce(traits ->> 'company', ''))"""
LEAD_WORDS = "(email || ' ' || name || ' ' || company || ' ' || phone)"


@pytest.mark.parametrize(
    ("table", "condition", "index"),
    [
        ("journeys_contact", f"{CONTACT_WORDS} ilike '%layan%'", "journeys_contact_words"),
        ("journeys_contact", """traits @> '{"plan": 1}'""", "journeys_contact_traits"),
        ("journeys_lead", f"{LEAD_WORDS} ilike '%layan%'", "journeys_lead_words"),
        ("journeys_lead", """properties @> '{"size": 1}'""", "journeys_lead_properties"),
    ],
)
def test_the_functions_ask_for_what_the_indexes_are_over(table, condition, index):
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(
            f"explain (format json) select id from {table} where {condition}"  # noqa: S608
        )
        assert index in json.dumps(cursor.fetchone()[0])
        cursor.execute("select string_agg(prosrc, '') from pg_proc where proname like 'journeys%%'")
        assert (
            _without_table(condition.partition(" ilike ")[0])
            in _without_table(cursor.fetchone()[0])
            or "@>" in condition
        )


def _without_table(sql: str) -> str:
    return "".join(sql.replace("t.", "").split())
