from journeys.workflows.models.connections import ComponentWorkflowConnection
from journeys.workflows.models.executions import WorkflowExecution
from journeys.workflows.models.workflows import Workflow

__all__ = [
    "ComponentWorkflowConnection",
    "Workflow",
    "WorkflowExecution",
]
