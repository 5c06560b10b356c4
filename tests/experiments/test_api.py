"""Tests over the API: set up, started, completed; by whom."""

import pytest

from experiments import design, lifecycle
from experiments.models import ABTest, TestResult, TestVariation
from tests.examples import Scene
from tests.factories import MembershipFactory
from tests.personalization.test_api import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(workspace):
    owner = MembershipFactory(workspace=workspace, role="owner")
    return Scene(workspace=workspace, user=owner.user)


@pytest.fixture
def ab_test(workspace):
    return design.draft(workspace=workspace, name="Colour", variations={"a": "Red", "b": "Green"})


def test_a_test_is_set_up_started_and_completed(api, user):
    made = api.post("/api/v1/ab-tests/", {"name": "Headline", "status": "active"})
    assert made.status_code == 201, made.json()
    assert (made.json()["status"], made.json()["user"]) == ("draft", str(user.pk))
    address = f"/api/v1/ab-tests/{made.json()['id']}/"
    refused = api.post(f"{address}start/")
    assert refused.status_code == 422
    assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [
        ("/variations", "too_few"),
        ("/traffic_split", "not_whole"),
    ]
    for identifier, percentage in (("control", "60.00"), ("short", "39.99")):
        variation = api.post(
            "/api/v1/test-variations/",
            {
                "ab_test": made.json()["id"],
                "variation_id": identifier,
                "name": identifier,
                "traffic_percentage": percentage,
            },
        )
        assert variation.status_code == 201, variation.json()
    assert api.post(f"{address}start/").status_code == 422
    short = f"/api/v1/test-variations/{variation.json()['id']}/"
    assert api.patch(short, {"traffic_percentage": "40.00"}).status_code == 200
    started = api.post(f"{address}start/").json()
    assert started["status"] == "active"
    assert started["traffic_split"] == {"control": "60.00", "short": "40.00"}
    assert api.post(f"{address}pause/").json()["status"] == "paused"
    assert api.post(f"{address}start/").status_code == 422
    assert api.post(f"{address}resume/").json()["status"] == "active"
    done = api.post(f"{address}complete/", {"winning_variation": variation.json()["id"]})
    assert (done.json()["status"], done.json()["winning_variation"]) == (
        "completed",
        variation.json()["id"],
    )
    assert api.post(f"{address}cancel/").status_code == 422


def test_variations_of_a_started_test_stay_as_they_are(api, ab_test):
    variation = ab_test.variations.get(variation_id="a")
    address = f"/api/v1/test-variations/{variation.pk}/"
    lifecycle.start(ab_test=ab_test, now=ab_test.created_at)
    more = {
        "ab_test": str(ab_test.pk),
        "variation_id": "c",
        "name": "Blue",
        "traffic_percentage": "0",
    }
    for answer in (
        api.patch(address, {"name": "Crimson"}),
        api.delete(address),
        api.post("/api/v1/test-variations/", more),
    ):
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == "has_started"
    assert ab_test.variations.count() == 2


def test_a_variation_stays_with_its_test(api, workspace, ab_test):
    other = design.draft(workspace=workspace, name="Other", variations={"a": "A"})
    variation = ab_test.variations.get(variation_id="a")
    answer = api.patch(f"/api/v1/test-variations/{variation.pk}/", {"ab_test": str(other.pk)})
    assert answer.status_code == 400


def test_the_winner_is_of_the_test(api, workspace, ab_test):
    lifecycle.start(ab_test=ab_test, now=ab_test.created_at)
    other = design.draft(workspace=workspace, name="Other", variations={"a": "A"})
    winner = str(other.variations.get().pk)
    answer = api.post(f"/api/v1/ab-tests/{ab_test.pk}/complete/", {"winning_variation": winner})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/winning_variation"


def test_only_drafts_and_cancelled_tests_are_deleted(api, ab_test):
    address = f"/api/v1/ab-tests/{ab_test.pk}/"
    lifecycle.start(ab_test=ab_test, now=ab_test.created_at)
    assert api.delete(address).status_code == 422
    assert api.post(f"{address}cancel/").json()["status"] == "cancelled"
    assert api.delete(address).status_code == 204
    assert TestVariation.objects.count() == 0


@pytest.mark.parametrize("role", ["analyst", "viewer"])
def test_who_only_reads_starts_nothing(workspace, ab_test, role):
    client = client_of(workspace, role)
    address = f"/api/v1/ab-tests/{ab_test.pk}/"
    assert client.get(address).status_code == 200
    for verb in ("start", "pause", "resume", "complete", "cancel"):
        assert client.post(f"{address}{verb}/").status_code == 403
    variation = ab_test.variations.first()
    assert client.delete(f"/api/v1/test-variations/{variation.pk}/").status_code == 403
    assert ABTest.objects.get().status == "draft"


def test_results_are_read_and_not_written(api, scene):
    result = scene.one(TestResult)
    (listed,) = api.get("/api/v1/test-results/").json()["results"]
    assert listed["id"] == str(result.pk)
    assert listed["significance_status"] == "significant"
    assert api.patch(f"/api/v1/test-results/{result.pk}/", {}).status_code == 405
    shown = api.get(
        f"/api/v1/ab-tests/{result.ab_test_id}/", {"expand": "variations,results"}
    ).json()
    assert {each["variation_id"] for each in shown["variations"]} == {"control", "short"}
    assert [each["id"] for each in shown["results"]] == [str(result.pk)]
    assert shown["p_value"] == 0.03
