"""What keeps the console's lists quick when tables are big."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.db import connection, models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter
from unfold.utils import parse_datetime_str
from unfold.views import ChangeList

from accounts.tenancy.scope import acts_as_tenant

COUNT_LIMIT = 10_000


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Count at most COUNT_LIMIT rows: a person pages no further, and a full count reads a table."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        if not isinstance(rows, models.QuerySet):
            return len(rows)
        return rows.order_by().values("pk")[:COUNT_LIMIT].count()


class WindowFilter(admin.SimpleListFilter):
    """A big table's last day unless asked otherwise: nobody reads a year of it in a list.

    Made for a page by `window()`; `column` is the page's `window_field`.
    """

    title = _("period")
    parameter_name = "period"
    column = "created_at"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("7", _("last 7 days")), ("30", _("last 30 days")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """The choices, of which the first is the default instead of `all`."""
        first, *others = super().choices(changelist)
        yield {**first, "display": _("last 24 hours")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        if value == "all":
            return queryset
        days = int(value) if value in ("7", "30") else 1
        since = timezone.now() - datetime.timedelta(days=days)
        field = queryset.model._meta.get_field(self.column)
        day_only = not isinstance(field, models.DateTimeField)
        return queryset.filter(**{f"{self.column}__gte": since.date() if day_only else since})


class MomentRangeFilter(RangeDateTimeFilter):  # type: ignore[misc]
    """The theme's filter from one time to another, in the reader's time zone.

    The theme's own compares with times that have none, and ignores a day without a time.
    """

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        bounds = {}
        for end, lookup, bound in (("from", "gte", "00:00:00"), ("to", "lte", "23:59:59")):
            name = f"{self.parameter_name}_{end}"
            day = self.used_parameters.get(f"{name}_0")
            hour = self.used_parameters.get(f"{name}_1") or bound
            moment = parse_datetime_str(f"{day} {hour}") if day else None
            if moment is not None:
                bounds[f"{self.parameter_name}__{lookup}"] = timezone.make_aware(moment)
        return queryset.filter(**bounds)


class TimedChangeList(ChangeList):  # type: ignore[misc]
    """A big table's list: the newest first, whatever order the address asks for."""

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[str]:
        return list(self.model_admin.get_ordering(request))


def window(column: str) -> type[WindowFilter]:
    """The filter for a page whose rows are dated by `column`."""
    return type("Window", (WindowFilter,), {"column": column})


def window_choices(changelist: Any) -> list[Any]:
    """What the note above a big table's list offers; empty for other lists."""
    return [
        choice
        for spec in changelist.filter_specs
        if isinstance(spec, WindowFilter)
        for choice in spec.choices(changelist)
    ]


def found(queryset: Any, words: str) -> Any:
    """The rows that the model's own search finds, or None where there is none to ask.

    `matching()` looks within a tenant's scope; a superuser, who looks at all workspaces, is
    served by the page's `search_fields`.
    """
    if hasattr(queryset, "matching") and acts_as_tenant(connection):
        return queryset.matching(words)
    return None


def autocompleted(site: Any, model: type[models.Model], names: Sequence[str]) -> list[str]:
    """Those of the model's relations `names` whose console page can be searched.

    A select of a relation reads the whole related table; these are asked for while typing.
    """
    return [name for name in names if _is_searched(site, model, name)]


def quick_filters(site: Any, model: type[models.Model], filters: Sequence[Any]) -> list[Any]:
    """A page's `list_filter`, relations among them asked for while typing."""
    return [_quick(site, model, one) for one in filters]


def _quick(site: Any, model: type[models.Model], one: Any) -> Any:
    if isinstance(one, str) and _is_searched(site, model, one):
        return one, AutocompleteSelectFilter
    if isinstance(one, list | tuple) and one[1] is RangeDateTimeFilter:
        return one[0], MomentRangeFilter
    return one


def _is_searched(site: Any, model: type[models.Model], name: str) -> bool:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    related = field.related_model if field.is_relation else None
    page = site._registry.get(related)
    return page is not None and bool(page.search_fields)
