"""Contacts, events, leads and the ledger over the API and in the console."""

import pytest
from django.utils import timezone

from accounts.models import TransitionError
from journeys.leads import stages
from journeys.models import Contact, Event, IngestCount, Lead
from tests.factories import MembershipFactory, UserFactory
from tests.journeys.factories import ContactFactory, EventFactory, IdentityFactory, LeadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(workspace):
    contact = ContactFactory(workspace=workspace, email="layan@example.com")
    IdentityFactory(contact=contact, kind="user_id", value="u1")
    return contact


def test_contacts_are_found_by_what_they_go_by(api, contact):
    ContactFactory(workspace=contact.workspace)
    ContactFactory(email="layan@example.com")
    for query in ("email=Layan@Example.com", "identity=u1"):
        found = api.get(f"/api/v1/contacts/?{query}").json()["results"]
        assert [row["id"] for row in found] == [str(contact.pk)]
    assert found[0]["identities"][0]["value"] == "u1"


def test_a_contacts_traits_and_address_can_be_changed(api, contact):
    answer = api.patch(
        f"/api/v1/contacts/{contact.pk}/",
        {"traits": {"plan": "pro"}, "email": "x@example.com"},
        format="json",
    )
    assert answer.status_code == 200
    contact.refresh_from_db()
    assert (contact.traits, contact.email) == ({"plan": "pro"}, "x@example.com")
    assert (
        api.patch(f"/api/v1/contacts/{contact.pk}/", {"traits": []}, format="json").status_code
        == 400
    )
    assert api.post("/api/v1/contacts/", {}, format="json").status_code == 400


def test_deleting_a_contact_deletes_what_it_did(api, contact):
    EventFactory(contact=contact)
    LeadFactory(contact=contact)
    assert api.delete(f"/api/v1/contacts/{contact.pk}/").status_code == 204
    assert not Event.objects.exists()
    assert not Lead.objects.exists()


def test_events_are_newest_first_by_cursor(api, contact):
    events = [EventFactory(contact=contact, event_name=f"e{n}") for n in range(5)]
    EventFactory()
    page = api.get("/api/v1/events/?limit=3").json()
    assert [row["id"] for row in page["results"]] == [e.pk for e in reversed(events[2:])]
    rest = api.get(page["next"]).json()
    assert [row["event_name"] for row in rest["results"]] == ["e1", "e0"]
    assert api.get("/api/v1/events/?event_name=e3").json()["results"][0]["id"] == events[3].pk
    assert api.get(f"/api/v1/events/{events[0].pk}/").status_code == 200
    assert api.post("/api/v1/events/", {}, format="json").status_code == 405


def test_a_lead_is_entered_and_moves_as_leads_may(api, contact):
    made = api.post(
        "/api/v1/leads/",
        {"name": "Layan", "email": "Layan@Example.com", "contact": str(contact.pk)},
        format="json",
    )
    assert made.status_code == 201, made.content
    path = f"/api/v1/leads/{made.json()['id']}/"
    assert made.json()["email"] == "layan@example.com"
    won = api.patch(path, {"status": "converted", "company": "Dar"}, format="json").json()
    assert (won["status"], won["qualified"], won["company"]) == ("converted", True, "Dar")
    assert won["converted_at"]
    back = api.patch(path, {"status": "new"}, format="json")
    assert back.status_code == 422
    assert back.json()["errors"][0]["pointer"] == "/status"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"email": "nothing"}, "/email"),
        ({"status": "converted"}, "/status"),
        ({"score": "1.01"}, "/score"),
    ],
)
def test_what_is_no_lead_is_400(api, body, pointer):
    answer = api.post("/api/v1/leads/", body, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_a_lead_cannot_be_tied_to_another_workspaces_contact(api):
    stranger = ContactFactory()
    answer = api.post("/api/v1/leads/", {"contact": str(stranger.pk)}, format="json")
    assert answer.status_code == 400


def test_the_ledger_is_read_only(api, workspace):
    IngestCount.objects.create(
        workspace=workspace, hour=timezone.now(), outcome="rejected", reason="no_id", count=3
    )
    rows = api.get("/api/v1/ingest-counts/?outcome=rejected").json()["results"]
    assert [(row["reason"], row["count"]) for row in rows] == [("no_id", 3)]
    assert api.post("/api/v1/ingest-counts/", {}, format="json").status_code == 405


def test_a_viewer_reads_and_changes_nothing(workspace, contact):
    from rest_framework.test import APIClient

    from accounts.keys import issue_key

    member = MembershipFactory(workspace=workspace, role="viewer")
    _key, secret = issue_key(workspace=workspace, kind="personal", name="v", user=member.user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert client.get(f"/api/v1/contacts/{contact.pk}/").status_code == 200
    assert client.delete(f"/api/v1/contacts/{contact.pk}/").status_code == 403
    assert Contact.objects.filter(pk=contact.pk).exists()


def test_a_lost_lead_can_be_taken_up_again_and_a_customer_stays_one():
    lead = LeadFactory()
    now = timezone.now()
    assert stages.move(lead=lead, status="lost", now=now).status == "lost"
    assert stages.move(lead=lead, status="contacted", now=now).last_contacted == now
    stages.move(lead=lead, status="converted", now=now)
    with pytest.raises(TransitionError, match="converted"):
        stages.move(lead=lead, status="lost", now=now)
    assert stages.move(lead=lead, status="converted", now=now).converted_at == now


@pytest.fixture
def console(client, workspace):
    person = UserFactory(is_staff=True)
    MembershipFactory(workspace=workspace, user=person, role="admin")
    client.force_login(person)
    return client


@pytest.mark.parametrize("model", ["contact", "event", "lead", "ingestcount"])
def test_console_pages_open_and_search(console, workspace, contact, model):
    EventFactory(contact=contact)
    LeadFactory(contact=contact)
    page = console.get(f"/console/journeys/{model}/?q=layan@example.com")
    assert page.status_code == 200


def test_the_console_shows_the_last_day_of_events(console, contact):
    day = timezone.timedelta(days=1)
    EventFactory(contact=contact, event_name="fresh")
    EventFactory(contact=contact, event_name="stale", timestamp=timezone.now() - 2 * day)
    page = console.get("/console/journeys/event/").content.decode()
    assert "fresh" in page
    assert "stale" not in page
    assert "stale" in console.get("/console/journeys/event/?period=all").content.decode()


def test_a_contacts_page_shows_its_names_and_leads(console, contact):
    LeadFactory(contact=contact, name="Layan the lead")
    page = console.get(f"/console/journeys/contact/{contact.pk}/change/").content.decode()
    assert "u1" in page
    assert "Layan the lead" in page


def test_leads_are_moved_from_the_list(console, contact):
    lead = LeadFactory(contact=contact)
    done = LeadFactory(workspace=contact.workspace, contact=None, status="converted", email="")
    console.post(
        "/console/journeys/lead/",
        {
            "action": "become_lost",
            "_selected_action": [str(lead.pk), str(done.pk)],
            "post": "yes",
        },
    )
    lead.refresh_from_db()
    done.refresh_from_db()
    assert (lead.status, done.status) == ("lost", "converted")
