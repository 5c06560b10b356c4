"""The bin in the console: what was deleted, restoring it, deleting it for good."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action
from unfold.enums import ActionVariant

from accounts.admin.base import ReadOnlyConsolePage
from accounts.models import ADMINS, User
from accounts.quotas import QuotaExceededError
from builder import trash
from builder.admin.forms import dialog, leave
from builder.models import BinnedProject


def with_bin_open(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a view of the console find what is in the bin, to the last row that it shows."""

    @wraps(view)
    def opened(*args: Any, **kwargs: Any) -> Any:
        with trash.opened():
            response = view(*args, **kwargs)
            if getattr(response, "streaming", False):
                response.streaming_content = list(response.streaming_content)
            elif hasattr(response, "render"):
                response.render()
            return response

    return opened


@admin.register(BinnedProject)
class BinPage(ReadOnlyConsolePage):
    list_display = ["name", "slug", "owned_by", "thrown_by", "trashed_at", "goes_at"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "description", "owned_by", "thrown_by", "trashed_at", "goes_at"]
    actions = ["restore_chosen", "delete_selected", "export_as_csv"]
    actions_detail = ["restore"]

    def get_urls(self) -> list[URLPattern]:
        patterns = super().get_urls()
        for pattern in patterns:
            pattern.callback = with_bin_open(pattern.callback)
        return patterns

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("owner", "trashed_by")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, ADMINS) or self._is_owners(request, obj)

    def has_restore_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        if self._may(request, ADMINS) or not object_id:
            return self._may(request, ADMINS)
        found = BinnedProject.objects.filter(pk=object_id).first()
        return self._is_owners(request, found)

    def _is_owners(self, request: HttpRequest, project: Any) -> bool:
        return (
            project is not None and self._may(request, None) and project.owner_id == request.user.pk
        )

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Everything that came of a project goes with it; there is too much of it to be listed."""
        return [str(each) for each in objs], {}, set(), []

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        trash.remove(project=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for project in queryset:
            trash.remove(project=project)

    @admin.display(description=_("owner"))
    def owned_by(self, project: BinnedProject) -> str:
        return project.owner.email if project.owner else "–"

    @admin.display(description=_("deleted by"))
    def thrown_by(self, project: BinnedProject) -> str:
        return project.trashed_by.email if project.trashed_by else "–"

    @admin.display(description=_("gone for good at"), ordering="trashed_at")
    def goes_at(self, project: BinnedProject) -> str:
        return date_format(timezone.localtime(trash.goes_at(project)), "DATETIME_FORMAT")

    @admin.action(description=_("Restore"), permissions=["restore"])
    def restore_chosen(self, request: HttpRequest, queryset: Any) -> None:
        done = sum(self._restore(request, project) for project in queryset)
        if done:
            text = ngettext("%d project is restored.", "%d projects are restored.", done)
            self.message_user(request, text % done, messages.SUCCESS)

    @action(  # type: ignore[untyped-decorator]
        description=_("Restore"),
        url_path="restore",
        icon="restore_from_trash",
        permissions=["restore"],
        variant=ActionVariant.PRIMARY,
        dialog=dialog(
            _("Restore this project?"),
            _("It is as it was; a site that was live is live again."),
            _("Restore"),
        ),
    )
    def restore(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        project = get_object_or_404(self.get_queryset(request), pk=object_id)
        if self._restore(request, project):
            self.message_user(request, _("The project is restored."), messages.SUCCESS)
            return leave(request, reverse("admin:builder_project_change", args=[object_id]))
        return leave(request, reverse("admin:builder_binnedproject_changelist"))

    def _restore(self, request: HttpRequest, project: BinnedProject) -> bool:
        user: Any = request.user
        try:
            trash.restore(project=project, by=user if isinstance(user, User) else None)
        except (trash.BinError, QuotaExceededError) as error:
            self.message_user(request, f"{project}: {error}", messages.ERROR)
            return False
        return True
