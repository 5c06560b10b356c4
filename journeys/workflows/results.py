"""What the end of an execution adds to its connection's figures."""

import datetime

from django.db.models import F, FloatField, Value
from django.db.models.functions import Coalesce

from journeys.workflows.models import ComponentWorkflowConnection, WorkflowExecution


def record(*, execution: WorkflowExecution) -> None:
    """Count an execution that has ended, in the transaction that ends it."""
    if execution.connection_id is None:
        return
    succeeded = execution.status == WorkflowExecution.Status.SUCCEEDED
    ended = F("success_count") + F("error_count")
    mean = Coalesce(F("average_response_time"), Value(0.0), output_field=FloatField())
    ComponentWorkflowConnection.objects.filter(pk=execution.connection_id).update(
        success_count=F("success_count") + int(succeeded),
        error_count=F("error_count") + int(not succeeded),
        # A running mean: the right-hand sides are the values before this update.
        average_response_time=mean + (_response_time(execution) - mean) / (ended + 1.0),
    )


def _response_time(execution: WorkflowExecution) -> float:
    """Milliseconds from the trigger to the end of the first step's first attempt."""
    first = datetime.datetime.fromisoformat(execution.log[0]["at"])
    return max(0.0, (first - execution.triggered_at).total_seconds() * 1000)
