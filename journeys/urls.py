from journeys.api import visitors, workflows

api_routes = [
    ("contacts", visitors.ContactViewSet, "contact"),
    ("events", visitors.EventViewSet, "event"),
    ("leads", visitors.LeadViewSet, "lead"),
    ("ingest-counts", visitors.IngestCountViewSet, "ingest-count"),
    ("workflows", workflows.WorkflowViewSet, "workflow"),
    ("workflow-executions", workflows.ExecutionViewSet, "workflow-execution"),
    ("connections", workflows.ConnectionViewSet, "connection"),
    ("mail-messages", workflows.MailMessageViewSet, "mail-message"),
]
