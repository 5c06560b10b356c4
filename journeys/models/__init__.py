from journeys.builder_journey.models import JourneyEvent, UserJourneyTracking
from journeys.identity.models import Contact, ContactIdentity
from journeys.ingest.models import Event, EventReceipt, IngestCount
from journeys.leads.models import Lead
from journeys.mail.models import MailMessage
from journeys.workflows.models import (
    ComponentWorkflowConnection,
    ContactWorkflowEnrichment,
    Workflow,
    WorkflowExecution,
    WorkflowSuggestion,
)

__all__ = [
    "ComponentWorkflowConnection",
    "Contact",
    "ContactIdentity",
    "ContactWorkflowEnrichment",
    "Event",
    "EventReceipt",
    "IngestCount",
    "JourneyEvent",
    "Lead",
    "MailMessage",
    "UserJourneyTracking",
    "Workflow",
    "WorkflowExecution",
    "WorkflowSuggestion",
]
