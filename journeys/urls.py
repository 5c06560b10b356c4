from journeys.api import workflows

api_routes = [
    ("workflows", workflows.WorkflowViewSet, "workflow"),
    ("workflow-executions", workflows.ExecutionViewSet, "workflow-execution"),
    ("connections", workflows.ConnectionViewSet, "connection"),
    ("mail-messages", workflows.MailMessageViewSet, "mail-message"),
]
