from journeys.identity.models import Contact, ContactIdentity
from journeys.ingest.models import Event, EventReceipt, IngestCount
from journeys.leads.models import Lead

__all__ = [
    "Contact",
    "ContactIdentity",
    "Event",
    "EventReceipt",
    "IngestCount",
    "Lead",
]
