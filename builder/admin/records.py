"""Versions, comments and sessions: what people leave in a project while they work on it."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin.base import ConsolePage, ReadOnlyConsolePage, readable_json
from accounts.admin.figures import NOTHING, bar
from accounts.admin.links import related_link
from accounts.admin.transitions import StatusActions
from accounts.models import EDITORS, Role
from builder import comments, sessions, versioning
from builder.models import BuilderSession, Comment, VersionHistory

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


@admin.register(Comment)
class CommentPage(ConsolePage):
    """A comment's words are its author's; whoever may comment may settle it."""

    list_display = ["words", "project_link", "author", "is_resolved", "created_at"]
    list_filter = [("resolved_at", admin.EmptyFieldListFilter)]
    list_select_related = ["project", "author"]
    search_fields = ["body", "project__name"]
    fields = ["project", "body", "author", "resolved_at", "created_at"]
    readonly_fields = ["author", "resolved_at", "created_at"]
    autocomplete_fields = ["project"]
    actions = ["resolve", "reopen", "export_as_csv"]
    changers = frozenset({*EDITORS, Role.ANALYST})
    removers = changers
    project_link = related_link("project")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return ["project", *fields] if obj else fields

    def get_actions(self, request: HttpRequest) -> Any:
        """Comments are removed one by one, by their authors."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_ones_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_ones_own(request, obj)

    def has_settle_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, self.changers)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.author_id, obj.workspace_id = request.user.pk, obj.project.workspace_id
        super().save_model(request, obj, form, change)

    @admin.display(description=_("comment"))
    def words(self, comment: Comment) -> str:
        return str(comment)

    @admin.display(description=_("settled"), boolean=True)
    def is_resolved(self, comment: Comment) -> bool:
        return comment.resolved_at is not None

    @admin.action(description=_("Settle"), permissions=["settle"])
    def resolve(self, request: HttpRequest, queryset: Any) -> None:
        now, chosen = timezone.now(), list(queryset)
        for comment in chosen:
            comments.resolve(comment=comment, now=now)
        text = ngettext("%d comment is settled.", "%d comments are settled.", len(chosen))
        self.message_user(request, text % len(chosen), messages.SUCCESS)

    @admin.action(description=_("Take up again"), permissions=["settle"])
    def reopen(self, request: HttpRequest, queryset: Any) -> None:
        now, chosen = timezone.now(), list(queryset)
        for comment in chosen:
            comments.reopen(comment=comment, now=now)
        text = ngettext("%d comment is open.", "%d comments are open.", len(chosen))
        self.message_user(request, text % len(chosen), messages.SUCCESS)


@admin.register(BuilderSession)
class BuilderSessionPage(StatusActions, ReadOnlyConsolePage):
    """One's own sessions; a superuser sees everybody's."""

    list_display = [
        "started_at", "user", "project_link", "status", "current_step", "done", "lasted",
    ]  # fmt: skip
    list_filter = ["status"]
    list_select_related = ["project", "user"]
    search_fields = ["current_step", "project__name"]
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

    @admin.display(description=_("progress"))
    def done(self, session: BuilderSession) -> SafeString:
        progress = session.progress
        if sessions.progress_faults(progress) or not progress:
            return NOTHING
        label = f"{progress['completed']} / {progress['total']}"
        return bar(progress["completed"], progress["total"], label)

    @admin.display(description=_("duration"), ordering="duration")
    def lasted(self, session: BuilderSession) -> str:
        if session.duration is None:
            return str(NOTHING)
        minutes, seconds = divmod(session.duration, 60)
        return f"{minutes}:{seconds:02}"

    @admin.display(description=_("data of the step"))
    def step(self, session: BuilderSession) -> SafeString:
        return readable_json(session.step_data)

    @admin.display(description=_("metadata"))
    def more(self, session: BuilderSession) -> SafeString:
        return readable_json(session.metadata)


def _is_ones_own(request: HttpRequest, comment: Any) -> bool:
    user: Any = request.user
    return comment is None or user.is_superuser or comment.author_id == user.pk
