"""Which rows a list shows, and in which order: by declared parameters, each of them checked."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend, SearchFilter
from rest_framework.request import Request

SEARCH = "search"
ORDERING = "ordering"


class BadParameterError(ValidationError):
    """A parameter of the query that is not accepted: 400, whatever the method."""

    of_query = True


class RecordFilter(DjangoFilterBackend):
    """The view's filters; their form is made only where the request names one of them."""

    def filter_queryset(
        self, request: Any, queryset: "models.QuerySet[Any]", view: Any
    ) -> "models.QuerySet[Any]":
        if not is_filtered(request, view):
            return queryset
        filtered: models.QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


class RecordSearch(SearchFilter):
    """`?search=` by the queryset's own `matching(words)`, else in the view's `search_fields`."""

    def filter_queryset(
        self, request: Request, queryset: "models.QuerySet[Any]", view: Any
    ) -> "models.QuerySet[Any]":
        words = request.query_params.get(SEARCH)
        if words is None or not is_searchable(view):
            return queryset
        if not words.strip() or len(words) > 200 or "\0" in words:
            raise BadParameterError({SEARCH: _("Words to look for, at most 200 characters.")})
        if hasattr(queryset, "matching"):
            found: models.QuerySet[Any] = queryset.matching(words)
            return found
        return super().filter_queryset(request, queryset, view)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        if not is_searchable(view):
            return []
        schema = {"type": "string", "minLength": 1, "maxLength": 200}
        text = "Words to look for."
        return [{"name": SEARCH, "in": "query", "description": text, "schema": schema}]


class RecordOrdering(BaseFilterBackend):
    """`?ordering=` by one of the view's `ordering_fields` (or `id`), `-` before it to descend."""

    def filter_queryset(
        self, request: Request, queryset: "models.QuerySet[Any]", view: Any
    ) -> "models.QuerySet[Any]":
        wanted = request.query_params.get(ORDERING)
        if wanted is None:
            return queryset
        known = orderings_of(view)
        if wanted not in known:
            raise BadParameterError({ORDERING: _unknown(wanted, known)})
        return queryset.order_by(wanted)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        schema = {"type": "string", "enum": list(orderings_of(view))}
        text = "The order; newest first without it."
        return [{"name": ORDERING, "in": "query", "description": text, "schema": schema}]


def orderings_of(view: Any) -> list[str]:
    """The orders that the view's lists can be asked for."""
    fields = dict.fromkeys(["id", *getattr(view, "ordering_fields", ())])
    return [order for name in fields for order in (name, f"-{name}")]


def is_searchable(view: Any) -> bool:
    return bool(getattr(view, "search_fields", ())) or hasattr(view.queryset, "matching")


def check_parameters(request: Request, known: Iterable[str]) -> None:
    """Refuse a query with a parameter that means nothing here, and name those that do."""
    names = list(known)
    unknown = [name for name in request.query_params if name not in names]
    if unknown:
        raise BadParameterError({name: _unknown(name, names) for name in unknown})


def filters_of(view: Any) -> Mapping[str, Any]:
    """The view's filters by name."""
    known: Mapping[str, Any] | None = view.__class__.__dict__.get("_filters")
    if known is None:
        made = RecordFilter().get_filterset_class(view, view.queryset)
        known = dict(made.base_filters) if made else {}
        view.__class__._filters = known
    return known


def filter_parameters(view: Any) -> list[str]:
    """The parameters of the view's filters; one of a range has two."""
    names: list[str] = []
    for name, found in filters_of(view).items():
        widget = found.field.widget
        suffixes = getattr(widget, "suffixes", None)
        names += [f"{name}_{suffix}" if suffix else name for suffix in suffixes or ("",)]
    return names


def is_filtered(request: Request, view: Any) -> bool:
    """Whether the request names a filter, or the view has one that must be named."""
    asked = request.query_params
    if any(one.extra.get("required") for one in filters_of(view).values()):
        return True
    return bool(asked) and any(name in asked for name in filter_parameters(view))


def _unknown(name: str, known: Iterable[str]) -> str:
    return _("%(name)s is unknown here. Known: %(known)s.") % {
        "name": name[:100],
        "known": ", ".join(sorted(known)) or "-",
    }
