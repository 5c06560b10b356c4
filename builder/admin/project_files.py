"""A project carried away as a file, and a file made a project, in the console."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldBooleanSwitchWidget

from accounts.faults import Fault
from accounts.models import Workspace
from accounts.quotas import QuotaExceededError
from builder.admin.forms import dialog, leave
from builder.exchange import ExchangeError, project_export, project_import
from builder.exchange.project_format import MAX_BYTES, MEDIA_TYPE
from builder.models import Project

# So many faults are read; the first of them are mended first.
_SHOWN: Final = 20

# What is done to a project less often; the header has no room for everything.
MORE_ACTIONS: Final = {
    "title": _("More"),
    "icon": "more_horiz",
    "items": ["schedule", "unpublish", "preview", "rollback", "export_project"],
}


class ExportForm(BaseDialogForm):  # type: ignore[misc]
    versions = forms.BooleanField(
        label=_("With its history"), required=False, widget=UnfoldBooleanSwitchWidget
    )


class ImportForm(forms.Form):
    """A project's file. `arrival` is what is in it, once it was found right; else `faults` tell
    what is wrong with it.
    """

    file = forms.FileField(
        label=_("File"),
        help_text=format_lazy(
            _("As the export of a project gave it: a zip of at most {size} MB."),
            size=MAX_BYTES // 1_000_000,
        ),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".zip,application/zip"}),
    )
    arrival: project_import.Arrival
    faults: Sequence[Fault] = ()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is too large."))
        try:
            self.arrival = project_import.read(file)
        except ExchangeError as error:
            self.faults = error.faults[:_SHOWN]
            raise forms.ValidationError(str(error)) from error
        return file


class ProjectFileActions:
    """Mix into the console page of projects, before ConsolePage.

    Name `export_project` in `actions_detail` and `import_project` in `actions_list`.
    """

    model: Any
    admin_site: Any
    get_queryset: Any
    has_add_permission: Any
    has_view_permission: Any
    message_user: Any

    @action(  # type: ignore[untyped-decorator]
        description=_("Export as a file"),
        url_path="export-project",
        icon="folder_zip",
        permissions=["view"],
        dialog=dialog(
            _("Export this project?"),
            _("One file for another workspace or installation. People and releases stay here."),
            _("Export"),
            ExportForm,
        ),
    )
    def export_project(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        address = reverse("admin:builder_project_file", args=[object_id])
        return leave(request, f"{address}?versions={int(form.cleaned_data['versions'])}")

    @action(  # type: ignore[untyped-decorator]
        description=_("Import a project"),
        url_path="import-project",
        icon="upload_file",
        permissions=["add"],
    )
    def import_project(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            made = self._made(request, form)
            if made is not None:
                return HttpResponseRedirect(reverse("admin:builder_project_change", args=[made.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import a project"),
            "form": form,
            "opts": self.model._meta,
            "back": reverse("admin:builder_project_changelist"),
        }
        return TemplateResponse(request, "builder/console/import_project.html", context)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.file_view)
        mine = path("<path:object_id>/project-file/", view, name="builder_project_file")
        return [mine, *super().get_urls()]  # type: ignore[misc]

    def file_view(self, request: HttpRequest, object_id: str) -> StreamingHttpResponse:
        """The project's file, as a download."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        project = get_object_or_404(self.get_queryset(request), pk=object_id)
        now = timezone.now()
        name = project_export.filename(project, now=now)
        wanted = request.GET.get("versions") == "1"
        return StreamingHttpResponse(
            project_export.stream(project=project, versions=wanted, now=now),
            content_type=MEDIA_TYPE,
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "no-store",
            },
        )

    def _made(self, request: HttpRequest, form: ImportForm) -> Project | None:
        """The project that was made, or nothing: the form says why."""
        try:
            made = project_import.create(
                workspace=Workspace.objects.get(pk=request.tenancy.workspace_id),  # type: ignore[attr-defined]
                owner=request.user,  # type: ignore[arg-type]
                arrival=form.arrival,
            )
        except (QuotaExceededError, ExchangeError) as error:
            form.add_error("file", str(error))
            return None
        told = gettext("%(name)s is imported as a draft. Pages: %(count)d.")
        count = form.arrival.summary["pages"]
        self.message_user(request, told % {"name": made.name, "count": count}, messages.SUCCESS)
        return made
