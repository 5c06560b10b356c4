import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget

from accounts.admin.base import ConsolePage, ConsoleTable, ReadOnlyConsolePage, readable_json
from accounts.admin.figures import share_bar
from accounts.admin.links import count_link, record_link
from accounts.admin.transitions import StatusActions
from journeys.admin.step_words import KINDS, OUTCOMES, reason
from journeys.admin.tables import moment, small_table
from journeys.mail.models import MailMessage
from journeys.workflows import connections, executions, lifecycle, signing
from journeys.workflows.definition import check_definition, check_trigger
from journeys.workflows.models import (
    ComponentWorkflowConnection,
    Workflow,
    WorkflowExecution,
)

SHOWN_EXECUTIONS = 20
COLOURS = {
    "active": "success",
    "succeeded": "success",
    "sent": "success",
    "failed": "danger",
    "paused": "warning",
    "waiting": "warning",
    "cancelled": "warning",
    "pending": "info",
    "running": "info",
    "queued": "info",
    "sending": "info",
    "connected": "info",
}


class WorkflowForm(forms.ModelForm):  # type: ignore[type-arg]
    """The documents are checked as the API checks them; an error says where."""

    class Meta:
        model = Workflow
        fields = ["name", "category", "project", "trigger", "definition"]
        widgets = {"definition": UnfoldAdminTextareaWidget(attrs={"rows": 24, "dir": "ltr"})}

    def clean_trigger(self) -> Any:
        return self._checked("trigger", check_trigger)

    def clean_definition(self) -> Any:
        return self._checked("definition", check_definition)

    def _checked(self, name: str, check: Any) -> Any:
        document = self.cleaned_data[name]
        faults = check(document)
        if faults:
            raise forms.ValidationError(
                [f"{fault.pointer or '/'}: {fault.detail}" for fault in faults]
            )
        return document


class ConnectionTable(ConsoleTable):
    model = ComponentWorkflowConnection
    fields = ["component_intelligence", "status", "trigger_count", "success_count", "error_count"]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("component_intelligence")


@admin.register(Workflow)
class WorkflowPage(StatusActions, ConsolePage):
    form = WorkflowForm
    list_display = [
        "name",
        "project",
        "category",
        "shown_status",
        "runs",
        "shown_success",
        "updated_at",
    ]
    list_filter = ["status", "category"]
    list_select_related = ["project"]
    search_fields = ["name", "project__name"]
    autocomplete_fields = ["project"]
    readonly_fields = ["status", "version", "shown_executions", "created_at", "updated_at"]
    inlines = [ConnectionTable]
    move_names: ClassVar[dict[str, Any]] = {
        "active": _("Activate the chosen workflows"),
        "paused": _("Pause the chosen workflows"),
        "archived": _("Archive the chosen workflows"),
    }
    move_notes: ClassVar[dict[str, Any]] = {
        "archived": _("It ends for good, and what is under way is called off."),
    }
    dangerous_moves = frozenset({"archived"})

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super().get_queryset(request).with_figures().annotate(_runs=models.Count("executions"))
        )

    @display(description=_("status"), ordering="status", label=COLOURS)  # type: ignore[untyped-decorator]
    def shown_status(self, workflow: Workflow) -> tuple[str, str]:
        return workflow.status, workflow.get_status_display()

    runs = count_link(
        "journeys.WorkflowExecution",
        of="_runs",
        by="workflow__id__exact",
        description=_("executions"),
    )

    @admin.display(description=_("success"))
    def shown_success(self, workflow: Workflow) -> SafeString:
        return share_bar(workflow.success_rate)

    @admin.display(description=_("latest executions"))
    def shown_executions(self, workflow: Workflow) -> SafeString:
        """The last runs, each a link to its page."""
        runs = workflow.executions.filter(workspace_id=workflow.workspace_id)
        return small_table(
            [_("execution"), _("contact"), _("finished at")],
            [
                (record_link(run), record_link(run.contact), moment(run.finished_at))
                for run in runs.select_related("contact").order_by("-id")[:SHOWN_EXECUTIONS]
            ],
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and "definition" in form.changed_data:
            obj.version += 1
        super().save_model(request, obj, form, change)
        secret = signing.give_secret(workflow=obj, by=request.user)  # type: ignore[arg-type]
        if secret is not None:
            shown = format_html('<code dir="ltr" style="overflow-wrap: anywhere">{}</code>', secret)
            text = _("Its webhooks are signed with {secret}. It is not shown again.")
            self.message_user(request, format_html(str(text), secret=shown), messages.WARNING)

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        changes = {
            "active": lifecycle.activate,
            "paused": lifecycle.pause,
            "archived": lifecycle.archive,
        }
        changes[status](workflow=obj)


class MailTable(ConsoleTable):
    model = MailMessage
    fields = ["subject", "to_address", "status", "sent_at"]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(WorkflowExecution)
class ExecutionPage(StatusActions, ReadOnlyConsolePage):
    list_display = [
        "workflow",
        "shown_status",
        "project",
        "contact",
        "step_index",
        "attempts",
        "triggered_at",
        "finished_at",
    ]
    list_filter = ["status", "workflow"]
    list_select_related = ["workflow", "project", "contact"]
    search_fields = ["workflow__name", "contact__email"]
    exclude = ["log", "definition", "trigger_data"]
    readonly_fields = ["shown_data", "shown_log", "execution_time"]
    inlines = [MailTable]
    moves = ("pending", "cancelled")
    move_names: ClassVar[dict[str, Any]] = {
        "pending": _("Try the chosen executions again"),
        "cancelled": _("Call off the chosen executions"),
    }
    dangerous_moves = frozenset({"cancelled"})

    @display(description=_("status"), ordering="status", label=COLOURS)  # type: ignore[untyped-decorator]
    def shown_status(self, execution: WorkflowExecution) -> tuple[str, str]:
        return execution.status, execution.get_status_display()

    @admin.display(description=_("what was sent"))
    def shown_data(self, execution: WorkflowExecution) -> SafeString:
        return readable_json(execution.trigger_data)

    @admin.display(description=_("log"))
    def shown_log(self, execution: WorkflowExecution) -> SafeString:
        """One line an attempt: when, which step, what came of it."""
        return small_table(
            [_("time"), _("step"), _("kind"), _("outcome"), _("reason")],
            [
                (
                    moment(datetime.datetime.fromisoformat(entry["at"])),
                    entry["step"] + 1,
                    KINDS.get(entry.get("kind", ""), entry.get("kind", "")),
                    OUTCOMES.get(entry.get("outcome", ""), entry.get("outcome", "")),
                    reason(entry),
                )
                for entry in execution.log
            ],
        )

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        changes = {"pending": executions.retry, "cancelled": executions.cancel}
        changes[status](execution=obj)


@admin.register(ComponentWorkflowConnection)
class ConnectionPage(StatusActions, ReadOnlyConsolePage):
    list_display = [
        "component",
        "page_project",
        "workflow",
        "shown_status",
        "trigger_count",
        "success_count",
        "error_count",
        "last_triggered_at",
    ]
    list_filter = ["status"]
    list_select_related = ["component_intelligence__project", "workflow"]
    search_fields = ["workflow__name", "component_intelligence__component_id"]
    moves = ("paused", "active", "disconnected")
    move_names: ClassVar[dict[str, Any]] = {
        "paused": _("Pause the chosen connections"),
        "active": _("Resume the chosen connections"),
        "disconnected": _("Disconnect the chosen"),
    }
    dangerous_moves = frozenset({"disconnected"})

    @admin.display(description=_("component"))
    def component(self, connection: ComponentWorkflowConnection) -> str:
        return str(connection.component_intelligence)

    @admin.display(description=_("project"))
    def page_project(self, connection: ComponentWorkflowConnection) -> str:
        return str(connection.component_intelligence.project)

    @display(description=_("status"), ordering="status", label=COLOURS)  # type: ignore[untyped-decorator]
    def shown_status(self, connection: ComponentWorkflowConnection) -> tuple[str, str]:
        return connection.status, connection.get_status_display()

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        changes = {
            "paused": connections.pause,
            "active": connections.resume,
            "disconnected": connections.disconnect,
        }
        changes[status](connection=obj)


@admin.register(MailMessage)
class MailMessagePage(ReadOnlyConsolePage):
    list_display = ["subject", "to_address", "shown_status", "language", "sent_at", "created_at"]
    list_filter = ["status", "language"]
    search_fields = ["to_address", "subject"]
    exclude = ["html"]

    @display(description=_("status"), ordering="status", label=COLOURS)  # type: ignore[untyped-decorator]
    def shown_status(self, mail: MailMessage) -> tuple[str, str]:
        return mail.status, mail.get_status_display()
