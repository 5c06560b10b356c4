from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts.admin.base import ConsolePage, ConsoleTable, ReadOnlyConsolePage
from accounts.admin.privacy import PersonActions
from accounts.keys import revoke_key
from accounts.models import ADMINS, ApiKey, AuditEntry, Membership, User, Workspace
from accounts.privacy.subjects import Subject, user_subject


class MembershipTable(ConsoleTable):
    model = Membership
    exclude = ()
    autocomplete_fields = ["user"]
    changers = ADMINS


@admin.register(Workspace)
class WorkspacePage(ConsolePage):
    list_display = ["name", "slug", "subscription_tier", "timezone", "member_count", "created_at"]
    list_filter = ["subscription_tier", "subscription_status", "default_language"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["created_at", "updated_at"]
    inlines = [MembershipTable]
    changers = ADMINS

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
    readonly_fields = ["last_login", "login_count", "last_activity_at", "created_at"]
    filter_horizontal = ()
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "title", "preferred_name")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "is_verified")}),
        (_("Use"), {"fields": readonly_fields}),
    )
    add_fieldsets = ((None, {"fields": ("email", "password1", "password2", "is_staff")}),)
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


@admin.register(AuditEntry)
class AuditEntryPage(ReadOnlyConsolePage):
    without_workspace = True
    list_display = ["at", "user", "action", "subject"]
    list_filter = ["action"]
    list_select_related = ["user"]
    search_fields = ["subject"]
