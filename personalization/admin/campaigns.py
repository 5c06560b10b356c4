from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ConsolePage, ConsoleStack, ConsoleTable
from accounts.admin.figures import money_column, share_column
from accounts.admin.links import related_link
from accounts.admin.transitions import StatusActions
from personalization import campaigns
from personalization.admin.showing import status_column
from personalization.models import (
    AdCampaign,
    Campaign,
    CampaignPersonalizationSettings,
    Content,
)

Status = Campaign.Status


class AdCampaignStack(ConsoleStack):
    model = AdCampaign
    fields = [
        "platform", "platform_campaign_id", "audience_config", "creatives", "last_optimized",
    ]  # fmt: skip


class SettingsStack(ConsoleStack):
    model = CampaignPersonalizationSettings
    max_num = 1
    fields = [
        "personalization_level", "rotation_strategy", "budget_allocation_strategy",
        "optimization_frequency", "auto_optimization_enabled", "dynamic_content_enabled",
        "adaptive_bidding_enabled", "ab_testing_enabled",
    ]  # fmt: skip


class ContentTable(ConsoleTable):
    model = Content
    fields = ["title", "content_type", "performance_score", "published_at"]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Campaign)
class CampaignPage(StatusActions, ConsolePage):
    list_display = [
        "name", "type", "shown_status", "shown_budget", "shown_spent", "used", "created_by_link",
        "started_at",
    ]  # fmt: skip
    list_filter = ["status", "type", "created_by"]
    list_select_related = ["created_by"]
    search_fields = ["name"]
    readonly_fields = [
        "status", "budget_used", "started_at", "ended_at", "created_by", "created_by_agent",
        "created_at", "updated_at",
    ]  # fmt: skip
    inlines = [AdCampaignStack, SettingsStack, ContentTable]
    move_names = {
        Status.ACTIVE: _("Start the campaign"),
        Status.PAUSED: _("Pause the campaign"),
        Status.COMPLETED: _("Complete the campaign"),
        Status.STOPPED: _("Stop the campaign"),
    }
    move_notes = {Status.STOPPED: _("A campaign that is stopped does not start again.")}
    dangerous_moves = frozenset({Status.STOPPED})
    shown_status = status_column(_("status"))
    shown_budget = money_column("budget", description=_("budget"))
    shown_spent = money_column("spent", description=_("spent"))
    used = share_column("budget_used", description=_("share of the budget spent"))
    created_by_link = related_link("created_by")

    def move(self, request: HttpRequest, obj: Any, status: str) -> None:
        campaigns.move(campaign=obj, status=status, now=timezone.now())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(AdCampaign)
class AdCampaignPage(ConsolePage):
    list_display = ["campaign_link", "platform", "platform_campaign_id", "last_optimized"]
    list_filter = ["platform"]
    list_select_related = ["campaign"]
    search_fields = ["campaign__name", "platform_campaign_id"]
    readonly_fields = ["created_at", "updated_at"]
    campaign_link = related_link("campaign")


@admin.register(CampaignPersonalizationSettings)
class SettingsPage(ConsolePage):
    list_display = [
        "campaign_link", "personalization_level", "auto_optimization_enabled",
        "dynamic_content_enabled", "rotation_strategy", "optimization_frequency",
    ]  # fmt: skip
    list_filter = ["personalization_level", "auto_optimization_enabled"]
    list_select_related = ["campaign"]
    search_fields = ["campaign__name"]
    readonly_fields = ["user", "created_at", "updated_at"]
    campaign_link = related_link("campaign")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.user = request.user
        super().save_model(request, obj, form, change)
