from journeys.workflows.models.connections import ComponentWorkflowConnection
from journeys.workflows.models.enrichments import ContactWorkflowEnrichment
from journeys.workflows.models.executions import WorkflowExecution
from journeys.workflows.models.suggestions import WorkflowSuggestion
from journeys.workflows.models.workflows import Workflow

__all__ = [
    "ComponentWorkflowConnection",
    "ContactWorkflowEnrichment",
    "Workflow",
    "WorkflowExecution",
    "WorkflowSuggestion",
]
