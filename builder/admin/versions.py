"""Versions in the console: a record's list of them, two of them side by side, and going back."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.admin.confirmation import Question, confirmed
from builder import side_by_side, versioning
from builder.admin.forms import dialog, leave
from builder.admin.opened import OpenedPages
from builder.admin.version_lines import PER_PAGE, Side, gone, lines, page_links, told
from builder.models import Project, VersionHistory

# A page of the site in a frame of the console: its own styles and any picture, nothing else; it
# runs no script, has no origin, and only the console may frame it.
FRAME_POLICY = (
    "default-src 'none'; style-src data: 'unsafe-inline'; img-src data: https: http:; "
    "font-src data: https:; frame-ancestors 'self'; sandbox"
)


class NameForm(BaseDialogForm):  # type: ignore[misc]
    message = forms.CharField(
        label=_("What the version is called"), max_length=500, widget=UnfoldAdminTextInputWidget
    )


class VersionPages(OpenedPages):
    """Mix into the console page of records with versions, before ConsolePage.

    `actions_detail` of the page names `VERSION_ACTIONS`.
    """

    # From the console page that this is mixed into.
    model: Any
    admin_site: Any
    get_queryset: Callable[[HttpRequest], Any]
    has_view_permission: Callable[..., bool]
    has_change_permission: Callable[..., bool]
    message_user: Callable[..., None]

    def get_urls(self) -> list[URLPattern]:
        views = (
            ("compare/", self.compare_view, "compare"),
            ("versions/<int:number>/page/", self.frame_view, "version_page"),
            ("versions/<int:number>/revert/", self.revert_view, "version_revert"),
            ("versions/<uuid:version>/restore/", self.restore_view, "version_restore"),
        )
        return [
            *(
                path(
                    f"<path:object_id>/{route}",
                    self.admin_site.admin_view(view),
                    name=_named(self.model, name),
                )
                for route, view, name in views
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Saves of one person within the window are one version, here as over the API."""
        with versioning.saving():
            super().save_model(request, obj, form, change)  # type: ignore[misc]

    @action(description=_("Versions"), url_path="versions", icon="difference")  # type: ignore[untyped-decorator]
    def versions(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What was saved, the newest first; `?before=` goes on where the page before ended."""
        record = self._record(request, object_id)
        rows = VersionHistory.objects.of(record).select_related("user")
        before = request.GET.get("before", "")
        if before.isdecimal() and len(before) < 10:
            rows = rows.filter(version_number__lt=int(before))
        # One more than is shown: the last row's own predecessor.
        found = list(rows.order_by("-version_number")[: PER_PAGE + 1])
        context = {
            "title": gettext("Versions: %s") % record,
            "lines": lines(found, self._address(record)),
            "compare": self._address(record)("compare"),
            "older": found[PER_PAGE - 1].version_number if len(found) > PER_PAGE else None,
            "gone": gone(record, self._address(record)) if isinstance(record, Project) else [],
            "may_change": self.has_change_permission(request, record),
        }
        return self._page(request, record, "versions", context)

    @action(  # type: ignore[untyped-decorator]
        description=_("Name this version"),
        url_path="name-version",
        icon="bookmark_add",
        permissions=["change"],
        dialog=dialog(
            _("Keep it as it stands?"),
            _("A version with a name is never taken up by later saves."),
            _("Keep"),
            NameForm,
        ),
    )
    def name_version(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        record = self._record(request, object_id)
        version = versioning.save_named(entity=record, message=form.cleaned_data["message"])
        text = gettext("Kept as version %d.") % version.version_number
        self.message_user(request, text, messages.SUCCESS)
        return leave(request, self._address(record)("versions"))

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Two versions (`?from=`, `?to=`): a page of the site (`?page=`) beside itself, and a list
        of what changed.
        """
        record = self._record(request, object_id)
        one = self._version(record, request.GET.get("from", ""))
        two = self._version(record, request.GET.get("to", "") or str(record.version))
        project = self._project_of(record)
        address = self._address(record)
        sites = [side_by_side.then(project=project, version=each) for each in (one, two)]
        key = side_by_side.page_of(sites[1], two, request.GET.get("page", ""))
        key = key or side_by_side.page_of(sites[0], one, request.GET.get("page", ""))
        numbers = (one.version_number, two.version_number)
        context = {
            "title": gettext("Version %(one)d beside %(two)d: %(record)s")
            % {"one": numbers[0], "two": numbers[1], "record": record},
            "sides": [
                Side(version, address("version_page", version.version_number), key, beside)
                for version, beside in zip((one, two), reversed(numbers), strict=True)
            ],
            "pages": page_links(sites, key, numbers),
            "page": key,
            "marked": bool(side_by_side.differing(sites[0], sites[1], key)),
            "changes": [told(change) for change in versioning.changes(one, two)],
            "versions": address("versions"),
            "revert": address("version_revert", one.version_number),
            "may_change": self.has_change_permission(request, record),
        }
        return self._page(request, record, "compare", context)

    def frame_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """A page of the site (`?page=`) as visitors would see it at a version, for a frame; what
        differs from the version `?beside=` is marked.
        """
        record = self._record(request, object_id)
        project = self._project_of(record)
        version = self._version(record, str(number))
        site = side_by_side.then(project=project, version=version)
        key = request.GET.get("page", "")
        if site.is_right(key):
            marked = self._differing(request, record, site, key)
            body = side_by_side.render(site=site, key=key, marked=marked)
        else:
            body = render_to_string("builder/console/no_page.html", request=request)
        response = HttpResponse(body)
        response["Content-Security-Policy"] = FRAME_POLICY
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["X-Robots-Tag"] = "noindex"
        return response

    def revert_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Ask, and make the record what it was at a version."""
        record = self._record(request, object_id)
        self._version(record, str(number))
        question = Question(
            action="revert",
            title=gettext("Back to version %(number)d") % {"number": number},
            submit=gettext("Go back to it"),
            note=gettext("That makes a new version; none is lost. Visitors see it once published."),
            refusal=lambda _record: "",
            change=lambda locked: versioning.revert(entity=locked, number=number),
        )
        return self._confirmed(request, record, question)

    def restore_view(
        self, request: HttpRequest, object_id: str, version: uuid.UUID
    ) -> HttpResponse:
        """Ask, and bring a deleted document of the project back."""
        record = self._record(request, object_id)
        rows = VersionHistory.objects.filter(project_id=record.pk, is_deletion=True)
        last = rows.filter(pk=version).first()
        if last is None:
            raise Http404
        name = last.data.get("title", "")
        question = Question(
            action="restore",
            title=gettext("Restore “%s”") % name,
            submit=gettext("Restore"),
            note=gettext("It comes back with its versions, and with what was deleted with it."),
            refusal=lambda _record: "",
            change=lambda _locked: versioning.restore(version=last),
        )
        return self._confirmed(request, record, question)

    def _confirmed(self, request: HttpRequest, record: Any, question: Question) -> HttpResponse:
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        rows = self.get_queryset(request).filter(pk=record.pk)
        return confirmed(self, request, rows, question, self._address(record)("versions"))  # type: ignore[arg-type]

    def _record(self, request: HttpRequest, object_id: str) -> Any:
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return record

    def _version(self, record: Any, text: str) -> VersionHistory:
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Http404
        found = VersionHistory.objects.of(record).filter(version_number=int(text))
        version = found.select_related("user").first()
        if version is None:
            raise Http404
        return version

    def _differing(
        self, request: HttpRequest, record: Any, site: side_by_side.Then, key: str
    ) -> frozenset[str]:
        beside = request.GET.get("beside", "")
        if not beside:
            return frozenset()
        version = self._version(record, beside)
        other = side_by_side.then(project=self._project_of(record), version=version)
        return side_by_side.differing(site, other, key)

    def _project_of(self, record: Any) -> Project:
        if isinstance(record, Project):
            return record
        version = VersionHistory.objects.of(record).select_related("project").first()
        if version is None:
            raise Http404
        project: Project = version.project
        return project

    def _address(self, record: Any) -> Callable[..., str]:
        """What makes an address of this record's pages: of the page's name and its arguments."""

        def address(name: str, *arguments: Any) -> str:
            full = f"{self.admin_site.name}:{_named(self.model, name)}"
            return reverse(full, args=[record.pk, *arguments])

        return address

    def _page(
        self, request: HttpRequest, record: Any, name: str, context: dict[str, Any]
    ) -> TemplateResponse:
        return TemplateResponse(
            request,
            f"builder/console/{name}.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.model._meta,
                "object": record,
                **context,
            },
        )


VERSION_ACTIONS = {
    "title": _("Versions"),
    "icon": "difference",
    "items": ["versions", "name_version"],
}


def _named(model: Any, name: str) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}_{name}"
