"""Schedules in the console: set on a project's page, looked at and called off on their own."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.admin.base import ReadOnlyConsolePage
from accounts.admin.links import related_link
from accounts.admin.transitions import StatusActions
from builder import schedules
from builder.models import ReleaseSchedule

Status = ReleaseSchedule.Status


def local_time(moment: Any, schedule: ReleaseSchedule) -> str:
    """A moment by the workspace's clock, with the name of its zone."""
    if moment is None:
        return "-"
    zone = schedule.workspace.timezone
    local = timezone.localtime(moment, ZoneInfo(zone))
    return f"{date_format(local, 'DATETIME_FORMAT')} ({zone})"


@admin.register(ReleaseSchedule)
class ReleaseSchedulePage(StatusActions, ReadOnlyConsolePage):
    list_display = ["what", "project_link", "when", "shown_status", "note", "created_by"]
    list_filter = ["status", "action"]
    list_select_related = ["project", "created_by"]
    search_fields = ["project__name", "note"]
    fields = [
        "project", "action", "languages", "when", "status", "why", "finished", "release",
        "note", "created_by", "api_key", "created_at",
    ]  # fmt: skip
    project_link = related_link("project")
    moves = (Status.CANCELLED,)
    move_names = {"cancelled": _("Call off")}
    move_notes = {"cancelled": _("Visitors see what they see now; nothing else is changed.")}
    dangerous_moves = frozenset({"cancelled"})

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        schedules.cancel(schedule=obj, now=timezone.now())

    @admin.display(description=_("schedule"), ordering="due_at")
    def what(self, schedule: ReleaseSchedule) -> str:
        return schedule.get_action_display()

    @admin.display(description=_("due at"), ordering="due_at")
    def when(self, schedule: ReleaseSchedule) -> str:
        return local_time(schedule.due_at, schedule)

    @admin.display(description=_("languages"))
    def languages(self, schedule: ReleaseSchedule) -> Any:
        return ", ".join(schedule.locales) or _("All")

    @admin.display(description=_("finished at"))
    def finished(self, schedule: ReleaseSchedule) -> str:
        return local_time(schedule.finished_at, schedule)

    @display(  # type: ignore[untyped-decorator]
        description=_("status"),
        ordering="status",
        label={"pending": "info", "done": "success", "failed": "danger"},
    )
    def shown_status(self, schedule: ReleaseSchedule) -> tuple[str, str]:
        return schedule.status, schedule.get_status_display()

    @admin.display(description=_("why it failed"))
    def why(self, schedule: ReleaseSchedule) -> Any:
        faults = ((fault["pointer"], fault["detail"]) for fault in schedule.faults)
        return format_html_join("", '<p><code dir="ltr">{}</code> {}</p>', faults) or "-"
