"""What all lists of the console have in common: search, long tables, exports, the palette."""

import csv
import io

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.admin.exporting import SECRETS, columns_of
from accounts.admin.lists import COUNT_LIMIT, CappedPaginator
from accounts.models import User
from journeys.models import Contact, Event, Lead
from tests.factories import MembershipFactory, UserFactory, WorkspaceFactory
from tests.journeys.factories import ContactFactory, EventFactory, LeadFactory

pytestmark = pytest.mark.django_db

LEADS = "/console/journeys/lead/"


def staff(workspace, role="editor"):
    member = MembershipFactory(workspace=workspace, role=role, user=UserFactory(is_staff=True))
    client = Client()
    client.force_login(member.user)
    return client


def table(answer):
    """An exported file as its rows; the mark before the first heading is taken off."""
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_an_export_is_the_whole_filtered_list(workspace):
    contact = ContactFactory(workspace=workspace)
    for number in range(60):
        LeadFactory(contact=None, workspace=workspace, email="", name=f"n{number}")
    LeadFactory(contact=contact, name="Other", status="lost")
    LeadFactory(name="A stranger's")
    client = staff(workspace)
    assert len(table(client.get(f"{LEADS}export/"))) == 61
    (row,) = table(client.get(f"{LEADS}export/?status__exact=lost"))
    assert (row["name"], row["contact_id"]) == ("Other", str(contact.pk))
    assert row["contact"] == contact.email
    assert row["workspace"] == workspace.name


def test_the_list_leads_to_its_export_as_it_is_filtered(workspace):
    page = staff(workspace).get(f"{LEADS}?status__exact=lost").content.decode()
    assert f"{LEADS}export/?status__exact=lost" in page


def test_an_export_runs_no_formula(workspace):
    LeadFactory(contact=None, workspace=workspace, email="", name="=1+1", company="@SUM(A1)")
    (row,) = table(staff(workspace).get(f"{LEADS}export/"))
    assert (row["name"], row["company"]) == ("'=1+1", "'@SUM(A1)")


def test_an_export_is_read_by_a_cursor_of_the_servers(workspace):
    LeadFactory(contact=None, workspace=workspace, email="")
    client = staff(workspace)
    answer = client.get(f"{LEADS}export/")
    with CaptureQueriesContext(connection) as queries:
        assert len(table(answer)) == 1
    assert any("DECLARE" in query["sql"].upper() for query in queries) or connection.in_atomic_block


@pytest.mark.parametrize(
    "page", admin.site._registry.values(), ids=lambda page: page.model._meta.label
)
def test_no_export_has_a_secret_or_a_vector(page):
    paths = {column.path for column in columns_of(page.model)}
    assert not paths & SECRETS
    assert not {path for path in paths if "embedding" in path and not path.endswith("_model")}


def test_a_long_list_shows_its_last_day_and_says_so(workspace):
    contact = ContactFactory(workspace=workspace)
    day = timezone.timedelta(days=1)
    EventFactory(contact=contact, event_name="fresh")
    EventFactory(contact=contact, event_name="stale", timestamp=timezone.now() - 3 * day)
    client = staff(workspace)
    page = client.get("/console/journeys/event/").content.decode()
    assert "fresh" in page
    assert "stale" not in page
    assert "This list is long." in page
    assert "stale" in client.get("/console/journeys/event/?period=7").content.decode()


def test_a_long_list_is_in_the_order_of_its_index_and_in_no_other(workspace):
    page = admin.site._registry[Event]
    client = staff(workspace)
    with CaptureQueriesContext(connection) as queries:
        client.get("/console/journeys/event/?period=all&o=1.-2")
    read = [query["sql"] for query in queries if 'FROM "journeys_event"' in query["sql"]]
    (rows,) = [sql for sql in read if "COUNT" not in sql]
    order = f'"journeys_event"."{page.window_field}" DESC'
    assert rows.rpartition("ORDER BY ")[2].startswith(order)


def test_a_count_reads_no_more_than_a_person_pages():
    with CaptureQueriesContext(connection) as queries:
        assert CappedPaginator(Lead.objects.order_by("pk"), 50).count == 0
    assert f"LIMIT {COUNT_LIMIT}" in queries[0]["sql"]


def test_a_list_is_searched_by_the_models_own_search(workspace):
    ContactFactory(workspace=workspace, email="layan@example.com")
    ContactFactory(email="layan@elsewhere.com")
    client = staff(workspace)
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/console/journeys/contact/", {"q": "layan"}).content.decode()
    assert "layan@example.com" in page
    assert "layan@elsewhere.com" not in page
    assert any("journeys_search_contacts" in query["sql"] for query in queries)


def test_relations_are_asked_for_while_typing_not_offered_whole(workspace):
    ContactFactory(workspace=workspace, email="one@example.com")
    page = staff(workspace).get(f"{LEADS}add/").content.decode()
    assert "one@example.com" not in page
    assert "admin-autocomplete" in page


def palette(client, words):
    return client.get("/console/search/", {"s": words, "extended": "1"}).content.decode()


def test_the_palette_finds_pages_and_the_persons_records_only(workspace):
    LeadFactory(contact=None, workspace=workspace, email="", name="Layan of ours")
    LeadFactory(contact=None, workspace=WorkspaceFactory(), email="", name="Layan of theirs")
    client = staff(workspace)
    assert "Layan of ours" in palette(client, "layan")
    assert "Layan of theirs" not in palette(client, "layan")
    assert LEADS in palette(client, "lead")


def test_the_palette_forgets_what_one_may_no_longer_see(workspace):
    """The theme's own keeps results for five minutes, whichever workspace one is in."""
    lead = LeadFactory(contact=None, workspace=workspace, email="", name="Layan")
    client = staff(workspace)
    assert "Layan" in palette(client, "layan")
    lead.delete()
    assert "Layan" not in palette(client, "layan")


def test_the_palette_leaves_out_pages_that_are_closed(workspace):
    User.objects.create_user("layan@example.com", "x")
    assert "layan@example.com" not in palette(staff(workspace), "layan")
    root = Client()
    root.force_login(User.objects.create_superuser("root@example.com", "x"))
    assert "layan@example.com" in palette(root, "layan")


def test_the_palette_shows_few_of_each_kind(workspace):
    Contact.objects.bulk_create(
        Contact(workspace=workspace, email=f"layan{n}@example.com", last_seen=timezone.now())
        for n in range(20)
    )
    assert palette(staff(workspace), "layan").count("/console/journeys/contact/") == 5


def test_the_palette_needs_two_letters(workspace):
    assert palette(staff(workspace), "l") == ""
