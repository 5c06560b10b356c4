from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ReadOnlyConsolePage
from builder.models import Template


@admin.register(Template)
class TemplatePage(ReadOnlyConsolePage):
    list_display = ["name", "trade", "category", "language", "page_count", "project_count"]
    list_filter = ["category", "language"]
    search_fields = ["name", "slug", "trade"]
    ordering = ["name"]
    fields = ["name", "slug", "trade", "category", "language", "description", "pages"]

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        return queryset.annotate(_projects=models.Count("projects"))

    @admin.display(description=_("pages"))
    def page_count(self, template: Template) -> int:
        return len(template.document["pages"])

    @admin.display(description=_("projects"), ordering="_projects")
    def project_count(self, template: Any) -> int:
        count: int = template._projects
        return count

    @admin.display(description=_("pages"))
    def pages(self, template: Template) -> SafeString:
        rows = ((page["path"], page["title"]) for page in template.document["pages"])
        return format_html_join("", "<div><code>{}</code> {}</div>", rows)
