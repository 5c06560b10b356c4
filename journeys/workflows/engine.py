"""The engine: takes up executions that are due and runs their steps, safely under kill -9.

Everything that remains to be done is in the row. A worker claims an execution by a lease: a token,
and `due_at` moved to the lease's end, so that the execution is due again if the worker dies. Every
write afterwards insists on that token; a worker that was overtaken writes nothing. A step whose
effect is in the database runs in the transaction that also moves the execution on: its effect
happens once. A step whose effect is outside may happen again, and carries the same id when it does.
"""

import datetime
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from journeys.backoff import delay
from journeys.workflows import results
from journeys.workflows.definition import DefinitionError, read_steps
from journeys.workflows.models import ComponentWorkflowConnection, WorkflowExecution
from journeys.workflows.step import Outcome, Run, Step, StepError

log = structlog.get_logger(__name__)

LEASE: Final = datetime.timedelta(minutes=2)
MAX_ATTEMPTS: Final = 6
BATCH: Final = 500

Clock = Callable[[], datetime.datetime]
Status = WorkflowExecution.Status
PROGRESS: Final = (
    "status",
    "step_index",
    "attempts",
    "due_at",
    "lease",
    "finished_at",
    "log",
    "error_message",
    "updated_at",
)


class LeaseLostError(Exception):
    """Another worker has the execution by now, or somebody has cancelled it."""


def advance_due(*, clock: Clock = timezone.now, limit: int = BATCH) -> int:
    """Take up what is due, one execution after the other, at most `limit`; returns how many."""
    for count in range(limit):
        execution = claim(now=clock())
        if execution is None:
            return count
        advance(execution=execution, clock=clock)
    return limit


def claim(*, now: datetime.datetime) -> WorkflowExecution | None:
    """Take the execution that has been due longest, for two minutes; None when nothing is due.

    The attempt is counted here, before it begins: an execution that kills its worker is given up
    after six workers.
    """
    with transaction.atomic():
        execution = (
            WorkflowExecution.objects.due(now)
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("due_at")
            .first()
        )
        if execution is None:
            return None
        first = execution.started_at is None
        execution.transition(Status.RUNNING)
        execution.started_at = execution.started_at or now
        execution.lease, execution.due_at = uuid.uuid4(), now + LEASE
        execution.attempts += 1
        execution.save(
            update_fields=["status", "started_at", "lease", "due_at", "attempts", "updated_at"]
        )
        if first and execution.connection_id:
            ComponentWorkflowConnection.objects.filter(pk=execution.connection_id).update(
                trigger_count=F("trigger_count") + 1, last_triggered_at=now
            )
    return _with_neighbours(execution)


def advance(*, execution: WorkflowExecution, clock: Clock = timezone.now) -> None:
    """Run the steps of a claimed execution until it ends, sleeps, fails or is taken away."""
    try:
        steps = read_steps(execution.definition)
        while execution.status == Status.RUNNING:
            _run_step(execution, steps, clock=clock)
    except LeaseLostError:
        log.info("execution.lease_lost", execution=str(execution.id))
    except DefinitionError as error:
        _fail(execution, StepError(f"The definition is void: {error}", retry=False), clock())
    except StepError as error:
        _fail(execution, error, clock())
    except Exception as error:
        log.exception("execution.step_crashed", execution=str(execution.id))
        _fail(execution, StepError(f"{type(error).__name__}: {error}"), clock())


def _with_neighbours(execution: WorkflowExecution) -> WorkflowExecution:
    """The same row with what steps look at, read in one query."""
    related = WorkflowExecution.objects.select_related(
        "workflow", "contact", "project", "workspace"
    )
    return related.get(pk=execution.pk)


def _run_step(execution: WorkflowExecution, steps: list[Step], *, clock: Clock) -> None:
    """Run the next step; after the last one, end the execution in the same transaction."""
    if execution.attempts > MAX_ATTEMPTS:
        raise StepError("The worker died at every attempt.", retry=False)
    index, now = execution.step_index, clock()
    if index >= len(steps):  # a wait was the last step
        with _held(execution):
            _end(execution, now)
        return
    step, last = steps[index], index + 1 == len(steps)
    run = Run(execution=execution, index=index, now=now)
    if step.outside:
        outcome = step.run(run)
        with _held(execution):
            _move_on(execution, step, outcome, last=last, now=clock())
        return
    with _held(execution):
        outcome = step.run(run)
        _move_on(execution, step, outcome, last=last, now=now)


@contextmanager
def _held(execution: WorkflowExecution) -> Iterator[None]:
    """A transaction that locks the row, if it is still ours; raises LeaseLostError."""
    with transaction.atomic():
        if _mine(execution) is None:
            raise LeaseLostError
        yield


def _mine(execution: WorkflowExecution) -> WorkflowExecution | None:
    mine = WorkflowExecution.objects.select_for_update(of=("self",)).filter(
        pk=execution.pk, lease=execution.lease, status=Status.RUNNING
    )
    return mine.first()


def _move_on(
    execution: WorkflowExecution,
    step: Step,
    outcome: Outcome,
    *,
    last: bool,
    now: datetime.datetime,
) -> None:
    _note(execution, now=now, kind=step.kind, **_told(outcome))
    execution.step_index += 1
    execution.attempts, execution.due_at = 1, now + LEASE
    if outcome.resume_at is not None:
        execution.transition(Status.WAITING)
        execution.attempts, execution.due_at, execution.lease = 0, outcome.resume_at, None
    if last and outcome.resume_at is None:
        _end(execution, now)
    else:
        execution.save(update_fields=PROGRESS)


def _told(outcome: Outcome) -> dict[str, Any]:
    told: dict[str, Any] = {"outcome": "skipped" if outcome.skipped else "done", **outcome.detail}
    if outcome.skipped:
        told["reason"] = outcome.skipped
    if outcome.resume_at is not None:
        told["until"] = outcome.resume_at.isoformat()
    return told


def _end(execution: WorkflowExecution, now: datetime.datetime) -> None:
    execution.transition(Status.SUCCEEDED)
    execution.finished_at, execution.lease, execution.error_message = now, None, ""
    execution.save(update_fields=PROGRESS)
    results.record(execution=execution)
    log.info("execution.succeeded", execution=str(execution.id))


def _fail(execution: WorkflowExecution, error: StepError, now: datetime.datetime) -> None:
    """Note a failed attempt, and try again later or give up.

    Works on the row as the database has it: what was changed in memory went with the rollback.
    """
    with transaction.atomic():
        row = _mine(execution)
        if row is None:
            return
        final = not error.retry or row.attempts >= MAX_ATTEMPTS
        again = now + delay(attempt=row.attempts, at_least=error.retry_after)
        told = {} if final else {"again_at": again.isoformat()}
        outcome = "failed" if final else "retrying"
        _note(row, now=now, kind=_kind(row), outcome=outcome, error=str(error), **told)
        row.error_message, row.lease = str(error), None
        row.transition(Status.FAILED if final else Status.WAITING)
        row.due_at, row.finished_at = (now, now) if final else (again, None)
        row.save(update_fields=PROGRESS)
        if final:
            results.record(execution=row)
    log.warning(
        "execution.attempt_failed", execution=str(row.id), attempt=row.attempts, final=final
    )


def _kind(execution: WorkflowExecution) -> str:
    steps = execution.definition.get("steps", [])
    return str(steps[execution.step_index]["kind"]) if execution.step_index < len(steps) else ""


def _note(execution: WorkflowExecution, *, now: datetime.datetime, **entry: Any) -> None:
    execution.log = [
        *execution.log,
        {
            "at": now.isoformat(),
            "step": execution.step_index,
            "attempt": execution.attempts,
            **entry,
        },
    ]
