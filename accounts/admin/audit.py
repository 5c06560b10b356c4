"""The audit trail, read and searched: by superusers all of it, by admins their workspace's."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import ReadOnlyConsolePage, readable_json
from accounts.admin.figures import NOTHING
from accounts.admin.links import related_link
from accounts.models import ADMINS, AuditEntry


@admin.register(AuditEntry)
class AuditEntryPage(ReadOnlyConsolePage):
    big = True
    window_field = "at"
    list_display = ["at", "user_link", "action", "subject", "impersonator_link"]
    list_filter = ["action"]
    list_select_related: ClassVar[Any] = ["user", "impersonator"]
    search_fields = ["subject"]
    search_help_text = _("A record's name and id, or a key's beginning.")
    fields: ClassVar[Any] = [
        "at",
        "user_link",
        "impersonator_link",
        "action",
        "subject",
        "key",
        "ip_address",
        "what_was",
        "what_is",
    ]
    user_link = related_link("user")
    impersonator_link = related_link("impersonator")

    @admin.display(description=_("before"))
    def what_was(self, entry: AuditEntry) -> SafeString:
        return NOTHING if entry.before is None else readable_json(entry.before)

    @admin.display(description=_("after"))
    def what_is(self, entry: AuditEntry) -> SafeString:
        return NOTHING if entry.after is None else readable_json(entry.after)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, ADMINS)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, ADMINS)
