"""How people work and where they come from: forms within the user's page, and lists."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ConsoleStack, ReadOnlyConsolePage
from accounts.admin.figures import bar_column
from accounts.admin.links import related_link
from accounts.models import CulturalContext, UserProfile

WORK = (
    "job_title",
    "department",
    "seniority_level",
    "years_of_experience",
    "industry_primary",
    "industry_secondary",
    "business_model",
    "target_market",
    "company_size",
    "decision_making_authority",
)
PLACE = ("country", "region", "city", "timezone")
MANNER = (
    "preferred_language",
    "communication_style",
    "response_format_preference",
    "preferred_agent_personality",
    "detail_level_preference",
    "explanation_style",
)
MARKETING = (
    "marketing_experience_level",
    "primary_marketing_goals",
    "marketing_budget_range",
    "current_marketing_channels",
)
CONSENT = ("data_sharing_consent", "marketing_communications_consent", "analytics_consent")
KEPT = ("tags", "notes", "custom_attributes")
COMPUTED = ("profile_completion_percentage", "last_profile_update")


class ProfileForm(ConsoleStack):
    model = UserProfile
    exclude = ()
    extra = max_num = 1
    can_delete = False
    show_change_link = False
    readonly_fields: ClassVar[Any] = COMPUTED
    fieldsets: ClassVar[Any] = (
        (_("Work"), {"fields": WORK}),
        (_("Place"), {"fields": PLACE}),
        (_("Marketing"), {"fields": MARKETING}),
        (_("Answers"), {"fields": MANNER}),
        (_("Consent"), {"fields": CONSENT}),
        (_("Notes"), {"fields": (*KEPT, *COMPUTED)}),
    )


class CultureForm(ConsoleStack):
    model = CulturalContext
    exclude = ()
    extra = max_num = 1
    can_delete = False
    show_change_link = False


class _OfPeople(ReadOnlyConsolePage):
    """Written within the user's page, by the person, or over the API."""

    without_workspace = True
    list_select_related: ClassVar[Any] = ["user"]
    user_link = related_link("user")


@admin.register(UserProfile)
class UserProfilePage(_OfPeople):
    list_display = [
        "__str__",
        "user_link",
        "industry_primary",
        "city",
        "completion",
        "analytics_consent",
        "last_profile_update",
    ]
    list_filter = ["seniority_level", "business_model", "preferred_language", "analytics_consent"]
    search_fields = ["user__email", "job_title", "industry_primary", "city"]
    completion = bar_column(
        "profile_completion_percentage", highest=100, description=_("completion")
    )


@admin.register(CulturalContext)
class CulturalContextPage(_OfPeople):
    list_display = [
        "__str__",
        "user_link",
        "native_language",
        "primary_region",
        "business_relationship_style",
        "local_content",
        "updated_at",
    ]
    list_filter = ["cultural_background", "cultural_fluency_level", "halal_marketing_required"]
    search_fields = ["user__email", "primary_region"]
    local_content = bar_column(
        "local_content_preference", highest=10, description=_("preference for local content")
    )
