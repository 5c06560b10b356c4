"""What people do with executions: try again, and call off."""

from django.db import transaction
from django.utils import timezone

from journeys.workflows.models import Workflow, WorkflowExecution
from journeys.workflows.nudge import nudge

Status = WorkflowExecution.Status


@transaction.atomic
def retry(*, execution: WorkflowExecution) -> WorkflowExecution:
    """Take a failed or cancelled execution up again at the step where it stopped.

    Raises TransitionError for any other; a step that has had its effect is not done again.
    """
    row = WorkflowExecution.objects.select_for_update(of=("self",)).get(pk=execution.pk)
    if row.status != Status.PENDING:
        row.transition(Status.PENDING)
    row.attempts, row.due_at, row.finished_at, row.lease = 0, timezone.now(), None, None
    row.save(update_fields=["status", "attempts", "due_at", "finished_at", "lease", "updated_at"])
    transaction.on_commit(nudge)
    return row


@transaction.atomic
def cancel(*, execution: WorkflowExecution) -> WorkflowExecution:
    """Stop an execution before its next step; raises TransitionError where it has ended.

    A worker that is at a step loses its lease by this, and writes nothing more.
    """
    row = WorkflowExecution.objects.select_for_update(of=("self",)).get(pk=execution.pk)
    row.transition(Status.CANCELLED)
    row.finished_at, row.lease = timezone.now(), None
    row.save(update_fields=["status", "finished_at", "lease", "updated_at"])
    return row


def cancel_all(*, workflow: Workflow) -> int:
    """Stop every unfinished execution of a workflow; how many there were."""
    now = timezone.now()
    return (
        WorkflowExecution.objects.unfinished()
        .filter(workflow=workflow)
        .update(status=Status.CANCELLED, finished_at=now, lease=None, updated_at=now)
    )
