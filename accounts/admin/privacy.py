"""What privacy keeps, and the two things to be done with a person from their own page."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from accounts import tenancy
from accounts.admin.base import ReadOnlyConsolePage, readable_json
from accounts.models import ADMINS, DataExport, ErasureRequest, Suppression
from accounts.privacy import archives, erasure
from accounts.privacy.subjects import Subject

COLOURS = {
    "requested": "info",
    "running": "warning",
    "ready": "success",
    "completed": "success",
    "failed": "danger",
    "expired": "warning",
}


class PersonActions:
    """Mix into the console page of a model of people, before ConsolePage.

    Name `export_person` and `erase_person` in `actions_detail`. Admins of the workspace may, and
    superusers.
    """

    # From the console page that this is mixed into.
    model: Any
    get_queryset: Callable[[HttpRequest], Any]
    message_user: Callable[..., None]
    # From the page itself: whom a record of it is.
    subject_of: Callable[[Any], Subject]

    def has_privacy_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self._may(request, ADMINS)  # type: ignore[attr-defined, no-any-return]

    @action(  # type: ignore[untyped-decorator]
        description=_("Export personal data"),
        url_path="export-person",
        icon="folder_zip",
        permissions=["privacy"],
        dialog={
            "title": _("Make an archive of everything about this person?"),
            "description": _("It is ready in a minute, under Privacy, and kept for a week."),
            "form_class": None,
            "form_submit_text": _("Make the archive"),
        },
    )
    def export_person(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        subject = self._subject(request, object_id)
        with tenancy.owner(reason="privacy"):
            export = archives.request(subject=subject, requested_by=request.user)  # type: ignore[arg-type]
        self.message_user(request, gettext("The archive is being made."), messages.SUCCESS)
        return _leave(request, reverse("admin:accounts_dataexport_change", args=[export.pk]))

    @action(  # type: ignore[untyped-decorator]
        description=_("Erase this person"),
        url_path="erase-person",
        icon="person_off",
        permissions=["privacy"],
        variant=ActionVariant.DANGER,
        dialog={
            "title": _("Erase this person for good?"),
            "description": _(
                "What is theirs goes from every table, and their names are not recorded again. "
                "This cannot be undone."
            ),
            "form_class": None,
            "form_submit_text": _("Erase"),
        },
    )
    def erase_person(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        subject = self._subject(request, object_id)
        try:
            with tenancy.owner(reason="privacy"):
                job, _token = erasure.request(subject=subject, requested_by=request.user)  # type: ignore[arg-type]
        except erasure.SoleOwnerError as error:
            self.message_user(request, str(error), messages.ERROR)
            return _leave(request, self._page_of(object_id))
        self.message_user(request, gettext("The erasure has begun."), messages.SUCCESS)
        return _leave(request, reverse("admin:accounts_erasurerequest_change", args=[job.pk]))

    def _subject(self, request: HttpRequest, object_id: str) -> Subject:
        record = self.get_queryset(request).filter(pk=object_id).first()
        if record is None:
            raise Http404
        return self.subject_of(record)

    def _page_of(self, object_id: str) -> str:
        name = f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_change"
        return reverse(name, args=[object_id])


def _leave(request: HttpRequest, address: str) -> HttpResponse:
    """Go on to a page, from a dialog (htmx) as from a form."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


class _PrivacyPage(ReadOnlyConsolePage):
    """For the workspace's admins: row security shows nobody else a row."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, ADMINS)

    @display(description=_("status"), ordering="status", label=COLOURS)  # type: ignore[untyped-decorator]
    def shown_status(self, record: Any) -> tuple[str, str]:
        return record.status, record.get_status_display()


@admin.register(DataExport)
class DataExportPage(_PrivacyPage):
    list_display = ["subject_kind", "shown_status", "rows", "size", "created_at", "expires_at"]
    list_filter = ["status", "subject_kind"]
    list_select_related = ["requested_by"]
    search_fields = ["subject_id"]
    search_help_text = _("The id of the person's record, whole.")
    readonly_fields = ["archive"]

    def get_urls(self) -> Any:
        own = path(
            "<uuid:export_id>/file/",
            self.admin_site.admin_view(self.file_view),
            name="accounts_dataexport_file",
        )
        return [own, *super().get_urls()]

    def file_view(self, request: HttpRequest, export_id: Any) -> FileResponse:
        export = self.get_queryset(request).filter(pk=export_id).exclude(file="").first()
        if export is None or not self.has_view_permission(request, export):
            raise Http404
        try:
            opened = archives.open_file(export)
        except FileNotFoundError as error:
            raise Http404 from error
        return FileResponse(opened, as_attachment=True, filename=f"{export.pk}.zip")

    @admin.display(description=_("archive"))
    def archive(self, export: DataExport) -> Any:
        if not export.file:
            return "-"
        address = reverse("admin:accounts_dataexport_file", args=[export.pk])
        return format_html(
            '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>',
            address,
            _("Download"),
        )


@admin.register(ErasureRequest)
class ErasureRequestPage(_PrivacyPage):
    list_display = ["subject_kind", "short_digest", "shown_status", "created_at", "completed_at"]
    list_filter = ["status", "subject_kind"]
    search_fields = ["subject_digest"]
    exclude = ["receipt", "progress", "target", "receipt_token_digest"]
    readonly_fields = ["shown_receipt"]

    @admin.display(description=_("digest of the person"), ordering="subject_digest")
    def short_digest(self, job: ErasureRequest) -> str:
        return f"{job.subject_digest[:16]}…"

    @admin.display(description=_("receipt"))
    def shown_receipt(self, job: ErasureRequest) -> SafeString | str:
        return readable_json(job.receipt) if job.receipt else "-"


@admin.register(Suppression)
class SuppressionPage(_PrivacyPage):
    list_display = ["kind", "digest", "created_at"]
    list_filter = ["kind"]
    search_fields = ["digest"]
