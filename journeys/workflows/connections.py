"""Tying a page's component to a workflow, and untying it."""

import uuid

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.faults import Fault
from builder.models import ComponentIntelligence, Project
from journeys.builder_journey import recording
from journeys.builder_journey.models import JourneyEvent
from journeys.workflows.models import ComponentWorkflowConnection, Workflow

log = structlog.get_logger(__name__)

Status = ComponentWorkflowConnection.Status


class UnconnectableError(Exception):
    """The component and the workflow cannot be tied together; `faults` says why."""

    def __init__(self, pointer: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.faults = [Fault(pointer=pointer, code=code, detail=detail)]


@transaction.atomic
def connect(
    *, project: Project, component_id: str, workflow: Workflow
) -> ComponentWorkflowConnection:
    """Let a component start the workflow; the same again gives the same connection.

    It is active where the workflow is, and otherwise becomes so with it. Raises UnconnectableError
    where the project has no such component or the workflow is another project's or archived.
    """
    component = _component(project, component_id)
    workflow = Workflow.objects.select_for_update(of=("self",)).get(pk=workflow.pk)
    _check(workflow, project)
    connection, _made = ComponentWorkflowConnection.objects.select_for_update(
        of=("self",)
    ).get_or_create(
        workspace_id=project.workspace_id,
        component_intelligence=component,
        workflow=workflow,
        defaults={"status": Status.SUGGESTED},
    )
    wanted = Status.ACTIVE if workflow.status == Workflow.Status.ACTIVE else Status.CONNECTED
    if connection.status not in (wanted, Status.PAUSED):
        _set(connection, wanted)
        recording.record(
            project_id=project.pk,
            event_type=JourneyEvent.Type.WORKFLOW_CONNECTED,
            details={"component_id": component.component_id, "workflow": str(workflow.pk)},
        )
    return connection


def pause(*, connection: ComponentWorkflowConnection) -> ComponentWorkflowConnection:
    """Let the component start nothing for a while; raises TransitionError unless active."""
    return _change(connection.pk, Status.PAUSED)


def resume(*, connection: ComponentWorkflowConnection) -> ComponentWorkflowConnection:
    """End a pause; raises TransitionError for a connection that is suggested or the like."""
    active = connection.workflow.status == Workflow.Status.ACTIVE
    return _change(connection.pk, Status.ACTIVE if active else Status.CONNECTED)


def disconnect(*, connection: ComponentWorkflowConnection) -> ComponentWorkflowConnection:
    """Untie them; the figures stay, and executions under way run to their end."""
    return _change(connection.pk, Status.DISCONNECTED)


def activate_all(*, workflow: Workflow) -> None:
    """Make active what was connected while the workflow was not."""
    waiting = ComponentWorkflowConnection.objects.filter(workflow=workflow, status=Status.CONNECTED)
    now = timezone.now()
    waiting.update(status=Status.ACTIVE, activated_at=now, updated_at=now)


@transaction.atomic
def _change(key: uuid.UUID, status: str) -> ComponentWorkflowConnection:
    connection = ComponentWorkflowConnection.objects.select_for_update(of=("self",)).get(pk=key)
    _set(connection, status)
    return connection


def _set(connection: ComponentWorkflowConnection, status: str) -> None:
    connection.transition(status)
    now = timezone.now()
    if status in (Status.CONNECTED, Status.ACTIVE):
        connection.connected_at = connection.connected_at or now
    if status == Status.ACTIVE:
        connection.activated_at = now
    connection.save(update_fields=["status", "connected_at", "activated_at", "updated_at"])
    log.info("connection.changed", connection=str(connection.id), status=status)


def _component(project: Project, component_id: str) -> ComponentIntelligence:
    component = (
        ComponentIntelligence.objects.present()
        .filter(project=project, component_id=component_id)
        .order_by("id")
        .first()
    )
    if component is None:
        text = _("The project has no component “%(id)s” that can start a workflow.")
        raise UnconnectableError(
            "/component_id", "unknown_component", text % {"id": component_id[:100]}
        )
    return component


def _check(workflow: Workflow, project: Project) -> None:
    if workflow.project_id not in (None, project.pk):
        text = _("The workflow belongs to another project.")
        raise UnconnectableError("/workflow", "other_project", text)
    if workflow.status == Workflow.Status.ARCHIVED:
        raise UnconnectableError("/workflow", "archived", _("The workflow is archived."))
