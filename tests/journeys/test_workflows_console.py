import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journeys.models import Workflow, WorkflowExecution
from journeys.workflows import connections, engine, recipes
from tests.journeys import workflow_scene as scene

pytestmark = pytest.mark.django_db

PAGES = ["workflow", "workflowexecution", "componentworkflowconnection", "mailmessage"]


@pytest.fixture
def project(workspace):
    project = scene.make_project(workspace)
    scene.make_component(project)
    return project


@pytest.fixture
def workflow(project):
    workflow = recipes.lead_capture(project=project)
    connections.connect(project=project, component_id="ContactForm-1", workflow=workflow)
    scene.make_execution(workflow)
    engine.advance_due(clock=scene.Clock())
    return workflow


@pytest.fixture
def console(member):
    member.user.is_staff = True
    member.user.save()
    client = Client()
    client.force_login(member.user)
    return client


@pytest.mark.parametrize("name", PAGES)
def test_each_page_lists_searches_shows_and_exports(console, workflow, name):
    from django.apps import apps

    listed = console.get(reverse(f"admin:journeys_{name}_changelist"), {"q": "a"})
    assert listed.status_code == 200
    record = apps.get_model("journeys", name).objects.first()
    shown = console.get(reverse(f"admin:journeys_{name}_change", args=[record.pk]))
    assert shown.status_code == 200
    exported = console.post(
        reverse(f"admin:journeys_{name}_changelist"),
        {"action": "export_as_csv", "_selected_action": [str(record.pk)]},
    )
    table = b"".join(exported.streaming_content).decode()
    assert str(record.pk) in table


@pytest.mark.parametrize("name", PAGES)
def test_a_list_costs_the_same_however_long_it_is(console, workflow, name):
    address = reverse(f"admin:journeys_{name}_changelist")
    console.get(address)  # what is looked up once a process

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert console.get(address).status_code == 200
        return len(queries)

    short = cost()
    for number in range(5):
        other = recipes.lead_capture(project=workflow.project)
        scene.make_component(workflow.project, f"ContactForm-{number}")
        connections.connect(
            project=workflow.project, component_id=f"ContactForm-{number}", workflow=other
        )
        contact = scene.make_contact(workflow.workspace, f"v{number}@visitors.example")
        scene.make_execution(other, contact=contact)
    engine.advance_due(clock=scene.Clock())
    assert cost() == short


def test_the_log_is_shown_line_by_line(console, workflow):
    execution = WorkflowExecution.objects.get()
    execution.log = [*execution.log, {**execution.log[0], "error": "<script>alert(1)</script>"}]
    execution.save()
    page = console.get(reverse("admin:journeys_workflowexecution_change", args=[execution.pk])).text
    assert "make or update a lead" in page
    assert "<script>alert(1)" not in page


def test_a_definition_is_checked_in_the_console_too(console, workflow):
    address = reverse("admin:journeys_workflow_change", args=[workflow.pk])
    form = {
        "name": "Changed",
        "category": "lead_capture",
        "project": str(workflow.project_id),
        "trigger": '{"event": "form_submitted"}',
        "definition": '{"steps": [{"kind": "teleport"}]}',
        "connections-TOTAL_FORMS": "0",
        "connections-INITIAL_FORMS": "0",
    }
    refused = console.post(address, form)
    assert "/steps/0/kind" in refused.text
    form["definition"] = '{"steps": [{"kind": "wait", "seconds": 5}]}'
    assert console.post(address, form).status_code == 302
    workflow.refresh_from_db()
    assert (workflow.name, workflow.version) == ("Changed", 2)


def test_actions_change_what_they_may_and_tell_of_the_rest(console, workflow):
    archived = scene.make_workflow(workflow.project, status="archived")
    chosen = [str(workflow.pk), str(archived.pk)]
    answer = console.post(
        reverse("admin:journeys_workflow_changelist"),
        {"action": "become_paused", "_selected_action": chosen, "post": "yes"},
        follow=True,
    )
    assert "cannot become “paused”" in answer.text
    assert set(Workflow.objects.values_list("status", flat=True)) == {"paused", "archived"}
    execution = WorkflowExecution.objects.get()
    WorkflowExecution.objects.update(status="failed")
    console.post(
        reverse("admin:journeys_workflowexecution_changelist"),
        {"action": "become_pending", "_selected_action": [str(execution.pk)], "post": "yes"},
    )
    execution.refresh_from_db()
    assert execution.status == "pending"


def test_who_only_reads_is_offered_no_action(console, member, workflow):
    member.role = "viewer"
    member.save()
    console.post(
        reverse("admin:journeys_workflow_changelist"),
        {"action": "become_paused", "_selected_action": [str(workflow.pk)], "post": "yes"},
    )
    workflow.refresh_from_db()
    assert workflow.status == "active"
