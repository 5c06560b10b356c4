"""What of a record is shown: `?fields=` chooses among its fields, `?expand=` opens relations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request

from accounts.api import rows
from accounts.api.filtering import BadParameterError
from accounts.api.lists import (
    ListPlan,
    Related,
    Serializer,
    plan_of,
    readable_fields,
    relation_of,
    with_columns,
)

FIELDS = "fields"
EXPAND = "expand"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The names to show (None: all) and the relations to open.

    `id` is always shown, and so is what is expanded.
    """

    names: frozenset[str] | None
    expanded: tuple[Related, ...]


def select(request: Request, view: Any, serializer: Serializer) -> Selection:
    """What the request asks for. Raises `BadParameterError`, which names what there is."""
    fields = readable_fields(serializer)
    opened = _names(request, EXPAND, view.expandable)
    names = _names(request, FIELDS, [*fields, *view.expandable])
    return Selection(
        names=frozenset([*names, *opened, "id"]) if names else None,
        expanded=tuple(
            expansion(serializer.Meta.model, name, view.expandable[name]) for name in opened
        ),
    )


def expansion(model: type[models.Model], name: str, serializer: Serializer) -> Related:
    related = relation_of(name, model, serializer)
    if related is None:
        raise ImproperlyConfigured(f"{model.__name__}.{name} is no key and no reverse of one.")
    return related


def _names(request: Request, parameter: str, known: Iterable[str]) -> tuple[str, ...]:
    asked = request.query_params.get(parameter)
    if asked is None:
        return ()
    names = tuple(dict.fromkeys(name.strip() for name in asked.split(",")))
    unknown = [name for name in names if name not in known]
    if unknown:
        text = _("%(name)s is unknown here. Known: %(known)s.")
        listed = ", ".join(sorted(known)) or "-"
        told = [text % {"name": name[:100] or "''", "known": listed} for name in unknown[:10]]
        raise BadParameterError({parameter: told})
    return names


class Reader:
    """Reads rows of a queryset and shows them, by a plan over columns or by the serializer."""

    def __init__(self, view: Any, queryset: "models.QuerySet[Any]") -> None:
        self.view = view
        self.serializer: Serializer = view.get_serializer_class()
        self.selection = select(view.request, view, self.serializer)
        self.plan = self._plan(queryset)
        self.context: Mapping[str, Any] = view.get_serializer_context()
        self.queryset = queryset
        self.columns: list[str] = []
        if self.plan is not None:
            keys = [related.key for related in self.selection.expanded]
            primary = queryset.model._meta.pk.name
            order = [str(name).removeprefix("-") for name in queryset.query.order_by]
            order = [primary if name == "pk" else name for name in order]
            wanted = dict.fromkeys([*keys, *order, primary])
            self.columns, _places = with_columns(self.plan.columns, list(wanted))
            self.queryset = queryset.prefetch_related(None).values_list(*self.columns)

    def _plan(self, queryset: "models.QuerySet[Any]") -> ListPlan | None:
        plain = self.serializer.Meta.model is queryset.model
        if timezone.get_current_timezone_name() != "UTC":
            return None  # rows have times in UTC
        prefetches: Sequence[Any] = queryset._prefetch_related_lookups  # type: ignore[attr-defined]
        if not (self.view.fast_list and plain) or not all(isinstance(p, str) for p in prefetches):
            return None
        annotations = frozenset(queryset.query.annotations)
        return plan_of(self.serializer, self.selection.names, annotations)

    def read(self, queryset: "models.QuerySet[Any]") -> list[Any]:
        """For the paginator: the rows of a part of `queryset`."""
        return list(queryset) if self.plan is None else rows.read(queryset)

    def chunks(self, size: int) -> Iterator[list[Any]]:
        """All rows of `queryset`, `size` at a time, in bounded memory."""
        if self.plan is not None:
            yield from rows.stream(self.queryset, size=size)
            return
        records = self.queryset.iterator(chunk_size=size)
        while chunk := list(islice(records, size)):
            yield chunk

    def place(self, names: Sequence[str]) -> Any:
        """For the paginator: what tells a row's values of these columns."""
        places = [self.columns.index(name) for name in names]
        return lambda row: [row[place] for place in places]

    def show(self, page: Sequence[Any]) -> list[dict[str, Any]]:
        """What the list shows of rows of `queryset`."""
        shown = self._show(page)
        for related in self.selection.expanded:
            related.attach(shown, self._keys(page, related.key), self.context)
        return shown

    def _show(self, page: Sequence[Any]) -> list[dict[str, Any]]:
        if self.plan is not None:
            return self.plan.show(page, self.context)
        serializer = self.view.get_serializer(page, many=True)
        narrow(serializer.child, self.selection)
        return list(serializer.data)

    def _keys(self, page: Sequence[Any], key: str) -> list[Any]:
        if self.plan is None:
            return [getattr(row, key) for row in page]
        place = self.columns.index(key)
        return [row[place] for row in page]


def narrow(serializer: Any, selection: Selection) -> None:
    """Take from a serializer the fields that are not to be shown."""
    if selection.names is not None:
        for name in set(serializer.fields) - selection.names:
            del serializer.fields[name]
