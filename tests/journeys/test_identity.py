"""Contacts as the door makes, names and merges them."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.tenancy import tenant
from journeys.models import Contact, ContactIdentity, Event, IngestCount, Lead
from tests.journeys.doorway import post, track
from tests.journeys.factories import ContactFactory, EventFactory, IdentityFactory, LeadFactory


def send(write_key, *calls):
    answer = post("/v1/batch", json={"writeKey": write_key, "batch": list(calls)})
    assert answer.json()["accepted"] == len(calls), answer.text


def identify(user_id=None, anonymous_id="visitor-1", **traits):
    return {"type": "identify", "userId": user_id, "anonymousId": anonymous_id, "traits": traits}


def names(contact):
    return set(contact.identities.values_list("kind", "value"))


def test_a_visitor_who_identifies_keeps_their_past(write_key):
    send(write_key, track())
    send(write_key, identify("u1", email="Layan@Example.com", plan="pro"))
    contact = Contact.objects.get()
    assert contact.email == "layan@example.com"
    assert contact.traits == {"email": "Layan@Example.com", "plan": "pro"}
    assert names(contact) == {
        ("anonymous_id", "visitor-1"),
        ("user_id", "u1"),
        ("email", "layan@example.com"),
    }
    assert Event.objects.filter(contact=contact).count() == 2
    assert contact in Contact.objects.identified()


def test_traits_are_added_to_and_the_latest_value_counts(write_key):
    send(write_key, identify("u1", plan="free", city="Riyadh"))
    send(write_key, identify("u1", plan="pro"), identify("u1", seats=3))
    assert Contact.objects.get().traits == {"plan": "pro", "city": "Riyadh", "seats": 3}


def test_a_second_device_joins_its_person_with_all_it_did(write_key):
    send(write_key, identify("u1"))
    send(write_key, track("looked", anonymousId="phone"), track("bought", anonymousId="phone"))
    assert Contact.objects.count() == 2
    send(write_key, identify("u1", anonymous_id="phone"))
    contact = Contact.objects.get()
    assert Event.objects.filter(contact=contact).count() == 4
    assert ("anonymous_id", "phone") in names(contact)


def test_two_identified_people_stay_two_and_the_refusal_is_recorded(write_key):
    send(write_key, identify("u1"))
    send(write_key, identify("u2"))
    send(write_key, track("bought", userId="u2"))
    assert Contact.objects.count() == 2
    counted = IngestCount.objects.get(outcome="merge_refused")
    assert (counted.reason, counted.count) == ("identify", 1)
    assert Event.objects.get(event_name="bought").contact.identities.get().value == "u2"


def test_an_address_of_someone_else_is_not_taken_over(write_key):
    send(write_key, identify("u1", anonymous_id="a", email="shared@example.com"))
    send(write_key, identify("u2", anonymous_id="b", email="shared@example.com"))
    second = ContactIdentity.objects.get(value="u2").contact
    assert second.email == ""
    assert ContactIdentity.objects.get(kind="email").contact != second


def test_alias_joins_an_earlier_id(write_key):
    send(write_key, track(anonymousId="before"))
    send(write_key, {"type": "alias", "previousId": "before", "userId": "u1"})
    assert names(Contact.objects.get()) == {("anonymous_id", "before"), ("user_id", "u1")}


def test_last_seen_is_written_once_a_minute(write_key):
    send(write_key, track())
    before = Contact.objects.get().updated_at
    send(write_key, track())
    assert Contact.objects.get().updated_at == before
    Contact.objects.update(last_seen=timezone.now() - timezone.timedelta(minutes=2))
    send(write_key, track())
    assert Contact.objects.get().updated_at > before


def test_traits_stop_growing(write_key):
    for number in range(4):
        send(write_key, identify("u1", **{f"text{number}": "x" * 25_000}))
    assert set(Contact.objects.get().traits) == {"text0", "text1"}


def merge(loser, winner, role="editor"):
    with tenant(workspace_id=winner.workspace_id, role=role), connection.cursor() as cursor:
        cursor.execute("select journeys_merge_contacts(%s, %s)", (loser.pk, winner.pk))


@pytest.mark.django_db
def test_a_merge_moves_everything_that_points_at_a_contact():
    winner = ContactFactory(traits={"name": "Layan", "plan": "pro"})
    loser = ContactFactory(workspace=winner.workspace, traits={"name": "?", "city": "Jeddah"})
    EventFactory(contact=loser)
    IdentityFactory(contact=loser)
    LeadFactory(contact=loser)
    merge(loser, winner)
    winner.refresh_from_db()
    assert winner.traits == {"name": "Layan", "plan": "pro", "city": "Jeddah"}
    assert (winner.events.count(), winner.identities.count(), winner.leads.count()) == (1, 1, 1)
    assert not Contact.objects.filter(pk=loser.pk).exists()


@pytest.mark.django_db
def test_a_merge_keeps_both_leads_of_one_site(workspace, user):
    from tests.builder.factories import ProjectFactory

    project = ProjectFactory(workspace=workspace, owner=user)
    winner, loser = ContactFactory(workspace=workspace), ContactFactory(workspace=workspace)
    for contact in (winner, loser):
        LeadFactory(contact=contact, project=project)
    merge(loser, winner)
    assert Lead.objects.filter(contact=winner).count() == 1
    assert Lead.objects.filter(contact=None, email=loser.email).count() == 1


@pytest.mark.django_db
def test_contacts_of_another_workspace_are_not_merged():
    mine, theirs = ContactFactory(), ContactFactory()
    with pytest.raises(Exception, match="not there"), transaction.atomic():
        merge(theirs, mine)
    with pytest.raises(ProgrammingError, match="merges no contacts"), transaction.atomic():
        merge(ContactFactory(workspace=mine.workspace), mine, role="viewer")
    assert Contact.objects.filter(pk=theirs.pk).exists()
