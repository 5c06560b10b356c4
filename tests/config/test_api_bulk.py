"""Many records by one request: each row is answered for."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.api.visitors import LeadViewSet
from journeys.models import Lead
from tests.builder.factories import ProjectFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/leads/bulk/"


def load(api, items, query="", **headers):
    return api.post(ADDRESS + query, {"items": items}, headers=headers or None)


def test_rows_are_answered_in_their_order(api, workspace):
    items = [{"name": "Layan"}, {"name": "Omar", "email": "no address"}, {"name": "Huda"}, 5]
    answer = load(api, items).json()
    assert (answer["created"], answer["unchanged"], answer["failed"]) == (2, 0, 2)
    assert [row["status"] for row in answer["results"]] == ["created", "error", "created", "error"]
    assert [row["index"] for row in answer["results"]] == [0, 1, 2, 3]
    assert answer["results"][1]["errors"][0]["pointer"] == "/items/1/email"
    assert answer["results"][3]["errors"][0]["pointer"] == "/items/3"
    stored = {str(lead.pk): lead for lead in Lead.objects.all()}
    assert set(stored) == {answer["results"][0]["id"], answer["results"][2]["id"]}
    assert {lead.workspace for lead in stored.values()} == {workspace}


def test_all_or_nothing(api):
    answer = load(api, [{"name": "Layan"}, {"email": "no address"}], "?atomic=true")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/items/1/email"
    assert not Lead.objects.exists()
    assert load(api, [{"name": "Layan"}], "?atomic=true").json()["created"] == 1


def test_a_rule_of_the_database_costs_only_its_row(api, workspace):
    """A lead's contact has one lead a project: the second row of it breaks a unique rule."""
    project = ProjectFactory(workspace=workspace)
    contact = api.post("/api/v1/contacts/", {"email": "layan@example.com"}).json()["id"]
    same = {"project": str(project.pk), "contact": contact}
    answer = load(api, [{"name": "Huda"}, same, same, {"name": "Omar"}]).json()
    assert [row["status"] for row in answer["results"]] == [
        "created", "created", "error", "created",
    ]  # fmt: skip
    errors = answer["results"][2]["errors"]
    assert {error["code"] for error in errors} == {"unique"}
    assert {error["pointer"] for error in errors} == {"/items/2/project", "/items/2/contact"}
    atomic = load(api, [{"name": "Rana"}, same], "?atomic=true")
    assert atomic.status_code == 400
    assert not Lead.objects.filter(name="Rana").exists()


def test_a_row_that_is_there_is_left_as_it_is(api, workspace, monkeypatch):
    monkeypatch.setattr(LeadViewSet, "bulk_key", ["contact"])
    project = ProjectFactory(workspace=workspace)
    contact = api.post("/api/v1/contacts/", {"email": "layan@example.com"}).json()["id"]
    same = {"project": str(project.pk), "contact": contact}
    first = load(api, [same]).json()["results"][0]
    again = load(api, [same]).json()["results"][0]
    assert (again["status"], again["id"]) == ("unchanged", first["id"])


def test_a_thousand_rows_cost_few_queries(api, workspace):
    project = ProjectFactory(workspace=workspace)
    items = [{"name": f"Lead {number}", "project": str(project.pk)} for number in range(1_000)]
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        answer = load(api, items)
    assert answer.json()["created"] == 1_000
    assert len(queries) < 25
    assert time.perf_counter() - began < 20
    assert load(api, [*items, {}]).status_code == 413


def test_a_key_of_another_workspace_is_no_key(api, workspace):
    theirs = ProjectFactory()
    row = load(api, [{"project": str(theirs.pk)}]).json()["results"][0]
    assert row["errors"][0]["pointer"] == "/items/0/project"
    assert row["errors"][0]["code"] == "does_not_exist"


@pytest.mark.parametrize("body", [[], {}, {"items": {}}, {"items": None}])
def test_another_shape_is_refused(api, body):
    answer = api.post(ADDRESS, body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/items"


def test_an_unknown_parameter_is_named(api):
    answer = load(api, [], "?atomic=perhaps")
    assert answer.json()["errors"][0]["parameter"] == "atomic"
    assert load(api, [], "?nonsense=1").json()["errors"][0]["parameter"] == "nonsense"


def test_a_repetition_with_its_key_loads_nothing_more(api):
    headers = {"Idempotency-Key": "one-load"}
    first = load(api, [{"name": "Layan"}], **headers)
    again = load(api, [{"name": "Layan"}], **headers)
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Lead.objects.count() == 1


def test_a_contact_whose_address_is_known_is_left_as_it_is(api):
    items = [{"email": "layan@example.com"}, {"email": "Omar@example.com"}]
    address = "/api/v1/contacts/bulk/"
    first = api.post(address, {"items": items[:1]}).json()
    again = api.post(address, {"items": items}).json()
    assert [row["status"] for row in again["results"]] == ["unchanged", "created"]
    assert again["results"][0]["id"] == first["results"][0]["id"]
