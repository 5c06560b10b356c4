"""Versions and sessions: what is left in a project by working on it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ReadOnlyConsolePage, readable_json
from accounts.admin.figures import NOTHING, bar
from accounts.admin.links import related_link
from accounts.admin.transitions import StatusActions
from accounts.models import User
from builder import sessions, versioning
from builder.admin.figures import lasting, session_rows
from builder.models import BuilderSession, VersionHistory
from builder.session_figures import get_session_analytics

Status = BuilderSession.Status


@admin.register(VersionHistory)
class VersionPage(ReadOnlyConsolePage):
    list_display = [
        "entity_type", "version_number", "project_link", "message", "user", "is_major",
        "is_deletion", "saved_at", "compared",
    ]  # fmt: skip
    list_filter = ["entity_type", "is_major", "is_deletion"]
    list_select_related = ["project", "user"]
    search_fields = ["message", "project__name"]
    fields = [
        "entity_type", "version_number", "project_link", "entity_id", "user", "message",
        "is_major", "is_deletion", "created_at", "saved_at", "compared", "changed", "whole",
    ]  # fmt: skip
    project_link = related_link("project")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the documents themselves, and with whether theirs was deleted after them."""
        return super().get_queryset(request).defer("data").was_deleted()

    @admin.display(description=_("what changed"))
    def compared(self, version: Any) -> SafeString:
        """A link to this version beside the one before; what is gone has no such page."""
        number = version.version_number
        if version.is_deletion or version.was_deleted or number == 1:
            return NOTHING
        model = versioning.MODELS[version.entity_type]._meta.model_name
        address = reverse(f"admin:builder_{model}_compare", args=[version.entity_id])
        link = '<a class="hh-link" href="{}?from={}&amp;to={}">{}</a>'
        return format_html(link, address, number - 1, number, _("Compare"))

    @admin.display(description=_("changes"))
    def changed(self, version: VersionHistory) -> SafeString:
        return readable_json(version.changes)

    @admin.display(description=_("data"))
    def whole(self, version: VersionHistory) -> SafeString:
        return readable_json(version.data)


@admin.register(BuilderSession)
class BuilderSessionPage(StatusActions, ReadOnlyConsolePage):
    """One's own sessions; a superuser sees everybody's."""

    list_display = [
        "started_at", "user", "project_link", "status", "current_step", "done", "lasted",
    ]  # fmt: skip
    list_filter = ["status"]
    list_select_related = ["project", "user"]
    search_fields = ["current_step", "project__name"]
    list_before_template = "builder/console/session_figures.html"
    fields = [
        "user", "project_link", "status", "current_step", "done", "started_at", "ended_at",
        "lasted", "ip_address", "user_agent", "step", "more",
    ]  # fmt: skip
    moves = (Status.PAUSED, Status.ACTIVE, Status.COMPLETED, Status.CANCELLED)
    move_names = {
        "paused": _("Pause"),
        "active": _("Take up again"),
        "completed": _("Complete"),
        "cancelled": _("Cancel"),
    }
    dangerous_moves = frozenset({"cancelled"})
    project_link = related_link("project")

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        now = timezone.now()
        if status == Status.PAUSED:
            sessions.pause(session=obj)
        elif status == Status.ACTIVE:
            sessions.resume(session=obj)
        elif status == Status.COMPLETED:
            sessions.complete(session=obj, now=now)
        else:
            sessions.cancel(session=obj, now=now)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, beneath what one's own sessions of the last days come to."""
        workspace_id = getattr(getattr(request, "tenancy", None), "workspace_id", None)
        more = dict(extra_context or {})
        if workspace_id is not None and isinstance(request.user, User):
            now = timezone.now()
            figures = get_session_analytics(user=request.user, workspace_id=workspace_id, now=now)
            more |= {"figures": figures, "rows": session_rows(figures, now.date())}
        return super().changelist_view(request, more)

    @admin.display(description=_("progress"))
    def done(self, session: BuilderSession) -> SafeString:
        progress = session.progress
        if sessions.progress_faults(progress) or not progress:
            return NOTHING
        label = f"{progress['completed']} / {progress['total']}"
        return bar(progress["completed"], progress["total"], label)

    @admin.display(description=_("duration"), ordering="duration")
    def lasted(self, session: BuilderSession) -> str:
        return str(lasting(session.duration))

    @admin.display(description=_("data of the step"))
    def step(self, session: BuilderSession) -> SafeString:
        return readable_json(session.step_data)

    @admin.display(description=_("metadata"))
    def more(self, session: BuilderSession) -> SafeString:
        return readable_json(session.metadata)
