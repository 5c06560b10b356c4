"""Lists read by columns show what the serializer shows; chosen fields, expansion, order, search."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.api.lists import plan_of, relation_of
from accounts.keys import issue_key
from accounts.tenancy import tenant
from config.urls import router
from journeys.api.visitor_serializers import ContactSerializer
from journeys.api.visitors import EventViewSet, LeadViewSet
from journeys.models import Contact, Lead
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
VIEWSETS = {prefix: viewset for prefix, viewset, _basename in router.registry}
# For the platform's staff, whom the scene has not.
STAFF = {"system-metrics"}
PLANNED = sorted(
    prefix
    for prefix, viewset in VIEWSETS.items()
    if getattr(viewset, "fast_list", False) and plan_of(viewset.serializer_class)
)


@pytest.fixture
def scene(db):
    owner = MembershipFactory(role="owner")
    return Scene(workspace=owner.workspace, user=owner.user)


@pytest.fixture
def owner(scene):
    _key, secret = issue_key(
        workspace=scene.workspace, kind="personal", name="tests", user=scene.user
    )
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


@pytest.fixture
def leads(scene):
    """Seven leads whose scores are 0, 0, .1, .1, .2, .2, .3, and an eighth without a contact."""
    workspace, contact = scene.workspace, scene.one(Contact)
    scores = [Decimal(number // 2) / 10 for number in range(7)]
    made = [Lead(workspace=workspace, contact=contact, score=score) for score in scores]
    return Lead.objects.bulk_create([*made, Lead(workspace=workspace, score=1)])


def compact(document):
    return json.dumps(document, separators=(",", ":"))


def test_most_lists_have_a_plan():
    assert len(PLANNED) >= len(VIEWSETS) / 2, sorted(set(VIEWSETS) - set(PLANNED))
    assert {"events", "contacts", "leads"} <= set(PLANNED)


@pytest.mark.parametrize("prefix", sorted(set(PLANNED) - STAFF))
def test_columns_show_what_the_serializer_shows(owner, scene, monkeypatch, prefix):
    viewset = VIEWSETS[prefix]
    scene.one(viewset.queryset.model)
    by_columns = owner.get(f"/api/v1/{prefix}/").content
    monkeypatch.setattr(viewset, "fast_list", False)
    by_serializer = owner.get(f"/api/v1/{prefix}/").content
    # Apart from spaces within JSON that PostgreSQL wrote, the same to the byte.
    assert compact(json.loads(by_columns)) == compact(json.loads(by_serializer))
    assert json.loads(by_columns)["results"]


def test_a_field_that_asks_a_method_leaves_the_list_to_the_serializer():
    assert plan_of(VIEWSETS["projects"].serializer_class) is None
    assert plan_of(ContactSerializer) is not None


def test_chosen_fields(owner, leads):
    rows = owner.get("/api/v1/leads/?fields=email,score").json()["results"]
    assert all(set(row) == {"id", "email", "score"} for row in rows)
    one = owner.get(f"/api/v1/leads/{leads[0].pk}/?fields=score").json()
    assert one == {"id": str(leads[0].pk), "score": 0.0}


@pytest.mark.parametrize("fast", [True, False])
def test_expansion_is_one_query_more(owner, leads, monkeypatch, fast):
    monkeypatch.setattr(LeadViewSet, "expandable", {"contact": ContactSerializer})
    monkeypatch.setattr(LeadViewSet, "fast_list", fast)
    with CaptureQueriesContext(connection) as plain:
        bare = owner.get("/api/v1/leads/?fields=contact").json()["results"]
    with CaptureQueriesContext(connection) as opened:
        rows = owner.get("/api/v1/leads/?expand=contact&fields=contact").json()["results"]
    assert len(opened) <= len(plain) + 2  # the contacts, and the identities shown within them
    contact = owner.get(f"/api/v1/contacts/{leads[0].contact_id}/").json()
    assert [row["contact"] for row in rows] == [None, *[contact] * 7]
    assert [row["contact"] for row in bare] == [None, *[contact["id"]] * 7]
    one = owner.get(f"/api/v1/leads/{leads[0].pk}/?expand=contact").json()
    assert one["contact"] == contact


def test_what_the_caller_does_not_see_is_not_opened(scene, leads):
    stranger = MembershipFactory(role="owner")
    theirs = Scene(workspace=stranger.workspace, user=stranger.user).one(Contact)
    related = relation_of("contact", Lead, ContactSerializer)
    rows = [{"contact": leads[0].contact_id}, {"contact": theirs.pk}]
    with tenant(workspace_id=scene.workspace.pk, user_id=scene.user.pk, role="owner"):
        related.attach(rows, [row["contact"] for row in rows], {})
    assert rows[0]["contact"]["id"] == str(leads[0].contact_id)
    assert rows[1]["contact"] is None


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("fields=nonsense", "fields"),
        ("fields=", "fields"),
        ("expand=nonsense", "expand"),
        ("ordering=nonsense", "ordering"),
        ("nonsense=1", "nonsense"),
        ("limit=0", "limit"),
        ("limit=many", "limit"),
    ],
)
def test_an_unknown_parameter_is_named_with_those_that_there_are(owner, query, parameter):
    answer = owner.get(f"/api/v1/events/?{query}")
    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert error["parameter"] == parameter
    if parameter in ("fields", "nonsense"):
        assert "event_name" in error["detail"]


@pytest.mark.parametrize("order", ["score", "-score", "contact", "-contact", "id"])
@pytest.mark.parametrize("fast", [True, False])
def test_every_order_pages_through_all_rows_there_and_back(owner, leads, monkeypatch, order, fast):
    """`contact` is null for one of them."""
    monkeypatch.setattr(LeadViewSet, "ordering_fields", ["score", "contact"])
    monkeypatch.setattr(LeadViewSet, "fast_list", fast)
    name = order.removeprefix("-")
    wanted = Lead.objects.order_by(order, f"{order.removesuffix(name)}id")
    seen, address, last = [], f"/api/v1/leads/?ordering={order}&limit=3", None
    while address:
        page = owner.get(address).json()
        seen += [row["id"] for row in page["results"]]
        last, address = page, page["next"]
    assert seen == [str(lead.pk) for lead in wanted]
    back = owner.get(last["previous"]).json()
    assert [row["id"] for row in back["results"]] == seen[3:6]
    assert owner.get(back["previous"]).json()["previous"] is None


def test_a_cursor_is_of_its_order(owner, leads, monkeypatch):
    monkeypatch.setattr(LeadViewSet, "ordering_fields", ["score"])
    next_page = owner.get("/api/v1/leads/?ordering=score&limit=3").json()["next"]
    assert owner.get(next_page.replace("=score", "=-score")).status_code == 404


def test_an_integer_over_64_bits_is_written_whole(owner, scene):
    event = scene.one(EventViewSet.queryset.model)
    type(event).objects.filter(pk=event.pk).update(properties={"n": 2**70, "text": "م\u2028"})
    for address in ("/api/v1/events/", f"/api/v1/events/{event.pk}/"):
        assert str(2**70).encode() in owner.get(address).content


@pytest.mark.parametrize("microsecond", [0, 7, 120000])
def test_times_are_written_as_python_writes_them(owner, leads, monkeypatch, microsecond):
    then = datetime(2026, 1, 2, 3, 4, 5, microsecond, tzinfo=UTC)
    Lead.objects.update(last_contacted=then)
    by_columns = owner.get("/api/v1/leads/?fields=last_contacted").content
    monkeypatch.setattr(LeadViewSet, "fast_list", False)
    assert owner.get("/api/v1/leads/?fields=last_contacted").content == by_columns


def test_search_by_declared_fields(owner, leads, monkeypatch):
    monkeypatch.setattr(LeadViewSet, "search_fields", ["company"])
    Lead.objects.filter(pk=leads[0].pk).update(company="Dar Al Qahwa")
    rows = owner.get("/api/v1/leads/?search=qahwa").json()["results"]
    assert [row["id"] for row in rows] == [str(leads[0].pk)]
    assert owner.get("/api/v1/leads/?search=").status_code == 400
