"""A builder's journey is theirs, and so are its steps: wherever one looks."""

import json

import pytest
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.tenancy import tenant
from journeys.models import JourneyEvent, UserJourneyTracking
from tests.examples import Scene
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

MODELS = {"user-journeys": UserJourneyTracking, "journey-events": JourneyEvent}
# Who sees what colleagues did.
SEERS = ("owner", "admin", "analyst")
COLLEAGUES = ("editor", "viewer")


@pytest.fixture
def scene(workspace):
    """A workspace with an editor's journey: theirs, though they are no seer."""
    member = MembershipFactory(workspace=workspace, role="editor", user=UserFactory(is_staff=True))
    scene = Scene(workspace=workspace, user=member.user)
    for model in MODELS.values():
        scene.one(model)
    return scene


def colleague(scene, role):
    person = UserFactory(is_staff=True)
    MembershipFactory(workspace=scene.workspace, role=role, user=person)
    return person


def api_of(scene, person):
    kind = "personal" if person else "server"
    _key, secret = issue_key(workspace=scene.workspace, kind=kind, name="t", user=person)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def console_of(person):
    client = Client()
    client.force_login(person)
    return client


def seen_over_the_api(client, path, record):
    """What each way over the API shows of the record: all ways must agree."""
    listed = client.get(f"/api/v1/{path}/").json()["results"]
    exported = b"".join(client.get(f"/api/v1/{path}/export/").streaming_content).splitlines()
    found = client.get(f"/api/v1/{path}/{record.pk}/").status_code
    return {
        str(record.pk) in [str(row["id"]) for row in listed],
        str(record.pk) in [str(json.loads(line)["id"]) for line in exported],
        found == 200,
    }


def seen_in_the_console(client, model, record):
    """What the list, its CSV file and the record's own page show."""
    name = f"/console/journeys/{model._meta.model_name}/"
    listed = client.get(name, {"period": "all"} if model is JourneyEvent else {})
    rows = b"".join(client.get(f"{name}export/").streaming_content).decode().splitlines()
    return {
        f"{record.pk}/change/" in listed.content.decode(),
        any(str(record.pk) in row for row in rows),
        client.get(f"{name}{record.pk}/change/").status_code == 200,
    }


@pytest.mark.parametrize("path", MODELS)
@pytest.mark.parametrize("role", [*SEERS, *COLLEAGUES])
def test_a_colleagues_journey_is_seen_by_those_who_look_after_all(scene, path, role):
    record, person = scene.one(MODELS[path]), colleague(scene, role)
    expected = {role in SEERS}
    assert seen_over_the_api(api_of(scene, person), path, record) == expected
    assert seen_in_the_console(console_of(person), MODELS[path], record) == expected


@pytest.mark.parametrize("path", MODELS)
def test_ones_own_and_the_workspaces_programs(scene, path):
    record = scene.one(MODELS[path])
    assert seen_over_the_api(api_of(scene, scene.user), path, record) == {True}
    assert seen_in_the_console(console_of(scene.user), MODELS[path], record) == {True}
    assert seen_over_the_api(api_of(scene, None), path, record) == {True}


@pytest.mark.parametrize("role", [*SEERS, *COLLEAGUES])
def test_the_database_itself_keeps_them_apart(scene, role):
    person = colleague(scene, role)
    with (
        tenant(workspace_id=scene.workspace.pk, user_id=person.pk, role=role),
        connection.cursor() as cursor,
    ):
        cursor.execute("select count(*) from journeys_journeyevent")
        assert bool(cursor.fetchone()[0]) is (role in SEERS)


def test_filters_tell_nothing_of_a_colleagues_steps(scene):
    event = scene.one(JourneyEvent)
    client = api_of(scene, colleague(scene, "viewer"))
    found = client.get("/api/v1/journey-events/", {"event_type": event.event_type})
    assert found.json()["results"] == []
    unknown = client.get("/api/v1/journey-events/", {"journey": str(event.journey_id)})
    nowhere = client.get("/api/v1/journey-events/", {"journey": str(event.journey_id)[::-1]})
    assert unknown.status_code == nowhere.status_code == 400
