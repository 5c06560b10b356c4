from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import display

from accounts.admin.base import ConsolePage, ConsoleTable, ReadOnlyConsolePage, readable_json
from accounts.admin.figures import share_column
from accounts.admin.links import record_link, related_link
from accounts.admin.privacy import PersonActions
from accounts.admin.transitions import StatusActions
from accounts.privacy.subjects import Subject
from journeys.admin.tables import moment, small_table
from journeys.leads import stages
from journeys.models import Contact, ContactIdentity, Event, IngestCount, Lead
from journeys.privacy import contact_subject

LEAD_COLOURS = {
    "new": "info",
    "contacted": "warning",
    "qualified": "success",
    "converted": "success",
    "lost": "danger",
}
SHOWN = 20
OUTCOME_COLOURS = {
    "accepted": "success",
    "duplicate": "info",
    "dropped": "warning",
    "rejected": "danger",
    "merge_refused": "warning",
}


class IdentityTable(ConsoleTable):
    model = ContactIdentity
    fields = ["kind", "value", "created_at"]
    readonly_fields = fields
    can_delete = False
    max_num = 0


class ContactLeadTable(ConsoleTable):
    model = Lead
    fields = ["name", "project", "status", "source", "created_at"]
    readonly_fields = fields
    can_delete = False
    max_num = 0


@admin.register(Contact)
class ContactPage(PersonActions, ConsolePage):
    list_display = ["__str__", "email", "segment", "last_seen", "created_at"]
    list_filter = [("last_seen", RangeDateTimeFilter), "segment"]
    search_fields = ["email", "identities__value"]
    search_help_text = _("An e-mail address, a user id or an anonymous id.")
    readonly_fields = [
        "email",
        "last_seen",
        "ltv_prediction",
        "shown_churn_risk",
        "created_at",
        "shown_events",
        "shown_executions",
    ]
    exclude = ["churn_risk"]
    inlines = [IdentityTable, ContactLeadTable]
    shown_churn_risk = share_column("churn_risk", description=_("churn risk"))
    actions_detail = ["export_person", "erase_person"]

    def subject_of(self, record: Contact) -> Subject:
        return contact_subject(record)

    @admin.display(description=_("latest events"))
    def shown_events(self, contact: Contact) -> SafeString:
        """What the contact did last, and the way to all of it."""
        events = contact.events.filter(workspace_id=contact.workspace_id)
        return small_table(
            [_("event"), _("path"), _("time")],
            [
                (record_link(event, event.event_name), event.path, moment(event.timestamp))
                for event in events.order_by("-timestamp")[:SHOWN]
            ],
        )

    @admin.display(description=_("latest executions"))
    def shown_executions(self, contact: Contact) -> SafeString:
        """The workflows that ran for the contact."""
        runs = contact.executions.filter(workspace_id=contact.workspace_id)
        return small_table(
            [_("workflow"), _("execution")],
            [
                (record_link(run.workflow), record_link(run))
                for run in runs.select_related("workflow").order_by("-id")[:SHOWN]
            ],
        )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Event)
class EventPage(ReadOnlyConsolePage):
    list_display = ["event_name", "type", "contact", "project", "timestamp", "received_at"]
    big = True
    window_field = "timestamp"
    list_filter = ["type"]
    list_select_related = ["contact", "project"]
    search_fields = ["=event_name", "=anonymous_id", "=contact__email"]
    search_help_text = _("An event, an anonymous id or an e-mail address, whole.")
    exclude = ["properties", "context"]
    readonly_fields = ["shown_properties", "shown_context"]

    @admin.display(description=_("properties"))
    def shown_properties(self, event: Event) -> SafeString:
        return readable_json(event.properties)

    @admin.display(description=_("context"))
    def shown_context(self, event: Event) -> SafeString:
        return readable_json(event.context)


@admin.register(Lead)
class LeadPage(StatusActions, ConsolePage):
    list_display = [
        "__str__",
        "email",
        "phone",
        "project_link",
        "shown_status",
        "shown_score",
        "created_at",
    ]
    list_filter = ["status", "qualified", "source", ("created_at", RangeDateTimeFilter)]
    list_select_related = ["project"]
    project_link = related_link("project")
    shown_score = share_column("score", description=_("score"))
    search_fields = ["name", "email", "phone", "company"]
    autocomplete_fields = ["project", "contact"]
    readonly_fields = ["status", "last_contacted", "converted_at", "created_at", "updated_at"]
    move_names: ClassVar[dict[str, Any]] = {
        "contacted": _("Mark as contacted"),
        "qualified": _("Mark as qualified"),
        "converted": _("Mark as converted"),
        "lost": _("Mark as lost"),
    }
    dangerous_moves = frozenset({"lost"})

    @display(description=_("status"), ordering="status", label=LEAD_COLOURS)  # type: ignore[untyped-decorator]
    def shown_status(self, lead: Lead) -> tuple[str, str]:
        return lead.status, lead.get_status_display()

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        stages.move(lead=obj, status=status, now=timezone.now())


@admin.register(IngestCount)
class IngestCountPage(ReadOnlyConsolePage):
    list_display = ["hour", "key", "shown_outcome", "reason", "count"]
    list_filter = ["outcome", ("hour", RangeDateTimeFilter)]
    list_select_related = ["key"]
    search_fields = ["reason", "key__name", "key__prefix"]
    ordering = ["-hour", "outcome"]

    @display(description=_("outcome"), ordering="outcome", label=OUTCOME_COLOURS)  # type: ignore[untyped-decorator]
    def shown_outcome(self, row: IngestCount) -> tuple[str, str]:
        return row.outcome, row.get_outcome_display()
