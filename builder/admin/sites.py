from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from accounts.admin.base import ConsolePage, ReadOnlyConsolePage
from accounts.admin.figures import bar_column, share_column
from accounts.admin.links import related_link
from builder import publishing
from builder.admin.forms import PublishingActions, dialog, leave
from builder.models import ComponentIntelligence, Release, ReleaseFile, SiteAddress


@admin.register(Release)
class ReleasePage(PublishingActions, ReadOnlyConsolePage):
    list_display = ["name", "project_link", "kind", "is_live", "note", "created_by", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["project", "created_by"]
    search_fields = ["project__name", "note"]
    fields = ["project", "kind", "number", "is_live", "note", "created_by", "created_at", "files"]
    actions_detail = ["make_live"]
    project_link = related_link("project")

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        # A list of releases needs none of their manifests.
        return queryset.defer("manifest", "forms").select_related("project", "created_by")

    @admin.display(description=_("release"), ordering="number")
    def name(self, release: Release) -> str:
        return str(release)

    @admin.display(description=_("live"), boolean=True)
    def is_live(self, release: Release) -> bool:
        return bool(release.project.live_release_id == release.pk)

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
        except publishing.PublishError as error:
            self.say_faults(request, error)
        else:
            self.message_user(request, _("Release %s is live.") % release, messages.SUCCESS)
        return leave(request, reverse("admin:builder_release_change", args=[object_id]))


@admin.register(ReleaseFile)
class ReleaseFilePage(ReadOnlyConsolePage):
    list_display = ["sha256", "content_type", "size", "created_at"]
    list_filter = ["content_type"]
    search_fields = ["sha256"]
    fields = ["sha256", "content_type", "size", "created_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("body", "gzip", "br")


@admin.register(SiteAddress)
class SiteAddressPage(ConsolePage):
    list_display = ["label", "project_link", "is_primary", "created_at"]
    list_filter = ["is_primary"]
    list_select_related = ["project"]
    search_fields = ["label", "project__name"]
    readonly_fields = ["project"]
    project_link = related_link("project")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An address is added on its project's page."""
        return False


@admin.register(ComponentIntelligence)
class ComponentPage(ReadOnlyConsolePage):
    list_display = [
        "component_id", "component_type", "project_link", "wireframe_link", "analysis_status",
        "confidence", "quality", "removed_at",
    ]  # fmt: skip
    list_filter = ["component_type", "analysis_status"]
    list_select_related = ["project", "wireframe"]
    search_fields = ["component_id", "project__name"]
    project_link = related_link("project")
    wireframe_link = related_link("wireframe")
    confidence = share_column("confidence_score", description=_("confidence"))
    quality = bar_column("quality_score", 100, description=_("quality"))
