"""From an accepted form to executions, as the door does it: as the web login, in one scope."""

import asyncio
import datetime
import uuid

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from accounts.tenancy.scope import WRITE
from journeys.models import ComponentWorkflowConnection, WorkflowExecution
from journeys.workflows import connections, engine, triggers
from tests.journeys import workflow_scene as scene

pytestmark = pytest.mark.django_db(transaction=True)

LEAD = {"kind": "create_or_update_lead"}


def start(workspace_id, *events, role="ingest", scoped_to=None):
    """`start_executions` in a scoped transaction of its own, as the edge opens it."""

    async def run():
        dsn = _dsn()
        async with (
            await psycopg.AsyncConnection.connect(dsn, row_factory=psycopg.rows.dict_row) as conn,
            conn.transaction(),
        ):
            scope = (str(scoped_to or workspace_id), "", role, "halfhour_tenant")
            await conn.execute(WRITE, scope)
            return await triggers.start_executions(
                conn, workspace_id=workspace_id, events=list(events)
            )

    return asyncio.run(run())


def _dsn():
    made = psycopg.conninfo.conninfo_to_dict(settings.WEB_DATABASE_URL)
    made["dbname"] = connection.settings_dict["NAME"]
    return psycopg.conninfo.make_conninfo(**made)


def submitted(project, *, contact=None, component_id="ContactForm-1", event_id=None):
    return {
        "event_id": event_id or next(scene.EVENT_IDS),
        "timestamp": datetime.datetime.now(datetime.UTC),
        "project_id": project.id,
        "contact_id": contact.id if contact else None,
        "component_id": component_id,
        "message_id": uuid.uuid4().hex,
        "properties": {"fields": scene.FORM},
    }


@pytest.fixture
def project():
    return scene.make_project()


@pytest.fixture
def workflow(project):
    scene.make_component(project)
    workflow = scene.make_workflow(project, LEAD)
    connections.connect(project=project, component_id="ContactForm-1", workflow=workflow)
    return workflow


def test_a_form_starts_the_workflow_that_it_is_connected_to(project, workflow):
    contact = scene.make_contact(project.workspace)
    event = submitted(project, contact=contact)
    assert start(project.workspace_id, event) == 1
    execution = WorkflowExecution.objects.get()
    assert execution.workflow == workflow
    assert execution.contact == contact
    assert execution.form == scene.FORM
    assert (execution.event_id, execution.triggered_at) == (event["event_id"], event["timestamp"])
    assert execution.definition == workflow.definition
    assert execution.connection == ComponentWorkflowConnection.objects.get()
    engine.advance_due()
    execution.refresh_from_db()
    assert execution.status == "succeeded"


def test_an_event_that_is_handed_in_twice_starts_once(project, workflow):
    event = submitted(project)
    assert start(project.workspace_id, event, event) == 1
    assert start(project.workspace_id, event) == 0
    assert WorkflowExecution.objects.count() == 1


def test_a_form_that_stands_on_two_pages_starts_once(project, workflow):
    scene.make_component(project)
    for component in project.components.all():
        ComponentWorkflowConnection.objects.get_or_create(
            workspace=project.workspace,
            component_intelligence=component,
            workflow=workflow,
            defaults={"status": "active"},
        )
    assert start(project.workspace_id, submitted(project)) == 1


def test_only_what_is_active_starts(project, workflow):
    connected = ComponentWorkflowConnection.objects.get()
    connections.pause(connection=connected)
    assert start(project.workspace_id, submitted(project)) == 0
    connections.resume(connection=connected)
    workflow.status = "paused"
    workflow.save()
    assert start(project.workspace_id, submitted(project)) == 0


def test_another_form_starts_nothing(project, workflow):
    assert start(project.workspace_id, submitted(project, component_id="Other-1")) == 0
    assert start(project.workspace_id) == 0


def test_a_door_starts_nothing_in_another_workspace(project, workflow):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        start(project.workspace_id, submitted(project), scoped_to=scene.make_project().workspace_id)
    other = scene.make_project()
    assert start(other.workspace_id, submitted(project)) == 0
    assert WorkflowExecution.objects.count() == 0


def test_a_stranger_cannot_be_made_the_contact(project, workflow):
    stranger = scene.make_contact(scene.make_project().workspace)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        start(project.workspace_id, submitted(project, contact=stranger))


def test_who_only_reads_starts_nothing(project, workflow):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        start(project.workspace_id, submitted(project), role="viewer")


def test_the_door_may_not_write_executions_itself(project, workflow):
    start(project.workspace_id, submitted(project))

    async def tamper():
        async with await psycopg.AsyncConnection.connect(_dsn()) as conn:
            scope = (str(project.workspace_id), "", "ingest", "halfhour_tenant")
            await conn.execute(WRITE, scope)
            cursor = await conn.execute("update journeys_workflowexecution set status = 'failed'")
            return cursor.rowcount

    assert asyncio.run(tamper()) == 0
