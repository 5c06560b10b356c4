from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ConsolePage, ReadOnlyConsolePage
from accounts.admin.figures import bar_column, share_column
from accounts.admin.links import related_link
from builder.admin.domains import AddressForm, save_address
from builder.models import ComponentIntelligence, SiteAddress


@admin.register(SiteAddress)
class SiteAddressPage(ConsolePage):
    form = AddressForm
    list_display = ["label", "project_link", "is_primary", "redirects", "created_at"]
    list_filter = ["is_primary"]
    list_select_related = ["project"]
    search_fields = ["label", "project__name"]
    readonly_fields = ["project"]
    project_link = related_link("project")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An address is added on its project's page."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_address(obj)


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
