"""Lists by keyset: a page begins where the last one ended, so that it never shifts while rows
are added, and costs the same however deep it lies.
"""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

if TYPE_CHECKING:
    from rest_framework.views import APIView

Place = Callable[[Any], Sequence[Any]]


@dataclass(frozen=True, kw_only=True)
class Key:
    """One column that a list is ordered by."""

    name: str
    descending: bool
    field: "models.Field[Any, Any]"

    def turned(self) -> "Key":
        return Key(name=self.name, descending=not self.descending, field=self.field)

    def __str__(self) -> str:
        return f"-{self.name}" if self.descending else self.name

    def beyond(self, value: Any) -> models.Q:
        """The rows that come later than `value`. PostgreSQL has nulls last, or first descending."""
        later = models.Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        if not self.field.null:
            return later
        empty = models.Q(**{f"{self.name}__isnull": True})
        if value is None:
            return ~empty if self.descending else models.Q(pk__in=[])
        return later if self.descending else later | empty

    def at(self, value: Any) -> models.Q:
        if value is None:
            return models.Q(**{f"{self.name}__isnull": True})
        return models.Q(**{self.name: value})


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """The place from which a page goes on, forwards or back, in the order that it was made for."""

    back: bool
    values: tuple[Any, ...]

    def encode(self, keys: Sequence[Key]) -> str:
        order = ",".join(map(str, keys))
        body = orjson.dumps([order, int(self.back), *self.values], default=str)
        return base64.urlsafe_b64encode(body).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, keys: Sequence[Key]) -> "Cursor":
        """Raises ValueError or ValidationError for what `encode` did not make for this order."""
        body = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        order, back, *values = body
        if order != ",".join(map(str, keys)) or len(values) != len(keys):
            raise ValueError("The cursor is of another order.")
        place = list(zip(keys, values, strict=True))
        if any(value is None and not key.field.null for key, value in place):
            raise ValueError("The cursor has no place.")
        return cls(back=back == 1, values=tuple(key.field.to_python(value) for key, value in place))


class NewestFirst(BasePagination):
    """By the queryset's order, else by the key, which grows with time, the newest first.

    `limit` rows a page (default 50, at most 200). The order's last column is always the key, so
    that it is total.
    """

    page_size = 50
    max_page_size = 200
    invalid_cursor = _("The cursor is none that a list gave; begin again without it.")
    bad_limit = _("A whole number from 1 to %(highest)s.")

    def paginate_queryset(  # type: ignore[override]
        self,
        queryset: "models.QuerySet[Any]",
        request: Request,
        view: "APIView | None" = None,
        read: "Callable[[models.QuerySet[Any]], list[Any]]" = list,
        place: Callable[[Sequence[str]], Place] | None = None,
    ) -> list[Any]:
        """The page's rows, as `read` gets them of the part of the queryset that is the page.

        `place`, given the order's names, returns what tells a row's values of them, for rows that
        are not model instances. Raises `NotFound` for a cursor that was not made here.
        """
        self.request = request
        self.keys = keys_of(queryset)
        self.place = (place or _attributes)([key.name for key in self.keys])
        self.limit = self._limit()
        self.cursor = self._cursor()
        try:
            rows = read(self._rest(queryset)[: self.limit + 1])
        except (ValidationError, ValueError) as error:
            raise NotFound(self.invalid_cursor) from error
        self.more = len(rows) > self.limit
        self.page = rows[: self.limit]
        if self.cursor and self.cursor.back:
            self.page.reverse()
        return self.page

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {"next": self.get_next_link(), "previous": self.get_previous_link(), "results": data}
        )

    def get_next_link(self) -> str | None:
        goes_on = self.more or (self.cursor is not None and self.cursor.back)
        return self._link(self.page[-1], back=False) if goes_on and self.page else None

    def get_previous_link(self) -> str | None:
        back = self.cursor is not None and self.cursor.back
        goes_back = self.more if back else self.cursor is not None
        return self._link(self.page[0], back=True) if goes_back and self.page else None

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": "cursor",
                "in": "query",
                "description": "The place in the list; follow `next` and `previous`.",
                "schema": {"type": "string"},
            },
            {
                "name": "limit",
                "in": "query",
                "description": f"Rows of the page; more than {self.max_page_size} are not given.",
                "schema": {"type": "integer", "minimum": 1, "default": self.page_size},
            },
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "nullable": True, "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def _limit(self) -> int:
        asked = self.request.query_params.get("limit")
        if asked is None:
            return self.page_size
        if not (asked.isascii() and asked.isdigit() and int(asked[:10]) > 0):
            text = self.bad_limit % {"highest": self.max_page_size}
            raise serializers.ValidationError({"limit": text})
        return min(int(asked[:10]), self.max_page_size)

    def _cursor(self) -> Cursor | None:
        text = self.request.query_params.get("cursor")
        if text is None:
            return None
        try:
            return Cursor.decode(text, self.keys)
        except (ValidationError, ValueError, TypeError) as error:
            raise NotFound(self.invalid_cursor) from error

    def _rest(self, queryset: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
        """The queryset in its order, from the cursor on."""
        back = self.cursor is not None and self.cursor.back
        keys = [key.turned() for key in self.keys] if back else self.keys
        if self.cursor is not None:
            queryset = queryset.filter(_after(keys, self.cursor.values))
        return queryset.order_by(*map(str, keys))

    @cached_property
    def _address(self) -> str:
        return self.request.build_absolute_uri()

    def _link(self, row: Any, *, back: bool) -> str:
        cursor = Cursor(back=back, values=tuple(self.place(row)))
        return replace_query_param(self._address, "cursor", cursor.encode(self.keys))


def keys_of(queryset: "models.QuerySet[Any]") -> list[Key]:
    """The order of a queryset, made total by the primary key."""
    options = queryset.model._meta
    primary = options.pk
    names = [str(name) for name in queryset.query.order_by] or [f"-{primary.name}"]
    names = [name.replace("pk", primary.name) if name in ("pk", "-pk") else name for name in names]
    if names[-1].removeprefix("-") != primary.name:
        names.append(f"-{primary.name}" if names[-1].startswith("-") else primary.name)
    return [
        Key(
            name=name.removeprefix("-"),
            descending=name.startswith("-"),
            field=_field(queryset.model, name.removeprefix("-")),
        )
        for name in names
    ]


def _field(model: type[models.Model], path: str) -> "models.Field[Any, Any]":
    *parents, last = path.split("__")
    for parent in parents:
        model = model._meta.get_field(parent).related_model  # type: ignore[assignment]
    field: models.Field[Any, Any] = model._meta.get_field(last)  # type: ignore[assignment]
    return field


def _after(keys: Sequence[Key], values: Sequence[Any]) -> models.Q:
    """The rows that come later than the place `values` in the order of `keys`."""
    first, *rest = keys
    if not rest:
        return first.beyond(values[0])
    later = first.beyond(values[0]) | (first.at(values[0]) & _after(rest, values[1:]))
    if first.field.null or values[0] is None:
        return later
    # Said apart, since an index cannot be entered by the alternatives of an OR.
    bound = "lte" if first.descending else "gte"
    return models.Q(**{f"{first.name}__{bound}": values[0]}) & later


def _attributes(names: Sequence[str]) -> Place:
    paths = [name.split("__") for name in names]

    def place(row: Any) -> list[Any]:
        return [_follow(row, path) for path in paths]

    return place


def _follow(row: Any, path: Sequence[str]) -> Any:
    for step in path:
        row = getattr(row, step)
    return row.pk if isinstance(row, models.Model) else row
