from journeys.identity.models import Contact, ContactIdentity
from journeys.ingest.models import Event, EventReceipt, IngestCount
from journeys.leads.models import Lead
from journeys.mail.models import MailMessage
from journeys.workflows.models import (
    ComponentWorkflowConnection,
    Workflow,
    WorkflowExecution,
)

__all__ = [
    "ComponentWorkflowConnection",
    "Contact",
    "ContactIdentity",
    "Event",
    "EventReceipt",
    "IngestCount",
    "Lead",
    "MailMessage",
    "Workflow",
    "WorkflowExecution",
]
