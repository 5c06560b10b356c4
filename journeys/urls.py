from journeys.api import journeys, privacy, visitors, workflows

api_routes = [
    ("contacts", visitors.ContactViewSet, "contact"),
    ("contacts", privacy.ContactPrivacyViewSet, "contact-privacy"),
    ("events", visitors.EventViewSet, "event"),
    ("leads", visitors.LeadViewSet, "lead"),
    ("ingest-counts", visitors.IngestCountViewSet, "ingest-count"),
    ("workflows", workflows.WorkflowViewSet, "workflow"),
    ("workflow-executions", workflows.ExecutionViewSet, "workflow-execution"),
    ("connections", workflows.ConnectionViewSet, "connection"),
    ("workflow-suggestions", journeys.SuggestionViewSet, "workflow-suggestion"),
    ("enrichments", journeys.EnrichmentViewSet, "enrichment"),
    ("user-journeys", journeys.JourneyViewSet, "user-journey"),
    ("journey-events", journeys.JourneyEventViewSet, "journey-event"),
    ("mail-messages", workflows.MailMessageViewSet, "mail-message"),
]
