from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ConsolePage, ReadOnlyConsolePage
from accounts.admin.figures import bar_column, money_column, share_column
from accounts.admin.links import related_link
from personalization.admin.showing import HTTPS, document
from personalization.models import Content, ContentTemplate, PersonalizedContent


@admin.register(Content)
class ContentPage(ConsolePage):
    list_display = [
        "__str__", "content_type", "campaign_link", "generated_by", "performance", "published_at",
    ]  # fmt: skip
    list_filter = ["content_type", "campaign"]
    list_select_related = ["campaign"]
    search_fields = ["title", "content"]
    readonly_fields = ["created_at", "updated_at"]
    campaign_link = related_link("campaign")
    performance = share_column("performance_score", description=_("performance"))


@admin.register(ContentTemplate)
class ContentTemplatePage(ConsolePage):
    list_display = [
        "name", "template_type", "category", "usage_count", "performance", "success",
        "is_active", "is_public",
    ]  # fmt: skip
    list_filter = ["template_type", "is_active", "is_public"]
    search_fields = ["name", "description"]
    readonly_fields = [
        "usage_count", "performance_score", "success_rate", "created_by", "created_at",
        "updated_at",
    ]  # fmt: skip
    performance = bar_column("performance_score", 100, description=_("performance"))
    success = share_column("success_rate", description=_("success rate"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(PersonalizedContent)
class PersonalizedContentPage(ReadOnlyConsolePage):
    formfield_overrides = HTTPS
    list_display = [
        "__str__", "template_link", "campaign_link", "impressions", "rate", "engagement",
        "performance_vs_template", "cost", "created_at",
    ]  # fmt: skip
    list_filter = ["content_type", "campaign", "template"]
    list_select_related = ["template", "campaign"]
    search_fields = ["personalized_prompt", "template__name", "campaign__name"]
    exclude = [
        "personalization_context", "metadata", "variables_used", "targeting_configuration",
    ]  # fmt: skip
    readonly_fields = ["shown_variables", "shown_audience", "shown_context", "shown_metadata"]
    template_link = related_link("template")
    campaign_link = related_link("campaign")
    rate = share_column("ctr", description=_("click-through rate"))
    engagement = bar_column("engagement_score", 100, description=_("engagement"))
    cost = money_column("generation_cost", description=_("cost of generation"))
    shown_variables = document("variables_used", _("variables"))
    shown_audience = document("targeting_configuration", _("audience"))
    shown_context = document("personalization_context", _("context"))
    shown_metadata = document("metadata", _("metadata"))
