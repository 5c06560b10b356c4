"""Releases and their files in the console: what differs, made live again, taken as files."""

from typing import Any

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from unfold.decorators import action

from accounts.admin.base import ReadOnlyConsolePage
from accounts.admin.links import related_link
from builder import publishing, release_changes, static_site
from builder.admin.forms import PublishingActions, dialog, leave
from builder.drafts import HTML
from builder.models import Release, ReleaseFile
from builder.storing import StorageAwayError

# A framed page shows itself and its pictures: it runs nothing, sends nothing, and is of no origin.
_FRAMED = (
    "default-src 'none'; style-src data: 'unsafe-inline'; img-src data: https:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox"
)


@admin.register(Release)
class ReleasePage(PublishingActions, ReadOnlyConsolePage):
    list_display = ["name", "project_link", "kind", "is_live", "note", "created_by", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["project", "created_by"]
    search_fields = ["project__name", "note"]
    fields = [
        "project", "kind", "number", "is_live", "languages", "note", "created_by", "created_at",
        "files",
    ]  # fmt: skip
    actions_detail = ["make_live", "compare", "download"]
    project_link = related_link("project")

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        # A list of releases needs none of their manifests.
        heavy = queryset.defer("manifest", "forms", "inputs", "locales")
        return heavy.select_related("project", "created_by")

    def get_urls(self) -> Any:
        views = [("comparison", self.comparison_view), ("frame", self.frame_view)]
        own = [
            path(
                f"<uuid:release_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"builder_release_{name}",
            )
            for name, view in views
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=_("release"), ordering="number")
    def name(self, release: Release) -> str:
        return str(release)

    @admin.display(description=_("live"), boolean=True)
    def is_live(self, release: Release) -> bool:
        return bool(release.project.live_release_id == release.pk)

    @admin.display(description=_("languages"))
    def languages(self, release: Release) -> str:
        return ", ".join(release.locales) or release.project.language

    @admin.display(description=_("files"))
    def files(self, release: Release) -> SafeString:
        rows = format_html_join(
            "",
            '<tr><td class="pr-6">{}</td><td class="pr-6">{}</td><td>{}</td></tr>',
            (
                (path, filesizeformat(entry["size"]), entry["content_type"])
                for path, entry in sorted(release.manifest.items())
            ),
        )
        return format_html("<table>{}</table>", rows)

    @action(  # type: ignore[untyped-decorator]
        description=_("Make live"),
        url_path="make-live",
        icon="history",
        permissions=["publish"],
        dialog=dialog(
            _("Make this release live?"),
            _("Visitors see it again, byte for byte. The project's pages stay as they are."),
            _("Make live"),
        ),
    )
    def make_live(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        release: Release = get_object_or_404(self.get_queryset(request), pk=object_id)
        try:
            publishing.rollback(project=release.project, release=release)
        except (publishing.PublishError, StorageAwayError) as error:
            self.say_faults(request, error)
        else:
            self.message_user(request, _("Release %s is live.") % release, messages.SUCCESS)
        return leave(request, reverse("admin:builder_release_change", args=[object_id]))

    @action(  # type: ignore[untyped-decorator]
        description=_("Compare"), url_path="compare", icon="compare", permissions=["look"]
    )
    def compare(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return leave(request, reverse("admin:builder_release_comparison", args=[object_id]))

    @action(  # type: ignore[untyped-decorator]
        description=_("Download as files"), url_path="download", icon="download",
        permissions=["look"],
    )  # fmt: skip
    def download(self, request: HttpRequest, object_id: str) -> HttpResponse:
        release = self._release(request, object_id)
        try:
            made = static_site.export(release=release)
        except (publishing.PublishError, StorageAwayError) as error:
            self.say_faults(request, error)
            return leave(request, reverse("admin:builder_release_change", args=[object_id]))
        name = f"{release.project.slug}-{release.number or 'preview'}.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(static_site.archive(made), "application/zip", headers=headers)

    def has_look_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self.has_view_permission(request)

    @method_decorator(csp_update({"frame-src": ["'self'"]}))
    def comparison_view(self, request: HttpRequest, release_id: Any) -> HttpResponse:
        """What differs between a release and the project, or another release, page by page."""
        release = self._release(request, release_id)
        wanted = request.GET.get("with", "draft")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Compare release %s") % release,
            "opts": self.model._meta,
            "object": release,
            "wanted": wanted,
            "others": release.project.releases.published().exclude(pk=release.pk)
            .only("number", "project", "created_at").order_by("-number")[:50],
        }  # fmt: skip
        try:
            other = release_changes.side(release=release, wanted=wanted)
            before = release_changes.of_release(release)
            context |= _differences(request, before, other)
        except (publishing.PublishError, StorageAwayError) as error:
            context |= {"problem": str(error), "faults": getattr(error, "faults", ())}
        return TemplateResponse(request, "builder/console/release_changes.html", context)

    @method_decorator(xframe_options_sameorigin)
    def frame_view(self, request: HttpRequest, release_id: Any) -> HttpResponse:
        """A page of a release, or of what it is compared with, alone in its frame."""
        release = self._release(request, release_id)
        wanted, page = request.GET.get("side", ""), request.GET.get("path", "/")
        side = release_changes.of_release(release)
        try:
            if wanted:
                side = release_changes.side(release=release, wanted=wanted)
            if side.manifest.get(page, {}).get("content_type") != HTML:
                raise Http404
            sheets = [each for each in side.manifest if each.endswith(".css")]
            bodies = side.bodies([page, *sheets])
            bodies |= side.bodies(release_changes.pictures_of(bodies[page]))
        except (publishing.PublishError, StorageAwayError) as error:
            raise Http404 from error
        html = release_changes.framed(bodies[page], bodies)
        headers = {"Content-Security-Policy": _FRAMED, "X-Robots-Tag": "noindex"}
        return HttpResponse(html, HTML, headers=headers)

    def _release(self, request: HttpRequest, release_id: Any) -> Release:
        release: Release = get_object_or_404(self.get_queryset(request), pk=release_id)
        if not self.has_view_permission(request, release):
            raise Http404
        return release


def _differences(
    request: HttpRequest, before: release_changes.Side, other: release_changes.Side
) -> dict[str, Any]:
    changes = release_changes.compare(before, other)
    pages = [change for change in changes if change.content_type == HTML]
    wanted = request.GET.get("path", "")
    shown = next((page for page in pages if page.path == wanted), pages[0] if pages else None)
    lines = release_changes.near_changes(shown.text) if shown else []
    return {"changes": changes, "pages": pages, "shown": shown, "lines": lines}


@admin.register(ReleaseFile)
class ReleaseFilePage(ReadOnlyConsolePage):
    list_display = ["sha256", "content_type", "size", "created_at"]
    list_filter = ["content_type"]
    search_fields = ["sha256"]
    fields = ["sha256", "content_type", "size", "compressed", "stored_as", "created_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("body", "gzip", "br")
