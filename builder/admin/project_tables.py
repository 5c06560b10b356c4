"""What belongs to a project, as tables on its page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ConsoleTable
from accounts.models import ADMINS
from builder.admin.domains import AddressForm
from builder.models import (
    ComponentIntelligence,
    ProjectCollaborator,
    Release,
    SiteAddress,
    Sitemap,
)

# A project that is published daily has hundreds; the others are in the list of releases.
RELEASES_SHOWN = 10


class AddressTable(ConsoleTable):
    model = SiteAddress
    form = AddressForm
    hide_title = True
    fields = ["label", "is_primary", "redirects"]
    show_change_link = False


class CollaboratorTable(ConsoleTable):
    model = ProjectCollaborator
    hide_title = True
    fields = ["user", "role"]
    autocomplete_fields = ["user"]
    show_change_link = False
    changers = ADMINS


class LookedAt(ConsoleTable):
    """Rows that are shown, and neither added nor removed here."""

    hide_title = True
    max_num = 0
    can_delete = False


class ComponentTable(LookedAt):
    model = ComponentIntelligence
    fields = readonly_fields = ["component_id", "component_type", "wireframe", "analysis_status"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).present().select_related("wireframe")


class SitemapTable(LookedAt):
    model = Sitemap
    fields = readonly_fields = ["title", "page_count", "version", "updated_at"]
    ordering = ["-id"]

    @admin.display(description=_("pages"))
    def page_count(self, sitemap: Sitemap) -> int:
        return len(sitemap.pages)


class ReleaseTable(LookedAt):
    model = Release
    fields = readonly_fields = ["number", "note", "created_by", "published_at"]
    ordering = ["-number"]
    verbose_name_plural = _("latest releases")

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request).published().select_related("created_by")
        match = request.resolver_match
        project_id = match.kwargs.get("object_id") if match else None
        if project_id is None:
            return queryset.none()
        latest = Release.objects.published().filter(project_id=project_id).order_by("-number")
        shown = latest.values("pk")[:RELEASES_SHOWN]
        return queryset.filter(pk__in=shown).defer("manifest", "forms")
