from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ConsolePage, ConsoleTable
from accounts.admin.links import related_link
from builder import documents, versioning
from builder.admin.forms import refuse
from builder.admin.opened import OpenedForm
from builder.admin.versions import VERSION_ACTIONS, VersionPages
from builder.models import Sitemap, StyleGuide, Wireframe


class DocumentPage(VersionPages, ConsolePage):
    """Documents belong to their project: they are made and removed there."""

    actions_detail: ClassVar[Any] = [VERSION_ACTIONS]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What came of a document goes with it; there is too much of it to be listed."""
        return [str(each) for each in objs], {}, set(), []

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        documents.remove(document=obj, user_id=request.user.pk)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for document in queryset:
            documents.remove(document=document, user_id=request.user.pk)


class SitemapForm(OpenedForm):
    class Meta:
        model = Sitemap
        fields = ["title", "description", "pages", "metadata"]

    def clean(self) -> None:
        super().clean()
        if "pages" in self.cleaned_data:
            refuse(self, documents.sitemap_faults(self.cleaned_data["pages"]))


class WireframeTable(ConsoleTable):
    model = Wireframe
    hide_title = True
    fields = readonly_fields = ["page_key", "title", "version", "updated_at"]
    max_num = 0
    can_delete = False


@admin.register(Sitemap)
class SitemapPage(DocumentPage):
    form = SitemapForm
    project_link = related_link("project")
    list_display = ["title", "project_link", "page_count", "version", "updated_at"]
    list_select_related = ["project"]
    search_fields = ["title", "project__name"]
    readonly_fields = ["project", "version", "created_at", "updated_at"]
    inlines = [WireframeTable]

    @admin.display(description=_("pages"))
    def page_count(self, sitemap: Sitemap) -> int:
        return len(sitemap.pages)


class WireframeForm(OpenedForm):
    class Meta:
        model = Wireframe
        fields = ["title", "description", "layout", "style_guide"]

    def clean(self) -> None:
        super().clean()
        if "layout" in self.cleaned_data:
            layout, place = self.cleaned_data["layout"], self.instance.workspace_id
            refuse(self, documents.layout_faults(layout, workspace_id=place))


class StyleGuideTable(ConsoleTable):
    model = StyleGuide
    hide_title = True
    fields = readonly_fields = ["title", "version", "updated_at"]
    max_num = 0
    can_delete = False


@admin.register(Wireframe)
class WireframePage(DocumentPage):
    form = WireframeForm
    sitemap_link = related_link("sitemap")
    list_display = ["title", "page_key", "sitemap_link", "version", "updated_at"]
    list_select_related = ["sitemap"]
    search_fields = ["title", "page_key", "sitemap__title"]
    readonly_fields = ["sitemap", "page_key", "components", "version", "created_at", "updated_at"]
    inlines = [StyleGuideTable]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with versioning.saving():
            documents.save_wireframe(wireframe=obj)


class StyleGuideForm(OpenedForm):
    class Meta:
        model = StyleGuide
        fields = ["title", "description", *documents.TOKEN_GROUPS]

    def clean(self) -> None:
        super().clean()
        columns = {name: self.cleaned_data.get(name) for name in documents.TOKEN_GROUPS}
        refuse(self, documents.style_faults(columns))


@admin.register(StyleGuide)
class StyleGuidePage(DocumentPage):
    form = StyleGuideForm
    wireframe_link = related_link("wireframe")
    list_display = ["title", "wireframe_link", "version", "updated_at"]
    list_select_related = ["wireframe"]
    search_fields = ["title", "wireframe__title"]
    readonly_fields = ["wireframe", "version", "created_at", "updated_at"]
