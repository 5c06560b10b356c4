from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin.base import ConsoleStack, ReadOnlyConsolePage, readable_json
from accounts.admin.figures import share_column
from accounts.admin.links import related_link
from builder.models import Template, TemplateAIMetadata

KNOWN = (
    "ai_description", "audience", "uses", "trades", "setup_time", "startable", "layout_shown",
    "colors_shown", "workflows_shown", "patterns", "suggestions_shown",
)  # fmt: skip
RATES = (
    "predicted_conversion_rate", "actual_conversion_rate", "prediction_accuracy",
    "predicted_engagement_score", "actual_engagement_score", "usage_satisfaction",
    "ai_confidence_score", "training_data_count", "last_ai_update",
)  # fmt: skip


class MetadataDisplays:
    """A template's metadata, as a person reads it."""

    @admin.display(description=_("audience"))
    def audience(self, metadata: TemplateAIMetadata) -> str:
        return ", ".join(metadata.target_audience)

    @admin.display(description=_("use cases"))
    def uses(self, metadata: TemplateAIMetadata) -> str:
        return ", ".join(metadata.use_cases)

    @admin.display(description=_("trades"))
    def trades(self, metadata: TemplateAIMetadata) -> str:
        return ", ".join(metadata.industry_focus)

    @admin.display(description=_("design patterns"))
    def patterns(self, metadata: TemplateAIMetadata) -> str:
        return ", ".join(metadata.design_patterns)

    @admin.display(description=_("setup time"), ordering="estimated_setup_time")
    def setup_time(self, metadata: TemplateAIMetadata) -> str:
        minutes = metadata.estimated_setup_time
        return ngettext("%d minute", "%d minutes", minutes) % minutes

    @admin.display(description=_("components that can start a workflow"))
    def startable(self, metadata: TemplateAIMetadata) -> SafeString:
        rows = (
            (each.get("page_key", ""), each["component_id"], each["type"])
            for each in metadata.intelligent_components
        )
        return format_html_join("", "<div><code>{}</code> {} ({})</div>", rows)

    @admin.display(description=_("layout"))
    def layout_shown(self, metadata: TemplateAIMetadata) -> SafeString:
        return readable_json(metadata.layout_effectiveness)

    @admin.display(description=_("colours"))
    def colors_shown(self, metadata: TemplateAIMetadata) -> SafeString:
        return readable_json(metadata.color_psychology)

    @admin.display(description=_("fit for workflows"))
    def workflows_shown(self, metadata: TemplateAIMetadata) -> SafeString:
        return readable_json(metadata.workflow_compatibility)

    @admin.display(description=_("suggestions"))
    def suggestions_shown(self, metadata: TemplateAIMetadata) -> SafeString:
        return readable_json(metadata.customization_suggestions)


class MetadataStack(MetadataDisplays, ConsoleStack):
    model = TemplateAIMetadata
    fields = readonly_fields = KNOWN
    max_num = 0
    can_delete = False


@admin.register(TemplateAIMetadata)
class TemplateMetadataPage(MetadataDisplays, ReadOnlyConsolePage):
    list_display = [
        "template_link", "setup_time", "trades", "predicted", "actual", "accuracy", "updated_at",
    ]  # fmt: skip
    list_select_related = ["template"]
    search_fields = ["template__name", "ai_description"]
    fieldsets = (
        (None, {"fields": ("template_link", *KNOWN)}),
        (_("Predicted and actual"), {"fields": RATES}),
    )
    template_link = related_link("template")
    predicted = share_column(
        "predicted_conversion_rate", description=_("predicted conversion rate")
    )
    actual = share_column("actual_conversion_rate", description=_("actual conversion rate"))
    accuracy = share_column("prediction_accuracy", description=_("accuracy of the prediction"))


@admin.register(Template)
class TemplatePage(ReadOnlyConsolePage):
    list_display = ["name", "trade", "category", "language", "page_count", "project_count"]
    list_filter = ["category", "language"]
    search_fields = ["name", "slug", "trade"]
    ordering = ["name"]
    fields = ["name", "slug", "trade", "category", "language", "description", "pages"]
    inlines = [MetadataStack]

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
