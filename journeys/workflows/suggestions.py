"""Suggestions of workflows, taken or turned down."""

import datetime

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.faults import Fault
from journeys.workflows import connections, recipes
from journeys.workflows.models import (
    ComponentWorkflowConnection,
    Workflow,
    WorkflowSuggestion,
)

log = structlog.get_logger(__name__)

Status = WorkflowSuggestion.Status


class NoRecipeError(Exception):
    """No workflow stands ready for the suggestion's category: one must be named; see `faults`."""

    def __init__(self, category: str) -> None:
        text = _("No workflow stands ready for “%(category)s”: name one of yours.")
        super().__init__(text % {"category": category})
        self.faults = [Fault(pointer="/workflow", code="no_recipe", detail=str(self))]


def accept(
    *, suggestion: WorkflowSuggestion, now: datetime.datetime, workflow: Workflow | None = None
) -> ComponentWorkflowConnection:
    """Connect the component with a workflow, or with one made for it by the category's recipe.

    Raises TransitionError where the suggestion was answered before, NoRecipeError, and what
    `connections.connect` raises.
    """
    with transaction.atomic():
        row = _decide(suggestion, Status.ACCEPTED, now=now)
        component = row.component_intelligence
        if workflow is None:
            workflow = _made(row)
        connection = connections.connect(
            project=component.project, component_id=component.component_id, workflow=workflow
        )
        connection.suggestion = row
        connection.save(update_fields=["suggestion", "updated_at"])
    return connection


def dismiss(*, suggestion: WorkflowSuggestion, now: datetime.datetime) -> WorkflowSuggestion:
    """Turn the suggestion down; raises TransitionError where it was accepted before."""
    with transaction.atomic():
        return _decide(suggestion, Status.DISMISSED, now=now)


def _made(suggestion: WorkflowSuggestion) -> Workflow:
    recipe = recipes.RECIPES.get(suggestion.category)
    if recipe is None:
        raise NoRecipeError(suggestion.get_category_display())
    component = suggestion.component_intelligence
    workflow = recipe(project=component.project)
    workflow.component_intelligence = component
    workflow.suggested_by_ai, workflow.ai_confidence_score = True, suggestion.confidence_score
    workflow.save(
        update_fields=[
            "component_intelligence", "suggested_by_ai", "ai_confidence_score", "updated_at",
        ]
    )  # fmt: skip
    return workflow


def _decide(
    suggestion: WorkflowSuggestion, status: str, *, now: datetime.datetime
) -> WorkflowSuggestion:
    row = (
        WorkflowSuggestion.objects.select_for_update(of=("self",))
        .select_related("component_intelligence__project")
        .get(pk=suggestion.pk)
    )
    if row.status != status:
        row.transition(status)
        row.decided_at = now
        row.save(update_fields=["status", "decided_at", "updated_at"])
        log.info("suggestion.decided", suggestion_id=str(row.pk), status=status)
    return row
