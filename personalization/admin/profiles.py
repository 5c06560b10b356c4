from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ConsolePage
from accounts.admin.figures import money_column
from accounts.models import Role
from personalization.admin.showing import HTTPS, document
from personalization.models import MetaUserProfile

MEMBERS = frozenset(Role.values)


@admin.register(MetaUserProfile)
class MetaUserProfilePage(ConsolePage):
    """A profile is its user's: admins see it, and only the user changes it."""

    formfield_overrides = HTTPS
    changers = MEMBERS
    removers = MEMBERS
    list_display = [
        "user", "industry", "business_size", "primary_objective", "budget", "updated_at",
    ]  # fmt: skip
    list_filter = ["business_size", "budget_range", "primary_objective", "brand_voice"]
    list_select_related = ["user"]
    search_fields = ["user__email", "industry"]
    readonly_fields = [
        "user", "shown_history", "shown_patterns", "shown_preferences", "created_at", "updated_at",
    ]  # fmt: skip
    budget = money_column("monthly_budget", description=_("monthly budget"))
    shown_history = document("campaign_history", _("earlier campaigns"))
    shown_patterns = document("performance_patterns", _("what worked"))
    shown_preferences = document("learned_preferences", _("learned preferences"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_own(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.user = request.user
        super().save_model(request, obj, form, change)

    def _is_own(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or request.user.is_superuser or obj.user_id == request.user.pk
