"""Suggestions of workflows, and what workflows have taught of contacts."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin.base import ReadOnlyConsolePage, readable_json
from accounts.admin.figures import bar_column, share_column
from accounts.admin.links import related_link
from accounts.admin.transitions import StatusActions
from journeys.workflows import suggestions
from journeys.workflows.models import ContactWorkflowEnrichment, WorkflowSuggestion

COLOURS = {"suggested": "info", "accepted": "success", "dismissed": "warning"}


@admin.register(WorkflowSuggestion)
class SuggestionPage(StatusActions, ReadOnlyConsolePage):
    list_display = [
        "component_link",
        "project_link",
        "category",
        "shown_confidence",
        "shown_status",
        "created_at",
    ]
    list_filter = ["status", "category"]
    list_select_related = ["component_intelligence__project"]
    search_fields = [
        "component_intelligence__component_id",
        "component_intelligence__project__name",
    ]
    readonly_fields = ["decided_at"]
    component_link = related_link("component_intelligence")
    project_link = related_link("component_intelligence__project")
    shown_confidence = share_column("confidence_score", description=_("confidence"))
    move_names: ClassVar[dict[str, Any]] = {
        "accepted": _("Accept: connect a new workflow"),
        "dismissed": _("Dismiss"),
    }

    @display(description=_("status"), ordering="status", label=COLOURS)  # type: ignore[untyped-decorator]
    def shown_status(self, suggestion: WorkflowSuggestion) -> tuple[str, str]:
        return suggestion.status, suggestion.get_status_display()

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        if status == WorkflowSuggestion.Status.ACCEPTED:
            suggestions.accept(suggestion=obj, now=timezone.now())
        else:
            suggestions.dismiss(suggestion=obj, now=timezone.now())


@admin.register(ContactWorkflowEnrichment)
class EnrichmentPage(ReadOnlyConsolePage):
    list_display = [
        "contact_link",
        "workflow_link",
        "shown_total",
        "shown_behavior",
        "shown_engagement",
        "shown_demographic",
        "forms_submitted",
        "updated_at",
    ]
    list_filter = ["workflow"]
    list_select_related = ["contact", "workflow"]
    search_fields = ["contact__email", "workflow__name"]
    exclude = ["workflow_triggers", "interaction_history", "pages_visited"]
    readonly_fields = ["shown_triggers", "shown_interactions", "shown_pages"]
    contact_link = related_link("contact")
    workflow_link = related_link("workflow")
    shown_total = bar_column("total_lead_score", 100, description=_("lead score"))
    shown_behavior = bar_column("behavior_score", 100, description=_("behaviour"))
    shown_engagement = bar_column("engagement_score", 100, description=_("engagement"))
    shown_demographic = bar_column("demographic_score", 100, description=_("demography"))

    @admin.display(description=_("triggers"))
    def shown_triggers(self, enrichment: ContactWorkflowEnrichment) -> SafeString:
        return readable_json(enrichment.workflow_triggers)

    @admin.display(description=_("interactions"))
    def shown_interactions(self, enrichment: ContactWorkflowEnrichment) -> SafeString:
        return readable_json(enrichment.interaction_history)

    @admin.display(description=_("pages visited"))
    def shown_pages(self, enrichment: ContactWorkflowEnrichment) -> SafeString:
        return readable_json(enrichment.pages_visited)
