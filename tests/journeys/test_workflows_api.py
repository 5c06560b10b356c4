import pytest

from accounts.tenancy import tenant
from journeys.models import MailMessage, Workflow, WorkflowExecution
from journeys.workflows import connections, engine, recipes
from tests.journeys import workflow_scene as scene

pytestmark = pytest.mark.django_db

STEPS = {
    "steps": [{"kind": "create_or_update_lead"}, {"kind": "wait", "seconds": 60}],
}


@pytest.fixture
def project(workspace):
    project = scene.make_project(workspace)
    scene.make_component(project)
    return project


def test_a_workflow_is_written_activated_and_connected(api, project):
    made = api.post(
        "/api/v1/workflows/", {"name": "Mine", "project": str(project.id), "definition": STEPS}
    )
    assert made.status_code == 201, made.json()
    assert made.json()["status"] == "draft"
    assert made.json()["signing_secret"] is None  # it calls nobody
    key = made.json()["id"]
    assert api.post(f"/api/v1/workflows/{key}/activate/").json()["status"] == "active"
    connected = api.post(
        "/api/v1/connections/",
        {"project": str(project.id), "component_id": "ContactForm-1", "workflow": key},
    )
    assert connected.status_code == 201, connected.json()
    assert connected.json()["status"] == "active"
    assert connected.json()["project"] == str(project.id)
    listed = api.get("/api/v1/connections/", {"project": str(project.id)}).json()["results"]
    assert [row["id"] for row in listed] == [connected.json()["id"]]
    for verb, status in (("pause", "paused"), ("resume", "active"), ("disconnect", "disconnected")):
        answer = api.post(f"/api/v1/connections/{connected.json()['id']}/{verb}/")
        assert answer.json()["status"] == status


def test_a_recipe_is_one_call(api, project):
    made = api.post(
        "/api/v1/workflows/from-recipe/", {"recipe": "lead_capture", "project": str(project.id)}
    )
    assert made.status_code == 201, made.json()
    assert made.json()["status"] == "active"
    kinds = [step["kind"] for step in made.json()["definition"]["steps"]]
    assert kinds == ["create_or_update_lead", "send_mail", "notify_member"]


def test_a_fault_is_told_with_a_pointer_into_the_document(api):
    wrong = {"steps": [{"kind": "call_webhook", "url": "http://169.254.169.254/"}, {"kind": "x"}]}
    answer = api.post("/api/v1/workflows/", {"name": "Mine", "definition": wrong})
    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [
        ("/definition/steps/0/url", "url_refused"),
        ("/definition/steps/1/kind", "unknown_step"),
    ]
    assert Workflow.objects.count() == 0


def test_new_steps_are_a_new_version(api, project):
    workflow = recipes.lead_capture(project=project)
    changed = api.patch(
        f"/api/v1/workflows/{workflow.id}/", {"name": "Renamed", "definition": STEPS}
    ).json()
    assert (changed["name"], changed["version"]) == ("Renamed", 2)
    assert changed["definition"] == STEPS


def test_what_a_status_does_not_allow_is_422_with_a_pointer(api, project):
    workflow = scene.make_workflow(project, *STEPS["steps"], status="archived")
    answer = api.post(f"/api/v1/workflows/{workflow.id}/activate/")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "illegal_transition"
    answer = api.post(
        "/api/v1/connections/",
        {"project": str(project.id), "component_id": "Ghost", "workflow": str(workflow.id)},
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/component_id"


def test_executions_are_read_retried_and_cancelled(api, project):
    workflow = scene.make_workflow(project, *STEPS["steps"])
    execution = scene.make_execution(workflow)
    engine.advance_due(clock=scene.Clock())
    url = f"/api/v1/workflow-executions/{execution.id}/"
    shown = api.get(url).json()
    assert shown["status"] == "waiting"
    assert [entry["outcome"] for entry in shown["log"]] == ["done", "done"]
    assert api.post(f"{url}cancel/").json()["status"] == "cancelled"
    assert api.post(f"{url}retry/").json()["status"] == "pending"
    listed = api.get("/api/v1/workflow-executions/", {"workflow": str(workflow.id)}).json()
    assert len(listed["results"]) == 1
    assert api.patch(url, {"status": "succeeded"}).status_code == 405


def test_mail_is_read_only(api, project):
    workflow = recipes.newsletter(project=project)
    scene.make_execution(workflow)
    engine.advance_due(clock=scene.Clock())
    (mail,) = api.get("/api/v1/mail-messages/").json()["results"]
    assert (mail["to_address"], mail["status"]) == (scene.FORM["email"], "queued")
    assert api.delete(f"/api/v1/mail-messages/{mail['id']}/").status_code == 405


def test_nothing_of_another_workspace_is_seen_or_used(api, project):
    stranger = scene.make_project()
    scene.make_component(stranger)
    theirs = recipes.lead_capture(project=stranger)
    execution = scene.make_execution(theirs)
    engine.advance_due(clock=scene.Clock())
    for place in ("workflows", "workflow-executions", "connections", "mail-messages"):
        assert api.get(f"/api/v1/{place}/").json()["results"] == []
    assert api.get(f"/api/v1/workflows/{theirs.id}/").status_code == 404
    assert api.post(f"/api/v1/workflow-executions/{execution.id}/cancel/").status_code == 404
    answer = api.post(
        "/api/v1/connections/",
        {"project": str(project.id), "component_id": "ContactForm-1", "workflow": str(theirs.id)},
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/workflow"


def test_who_only_reads_changes_nothing(api, member, project):
    workflow = recipes.lead_capture(project=project)
    member.role = "viewer"
    member.save()
    assert api.post(f"/api/v1/workflows/{workflow.id}/pause/").status_code == 403


def test_row_security_hides_the_tables_of_others(project):
    """Below the API: plain queries in another workspace's scope."""
    workflow = recipes.lead_capture(project=project)
    connections.connect(project=project, component_id="ContactForm-1", workflow=workflow)
    scene.make_execution(workflow)
    engine.advance_due(clock=scene.Clock())
    stranger = scene.make_project()
    with tenant(workspace_id=stranger.workspace_id, role="owner"):
        assert Workflow.objects.count() == 0
        assert WorkflowExecution.objects.count() == 0
        assert MailMessage.objects.count() == 0
        assert Workflow.objects.update(name="taken") == 0
    assert MailMessage.objects.count() == 2
    with tenant(workspace_id=project.workspace_id, role="viewer"):
        assert Workflow.objects.count() == 1
        assert Workflow.objects.update(name="taken") == 0
