"""Journeys, enrichments and suggestions over the API; contacts and leads entered in numbers."""

import pytest
from rest_framework.test import APIClient

from accounts.keys import issue_key
from builder.models import ComponentIntelligence
from journeys.models import (
    ComponentWorkflowConnection,
    Contact,
    ContactWorkflowEnrichment,
    JourneyEvent,
    Lead,
    UserJourneyTracking,
    Workflow,
    WorkflowSuggestion,
)
from tests.examples import Scene
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
PATHS = {
    UserJourneyTracking: "user-journeys",
    JourneyEvent: "journey-events",
    ContactWorkflowEnrichment: "enrichments",
    WorkflowSuggestion: "workflow-suggestions",
}


@pytest.fixture
def scene(workspace):
    owner = MembershipFactory(workspace=workspace, role="owner")
    return Scene(workspace=workspace, user=owner.user)


def client_of(workspace, role, user=None):
    member = MembershipFactory(workspace=workspace, role=role) if user is None else None
    _key, secret = issue_key(
        workspace=workspace, kind="personal", name=role, user=user or member.user
    )
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


@pytest.mark.parametrize("model", PATHS, ids=PATHS.get)
def test_they_are_read_by_those_who_may_and_written_by_nobody(scene, model):
    record = scene.one(model)
    path = f"/api/v1/{PATHS[model]}/"
    mine = client_of(scene.workspace, "owner", user=scene.user)
    assert str(record.pk) in [row["id"] for row in mine.get(path).json()["results"]]
    assert mine.get(f"{path}{record.pk}/").status_code == 200
    assert mine.post(path, {}, format="json").status_code == 405
    assert mine.patch(f"{path}{record.pk}/", {}, format="json").status_code == 405
    stranger = client_of(MembershipFactory().workspace, "owner")
    assert stranger.get(f"{path}{record.pk}/").status_code == 404
    viewer = client_of(scene.workspace, "viewer").get(path)
    assert viewer.status_code == 200
    own_only = model in (UserJourneyTracking, JourneyEvent)
    assert bool(viewer.json()["results"]) is not own_only
    assert client_of(scene.workspace, "analyst").get(path).json()["results"]


def test_journeys_are_filtered_and_ordered_by_what_has_an_index(scene, workspace):
    journey = scene.one(UserJourneyTracking)
    mine = client_of(workspace, "owner", user=scene.user)
    for query in (
        f"user={scene.user.pk}",
        f"project={journey.project_id}",
        f"template={journey.template_id}",
        "started_after=2026-01-01T00:00:00Z",
        "ordering=-journey_started_at",
        "expand=project",
    ):
        assert mine.get(f"/api/v1/user-journeys/?{query}").json()["results"], query
    assert mine.get("/api/v1/user-journeys/?ordering=user_satisfaction").status_code == 400


def test_a_suggestion_is_accepted_with_the_recipe_of_its_category(scene, workspace, api):
    suggestion = scene.one(WorkflowSuggestion)
    path = f"/api/v1/workflow-suggestions/{suggestion.pk}"
    assert client_of(workspace, "viewer").post(f"{path}/accept/").status_code == 403
    answer = api.post(f"{path}/accept/", {}, format="json")
    assert answer.status_code == 200, answer.content
    connection = ComponentWorkflowConnection.objects.get(suggestion=suggestion)
    assert answer.json()["id"] == str(connection.pk)
    workflow = Workflow.objects.get(pk=connection.workflow_id)
    assert (workflow.category, workflow.suggested_by_ai) == ("newsletter", True)
    assert workflow.ai_confidence_score == suggestion.confidence_score
    refused = api.post(f"{path}/dismiss/")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/status"


def test_a_suggestion_without_a_recipe_wants_a_workflow_named(scene, api):
    component = scene.one(ComponentIntelligence)
    suggestion = WorkflowSuggestion.objects.create(
        workspace=scene.workspace,
        component_intelligence=component,
        category="integration",
        confidence_score=0.7,
    )
    path = f"/api/v1/workflow-suggestions/{suggestion.pk}"
    refused = api.post(f"{path}/accept/", {}, format="json")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/workflow"
    suggestion.refresh_from_db()
    assert suggestion.status == "suggested"
    workflow = scene.one(Workflow)
    taken = api.post(f"{path}/accept/", {"workflow": str(workflow.pk)}, format="json")
    assert (taken.status_code, taken.json()["workflow"]) == (200, str(workflow.pk))


def test_a_dismissed_suggestion_can_still_be_accepted(scene, api):
    path = f"/api/v1/workflow-suggestions/{scene.one(WorkflowSuggestion).pk}"
    assert api.post(f"{path}/dismiss/").json()["status"] == "dismissed"
    assert api.post(f"{path}/accept/", {}, format="json").status_code == 200


def test_a_contact_is_entered_and_goes_by_its_names(api, workspace):
    made = api.post(
        "/api/v1/contacts/",
        {"email": "Layan@Example.com", "user_id": "u1", "traits": {"name": "Layan"}},
        format="json",
    )
    assert made.status_code == 201, made.content
    contact = Contact.objects.get(workspace=workspace)
    assert contact.email == "layan@example.com"
    assert set(contact.identities.values_list("kind", "value")) == {
        ("email", "layan@example.com"),
        ("user_id", "u1"),
    }
    again = api.post("/api/v1/contacts/", {"email": "layan@example.com"}, format="json")
    assert again.status_code == 422
    assert again.json()["errors"][0]["pointer"] == "/email"
    moved = api.patch(f"/api/v1/contacts/{contact.pk}/", {"email": "l@dar.example"}, format="json")
    assert moved.json()["email"] == "l@dar.example"
    assert api.get("/api/v1/contacts/?identity=layan@example.com").json()["results"]


def test_contacts_and_leads_are_loaded_in_numbers(api, workspace):
    loaded = api.post(
        "/api/v1/contacts/bulk/",
        {"items": [{"email": "a@example.com"}, {"email": "A@example.com"}, {"email": "no"}]},
        format="json",
    )
    assert loaded.status_code == 200, loaded.content
    assert [row["status"] for row in loaded.json()["results"]] == ["created", "unchanged", "error"]
    assert Contact.objects.filter(workspace=workspace).count() == 1
    leads = api.post(
        "/api/v1/leads/bulk/",
        {"items": [{"name": "A", "email": "a@example.com"}, {"name": "B", "score": 2}]},
        format="json",
    )
    assert [row["status"] for row in leads.json()["results"]] == ["created", "error"]
    assert Lead.objects.filter(workspace=workspace).count() == 1


def test_contacts_and_leads_are_searched_by_words_and_documents(api, workspace):
    api.post(
        "/api/v1/contacts/",
        {"email": "layan@example.com", "traits": {"company": "Dar Al Qahwa", "plan": "pro"}},
        format="json",
    )
    api.post("/api/v1/leads/", {"name": "Layan", "properties": {"size": 3}}, format="json")
    for query in ("search=qahwa", 'traits={"plan":"pro"}', "ordering=-last_seen"):
        assert api.get(f"/api/v1/contacts/?{query}").json()["results"], query
    for query in ("search=layan", 'properties={"size":3}', "ordering=-score"):
        assert api.get(f"/api/v1/leads/?{query}").json()["results"], query
    assert not api.get('/api/v1/contacts/?traits={"plan":"free"}').json()["results"]
    assert api.get("/api/v1/contacts/?traits=pro").status_code == 400
    assert not api.get("/api/v1/leads/?search=millibar").json()["results"]
