"""The base of every console page: who may what, and what all lists and forms have in common."""

import json
import re
from collections.abc import Sequence
from typing import Any, ClassVar

import orjson
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.enums import ActionVariant

from accounts.admin.exporting import csv_response
from accounts.admin.history import history_page
from accounts.admin.links import name_links
from accounts.admin.lists import (
    CappedPaginator,
    TimedChangeList,
    autocompleted,
    found,
    quick_filters,
    window,
    window_choices,
)
from accounts.history import history_of
from accounts.models import ADMINS, EDITORS

# NUL as JSON writes it, which PostgreSQL's jsonb cannot hold; not a backslash before other words.
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


class RoleAccess:
    """Console rights from the role in the current workspace; superusers may everything.

    `without_workspace` marks pages of records that belong to no workspace: superusers only.
    """

    knows_roles: ClassVar[bool] = True
    without_workspace: ClassVar[bool] = False
    changers: ClassVar[frozenset[Any]] = EDITORS
    removers: ClassVar[frozenset[Any]] = ADMINS

    def _role(self, request: HttpRequest) -> str:
        tenancy = getattr(request, "tenancy", None)
        return tenancy.role if tenancy is not None else ""

    def _may(self, request: HttpRequest, roles: frozenset[Any] | None) -> bool:
        user = request.user
        if not (user.is_active and getattr(user, "is_staff", False)):
            return False
        if getattr(user, "is_superuser", False):
            return True
        role = self._role(request)
        return bool(role) and not self.without_workspace and (roles is None or role in roles)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, None)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, None)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, self.changers)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, self.changers)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, self.removers)


class StrictDecoder(json.JSONDecoder):
    """JSON as strictly as the API reads it, and no deeper than Python can follow."""

    def decode(self, s: str, *args: Any) -> Any:
        """Raises JSONDecodeError, for NaN and lone surrogates too."""
        return orjson.loads(s)


class DocumentField(forms.JSONField):
    """JSON as a person edits it: indented, in its own letters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decoder = StrictDecoder

    def to_python(self, value: Any) -> Any:
        document = super().to_python(value)
        if isinstance(value, str) and NUL.search(value):
            raise forms.ValidationError(_("The character NUL cannot be kept."))
        # An emptied field is what a new record has, not null, which most columns refuse.
        return self.initial() if document is None and callable(self.initial) else document

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, forms.fields.InvalidJSONInput):
            return value
        return json.dumps(value, indent=2, ensure_ascii=False)


class ConsolePage(RoleAccess, ModelAdmin):  # type: ignore[misc]
    """A page of the console: its list, its forms, its export.

    Where a model's queryset has `matching(words)`, the search asks that. A page of a big table
    says `big = True` and by which column its rows are dated (`window_field`, the first of an index
    behind the workspace): its list shows the last day unless asked otherwise, the newest first.
    """

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_filter_submit = True
    compressed_fields = True
    warn_unsaved_form = True
    formfield_overrides: ClassVar[Any] = {models.JSONField: {"form_class": DocumentField}}
    ordering: ClassVar[Any] = ["-id"]
    actions: ClassVar[Any] = ["export_as_csv"]
    big: ClassVar[bool] = False
    window_field: ClassVar[str] = "created_at"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_links(self)
        if self.big:
            self.list_before_template = "accounts/console/window.html"

    # --- lists ---

    def get_list_display(self, request: HttpRequest) -> Any:
        columns = list(super().get_list_display(request))
        if self._has_workspace and request.user.is_superuser:
            columns.append("workspace")
        return columns

    def get_ordering(self, request: HttpRequest) -> Any:
        """A big table's newest first, by the index behind its workspace.

        A superuser's list has no workspace to begin with. Keys grow with time too (uuid7, bigint),
        and have an index of their own.
        """
        if not self.big:
            return super().get_ordering(request)
        return ["-pk"] if request.user.is_superuser else [f"-{self.window_field}", "-pk"]

    def get_sortable_by(self, request: HttpRequest) -> Any:
        """A big table is sorted by its time only: no index serves its other columns."""
        return () if self.big else super().get_sortable_by(request)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return TimedChangeList if self.big else super().get_changelist(request, **kwargs)

    def get_list_filter(self, request: HttpRequest) -> Any:
        filters = quick_filters(self.admin_site, self.model, super().get_list_filter(request))
        return [window(self.window_field), *filters] if self.big else filters

    def get_queryset(self, request: HttpRequest) -> Any:
        """Django leaves `list_select_related` aside where a queryset has relations already."""
        queryset = super().get_queryset(request)
        if not self._has_workspace:
            return queryset
        related = self.list_select_related
        names = related if isinstance(related, list | tuple) else ()
        return queryset.select_related("workspace", *names)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        rows = found(queryset, search_term) if search_term else None
        if rows is not None:
            return rows, False
        searched: tuple[Any, bool] = super().get_search_results(request, queryset, search_term)
        return searched

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, with its export as it is filtered now."""
        response: Any = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None)
        if context is not None and "cl" in context:
            context["actions_list"] = [*(context.get("actions_list") or []), self._export(request)]
            context["window"] = window_choices(context["cl"])
        return response  # type: ignore[no-any-return]

    # --- forms ---

    def get_autocomplete_fields(self, request: HttpRequest) -> Sequence[str]:
        """Relations are asked for while typing, not offered whole."""
        keys = [
            field.name
            for field in (*self.model._meta.fields, *self.model._meta.many_to_many)
            if field.is_relation and field.name not in self.raw_id_fields
        ]
        return autocompleted(self.admin_site, self.model, keys)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*(super().get_exclude(request, obj) or ()), *(["workspace"] * self._has_workspace)]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new record belongs to the workspace that the console is looking at."""
        tenancy = getattr(request, "tenancy", None)
        if self._has_workspace and obj.workspace_id is None and tenancy is not None:
            obj.workspace_id = tenancy.workspace_id
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Rows entered inside a record belong to that record's workspace."""
        for row in formset.save(commit=False):
            if hasattr(row, "workspace_id") and row.workspace_id is None:
                row.workspace_id = form.instance.workspace_id
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()

    @property
    def _has_workspace(self) -> bool:
        return any(field.name == "workspace" for field in self.model._meta.fields)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """What the database kept of the record, where its history is kept."""
        record = self.get_object(request, unquote(object_id))
        if record is None or history_of(self.model) is None:
            plain: HttpResponse = super().history_view(request, object_id, extra_context)
            return plain
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return history_page(self, request, record)

    # --- export ---

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name=self._export_name), *super().get_urls()]

    @property
    def _export_name(self) -> str:
        return f"{self.model._meta.app_label}_{self.model._meta.model_name}_export"

    def _export(self, request: HttpRequest) -> dict[str, Any]:
        """The link above the list: what is listed now, all pages of it."""
        query = request.GET.copy()
        query.pop("p", None)
        address = reverse(f"{self.admin_site.name}:{self._export_name}")
        return {
            "title": _("Export as CSV"),
            "icon": "download",
            "variant": ActionVariant.DEFAULT,
            "path": f"{address}?{query.urlencode()}" if query else address,
        }

    def export_view(self, request: HttpRequest) -> StreamingHttpResponse:
        """Stream the whole list as it is searched, filtered and ordered."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return csv_response(self.get_changelist_instance(request).queryset)

    @admin.action(description=_("Export as CSV"), permissions=["view"])
    def export_as_csv(self, request: HttpRequest, queryset: Any) -> StreamingHttpResponse:
        """Stream the chosen rows."""
        return csv_response(queryset)


class ReadOnlyConsolePage(ConsolePage):
    """Records that machines write: a person looks, and changes nothing."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ConsoleTable(RoleAccess, TabularInline):  # type: ignore[misc]
    """Related records as a table inside a page."""

    extra = 0
    exclude: ClassVar[Any] = ["workspace"]
    show_change_link = True


class ConsoleStack(RoleAccess, StackedInline):  # type: ignore[misc]
    """Related records as forms inside a page."""

    extra = 0
    exclude: ClassVar[Any] = ["workspace"]
    show_change_link = True


def readable_json(value: Any) -> SafeString:
    """A JSON document for people: indented, Arabic as Arabic (the theme's own shows escapes)."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return format_html('<pre dir="auto" class="hh-json">{}</pre>', text)
