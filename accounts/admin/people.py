from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts import profiles, quotas
from accounts.admin.base import ConsolePage, ConsoleTable, ReadOnlyConsolePage
from accounts.admin.figures import NOTHING, bar, number
from accounts.admin.members import MembershipFormSet, save_members
from accounts.admin.privacy import PersonActions
from accounts.admin.profiles import CultureForm, ProfileForm
from accounts.impersonation import may_impersonate
from accounts.keys import revoke_key
from accounts.models import (
    ADMINS,
    ApiKey,
    Membership,
    Role,
    User,
    UserProfile,
    Workspace,
)
from accounts.privacy.subjects import Subject, user_subject


class MembershipTable(ConsoleTable):
    model = Membership
    formset = MembershipFormSet
    exclude = ()
    autocomplete_fields = ["user"]
    changers = ADMINS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.may_touch_owners = request.user.is_superuser or self._role(request) == Role.OWNER
        return formset


@admin.register(Workspace)
class WorkspacePage(ConsolePage):
    list_display = ["name", "slug", "subscription_tier", "timezone", "member_count", "created_at"]
    list_filter = ["subscription_tier", "subscription_status", "default_language"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["quota_bars", "created_at", "updated_at"]
    inlines = [MembershipTable]
    changers = ADMINS

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Members come, change and go by the domain's functions, which write it down."""
        if formset.model is Membership:
            save_members(formset)
        else:
            super().save_formset(request, form, formset, change)

    @admin.display(description=_("quotas"))
    def quota_bars(self, workspace: Workspace | None) -> SafeString:
        """Each kind's use of its limit, as bars."""
        if workspace is None or workspace.created_at is None:
            return NOTHING
        rows = quotas.standings(workspace_id=workspace.pk, tier=workspace.subscription_tier)
        return format_html(
            '<dl class="hh-quotas">{}</dl>',
            format_html_join("", "<dt>{} ({})</dt><dd>{}</dd>", map(_quota_row, rows)),
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(_members=models.Count("memberships"))

    @admin.display(description=_("members"), ordering="_members")
    def member_count(self, workspace: Any) -> int:
        count: int = workspace._members
        return count

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)


@admin.register(User)
class UserPage(PersonActions, ConsolePage, UserAdmin):  # type: ignore[type-arg, misc]
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    without_workspace = True
    ordering = ["email"]
    list_display = ["email", "first_name", "last_name", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active"]
    search_fields = ["email", "first_name", "last_name"]
    readonly_fields = [
        "last_login",
        "login_count",
        "last_activity_at",
        "onboarding_stage",
        "onboarding_completed_at",
        "subscription_tier",
        "subscription_status",
        "created_at",
    ]
    change_form_outer_before_template = "accounts/console/impersonate.html"
    filter_horizontal = ()
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "title", "preferred_name")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "is_verified")}),
        (_("Use"), {"fields": readonly_fields}),
    )
    add_fieldsets = ((None, {"fields": ("email", "password1", "password2", "is_staff")}),)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return [ProfileForm, CultureForm] if obj is not None else []

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A profile is written with its completion."""
        if formset.model is not UserProfile:
            super().save_formset(request, form, formset, change)
            return
        for profile in formset.save(commit=False):
            profiles.save(profile=profile)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        person = kwargs.get("obj")
        context["may_impersonate"] = person is not None and may_impersonate(
            hijacker=cast("User", request.user), hijacked=person
        )
        answer: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return answer

    actions_detail = ["export_person", "erase_person"]

    def subject_of(self, record: User) -> Subject:
        return user_subject(record)


@admin.register(ApiKey)
class ApiKeyPage(ReadOnlyConsolePage):
    list_display = ["name", "kind", "prefix", "user", "last_used_at", "revoked_at", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["user"]
    search_fields = ["name", "prefix"]
    exclude = ["hashed_key"]
    actions = ["revoke", "export_as_csv"]

    @admin.action(description=_("Revoke the chosen keys"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: Any) -> None:
        for key in queryset.live():
            revoke_key(key=key)
        self.message_user(request, _("The chosen keys are revoked."))

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return self._may(request, ADMINS)


def _quota_row(standing: quotas.Standing) -> tuple[Any, Any, SafeString]:
    label = f"{number(standing.used, 2)} / {number(standing.limit, 2)}"
    shown = bar(standing.used, standing.limit, label)
    return standing.kind.label, standing.period.label, shown
