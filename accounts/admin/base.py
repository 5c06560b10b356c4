"""The base of every console page: who may what, and lists that stay quick when tables are big."""

import csv
import json
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from accounts.admin.links import name_links
from accounts.models import ADMINS, EDITORS

COUNT_LIMIT = 10_000
# Never exported, whoever asks.
SECRETS = frozenset({"password", "hashed_key", "signing_secret"})


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Count at most COUNT_LIMIT rows: a person pages no further, and a full count reads a table."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        if not isinstance(rows, models.QuerySet):
            return len(rows)
        return rows.order_by().values("pk")[:COUNT_LIMIT].count()


class RoleAccess:
    """Console rights from the role in the current workspace; superusers may everything.

    `without_workspace` marks pages of records that belong to no workspace: superusers only.
    """

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


class DocumentField(forms.JSONField):
    """JSON as a person edits it: indented, in its own letters."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, forms.fields.InvalidJSONInput):
            return value
        return json.dumps(value, indent=2, ensure_ascii=False)


class ConsolePage(RoleAccess, ModelAdmin):  # type: ignore[misc]
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_links(self)

    def get_list_display(self, request: HttpRequest) -> Any:
        columns = list(super().get_list_display(request))
        if self._has_workspace and request.user.is_superuser:
            columns.append("workspace")
        return columns

    def get_queryset(self, request: HttpRequest) -> Any:
        """Django leaves `list_select_related` aside where a queryset has relations already."""
        queryset = super().get_queryset(request)
        if not self._has_workspace:
            return queryset
        return queryset.select_related("workspace", *(self.list_select_related or ()))

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

    @admin.action(description=_("Export as CSV"), permissions=["view"])
    def export_as_csv(self, request: HttpRequest, queryset: Any) -> StreamingHttpResponse:
        """Stream the chosen rows, as many as they are, a thousand at a time."""
        fields = [field for field in self.model._meta.concrete_fields if _is_exported(field)]
        response = StreamingHttpResponse(
            _csv_lines(queryset, [field.attname for field in fields]),
            content_type="text/csv; charset=utf-8",
        )
        name = f"{self.model._meta.model_name}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


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


class _Echo:
    """A file whose writing hands the line back, so that it can be streamed."""

    def write(self, line: str) -> str:
        return line


def _is_exported(field: Any) -> bool:
    return field.name not in SECRETS and not isinstance(field, models.BinaryField)


def _csv_lines(queryset: Any, names: list[str]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(names)
    for row in queryset.values_list(*names).iterator(chunk_size=1000):
        yield writer.writerow([_safe_cell(value) for value in row])


def _safe_cell(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula is kept as text (OWASP, CSV injection)."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value
