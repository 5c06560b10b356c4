"""A workflow from draft to archive."""

from typing import Any

import structlog
from django.db import transaction

from journeys.workflows import connections, executions
from journeys.workflows.definition import DefinitionError, check_definition
from journeys.workflows.models import Workflow
from journeys.workflows.nudge import nudge

log = structlog.get_logger(__name__)

Status = Workflow.Status


@transaction.atomic
def activate(*, workflow: Workflow) -> Workflow:
    """Let the workflow run: its connections start executions, those that waited go on.

    Raises DefinitionError where it has no steps that can run, TransitionError where it is
    archived.
    """
    row = _locked(workflow)
    faults = [fault.under("/definition") for fault in check_definition(row.definition)]
    if faults:
        raise DefinitionError(faults)
    _set(row, Status.ACTIVE)
    connections.activate_all(workflow=row)
    transaction.on_commit(nudge)
    return row


@transaction.atomic
def pause(*, workflow: Workflow) -> Workflow:
    """Start nothing new, and let what is under way wait; raises TransitionError."""
    row = _locked(workflow)
    _set(row, Status.PAUSED)
    return row


@transaction.atomic
def archive(*, workflow: Workflow) -> Workflow:
    """End the workflow for good, and call off what is under way."""
    row = _locked(workflow)
    _set(row, Status.ARCHIVED)
    executions.cancel_all(workflow=row)
    return row


@transaction.atomic
def redefine(*, workflow: Workflow, definition: dict[str, Any]) -> Workflow:
    """Give the workflow other steps; executions under way keep theirs. Raises DefinitionError."""
    faults = [fault.under("/definition") for fault in check_definition(definition)]
    if faults:
        raise DefinitionError(faults)
    row = _locked(workflow)
    if row.definition != definition:
        row.definition, row.version = definition, row.version + 1
        row.save(update_fields=["definition", "version", "updated_at"])
    return row


def _locked(workflow: Workflow) -> Workflow:
    return Workflow.objects.select_for_update(of=("self",)).get(pk=workflow.pk)


def _set(workflow: Workflow, status: str) -> None:
    workflow.transition(status)
    workflow.save(update_fields=["status", "updated_at"])
    log.info("workflow.changed", workflow=str(workflow.id), status=status)
