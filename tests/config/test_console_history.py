"""A record's history in the console: who, when, from what to what."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.tenancy import tenant
from journeys.models import Lead
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(workspace):
    return MembershipFactory(workspace=workspace, role="editor", user=UserFactory(is_staff=True))


@pytest.fixture
def lead(person):
    """A lead of Layan's whose name and status were changed by the person."""
    with tenant(workspace_id=person.workspace_id, user_id=person.user_id, role=person.role):
        lead = Lead.objects.create(workspace=person.workspace, name="Layan", status="new")
        Lead.objects.filter(pk=lead.pk).update(name="<b>Noura</b>", status="contacted")
    return lead


def page(user, lead, **headers):
    client = Client(headers=headers)
    client.force_login(user)
    return client.get(f"/console/journeys/lead/{lead.pk}/history/")


def test_it_tells_who_changed_what(person, lead):
    shown = page(person.user, lead).content.decode()
    assert shown.count(person.user.email) >= 2
    assert "Layan" in shown
    assert "&lt;b&gt;Noura&lt;/b&gt;" in shown
    assert "contacted" in shown


def test_it_speaks_arabic(person, lead):
    shown = page(person.user, lead, accept_language="ar").content.decode()
    assert "غُيِّر" in shown
    assert "أُضيف" in shown


def test_a_stranger_sees_none_of_it(lead):
    other = MembershipFactory(role="owner", user=UserFactory(is_staff=True))
    assert page(other.user, lead).status_code == 302


def test_it_costs_the_same_however_long_it_is(person, lead, django_assert_max_num_queries):
    root = User.objects.create_superuser("root@example.com", "x")
    for number in range(60):
        Lead.objects.filter(pk=lead.pk).update(name=str(number))
    client = Client()
    client.force_login(root)
    address = f"/console/journeys/lead/{lead.pk}/history/"
    client.get(address)  # what is looked up once a process
    with django_assert_max_num_queries(20):
        answer = client.get(address)
    assert len(answer.context_data["lines"]) == 50
    older = client.get(address, {"before": answer.context_data["older"]})
    assert len(older.context_data["lines"]) == 12


def test_what_the_console_changes_is_the_persons_doing(person, lead):
    client = Client()
    client.force_login(person.user)
    answer = client.post(f"/console/journeys/lead/{lead.pk}/become/lost/", {"post": "yes"})
    assert answer.status_code == 302
    last = page(person.user, lead).context_data["lines"][0]
    assert (last.by, last.changes[0][2]) == (person.user, Lead.Status.LOST.label)
