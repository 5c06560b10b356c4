"""Journeys, suggestions and enrichments in the console, in English and Arabic."""

import pytest

from journeys.models import (
    Contact,
    ContactWorkflowEnrichment,
    JourneyEvent,
    UserJourneyTracking,
    Workflow,
    WorkflowExecution,
    WorkflowSuggestion,
)
from tests.examples import Scene
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
MODELS = [UserJourneyTracking, JourneyEvent, WorkflowSuggestion, ContactWorkflowEnrichment]


@pytest.fixture
def scene(client):
    person = UserFactory(is_staff=True)
    owner = MembershipFactory(user=person, role="owner")
    client.force_login(person)
    return Scene(workspace=owner.workspace, user=person)


def page_of(client, record, language="en"):
    name = type(record)._meta.model_name
    answer = client.get(
        f"/console/journeys/{name}/{record.pk}/change/", headers={"accept-language": language}
    )
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_lists_and_pages_open(client, scene, model, language):
    record = scene.one(model)
    name = model._meta.model_name
    heading = {"en": model._meta.verbose_name_plural, "ar": "ال"}[language]
    for query in ("", "?q=dune"):
        page = client.get(
            f"/console/journeys/{name}/{query}", headers={"accept-language": language}
        )
        assert page.status_code == 200
        assert str(heading).lower() in page.content.decode().lower()
    assert page_of(client, record, language)


def test_a_journey_is_a_timeline_of_its_milestones(client, scene):
    journey = scene.one(UserJourneyTracking)
    text = page_of(client, journey)
    assert text.index("template selected") < text.index("magic moment")
    assert "1/5" in client.get("/console/journeys/userjourneytracking/").content.decode() or (
        journey.site_published
    )


def test_a_contacts_page_shows_what_they_did_and_what_ran_for_them(client, scene):
    from journeys.models import Event

    event, execution = scene.one(Event), scene.one(WorkflowExecution)
    text = page_of(client, scene.one(Contact))
    assert event.event_name in text
    assert f"/workflowexecution/{execution.pk}/" in text


def test_a_workflows_page_shows_its_executions(client, scene):
    execution = scene.one(WorkflowExecution)
    assert f"/workflowexecution/{execution.pk}/" in page_of(client, scene.one(Workflow))


def test_the_log_of_an_execution_is_in_the_readers_language(client, scene):
    execution = scene.one(WorkflowExecution)
    execution.log = [
        {"at": "2026-11-21T09:00:00+00:00", "step": 0, "kind": "send_mail", "outcome": "skipped",
         "reason": "There is no address to write to."},
        {"at": "2026-11-21T09:00:01+00:00", "step": 1, "kind": "call_webhook", "outcome": "failed",
         "error": "HTTP 500"},
    ]  # fmt: skip
    execution.save()
    english = page_of(client, execution)
    assert "write a mail" in english
    assert "send_mail" not in english.split("hh-log")[1].split("</table>")[0]
    arabic = page_of(client, execution, "ar").split("hh-log")[1].split("</table>")[0]
    assert "There is no address" not in arabic
    assert "skipped" not in arabic
    assert "HTTP 500" in arabic


def test_a_suggestion_is_accepted_from_its_page(client, scene):
    suggestion = scene.one(WorkflowSuggestion)
    path = f"/console/journeys/workflowsuggestion/{suggestion.pk}/become/accepted/"
    assert client.get(path).status_code == 200
    answer = client.post(path, {"post": "yes"})
    assert answer.status_code == 302, answer.content.decode()[:500]
    suggestion.refresh_from_db()
    assert suggestion.status == "accepted"
    assert suggestion.connections.count() == 1
