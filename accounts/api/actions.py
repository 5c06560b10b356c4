"""What viewsets of records do on request beyond REST framework: lists by plan, export, bulk."""

from typing import Any

from django.http import StreamingHttpResponse
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import bulk as loading
from accounts.api import exporting
from accounts.api.filtering import (
    ORDERING,
    SEARCH,
    check_parameters,
    filter_parameters,
    is_searchable,
)
from accounts.api.rendering import FastJSONRenderer, NDJSONRenderer
from accounts.api.selection import EXPAND, FIELDS, Reader, narrow, select

PAGING = ("cursor", "limit")


def install(viewset: Any) -> None:
    """Give a viewset what goes with what it has: lists by plan and export with REST framework's
    own list, chosen fields with its own retrieve, bulk where it is declared.
    """
    made: dict[str, Any] = {}
    if getattr(viewset, "list", None) is ListModelMixin.list:
        made["list"] = list_records
        made["export"] = export
    if getattr(viewset, "retrieve", None) is RetrieveModelMixin.retrieve:
        made["retrieve"] = retrieve_record
    if viewset.bulk_create:
        made["bulk"] = bulk
    for name, method in made.items():
        setattr(viewset, name, method)


def list_records(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
    check_parameters(request, list_parameters(self))
    reader = Reader(self, self.filter_queryset(self.get_queryset()))
    place = reader.place if reader.plan is not None else None
    rows = self.paginator.paginate_queryset(
        reader.queryset, request, self, read=reader.read, place=place
    )
    response: Response = self.get_paginated_response(reader.show(rows))
    return response


def retrieve_record(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
    check_parameters(request, selection_parameters(self))
    selection = select(request, self, self.get_serializer_class())
    record = self.get_object()
    serializer = self.get_serializer(record)
    narrow(serializer, selection)
    shown = dict(serializer.data)
    for related in selection.expanded:
        related.attach([shown], [getattr(record, related.key)], self.get_serializer_context())
    return Response(shown)


@action(detail=False, methods=["get"], renderer_classes=[FastJSONRenderer, NDJSONRenderer])
def export(self: Any, request: Request, *args: Any, **kwargs: Any) -> StreamingHttpResponse:
    """The whole list, filtered, as one JSON document a line."""
    check_parameters(request, [name for name in list_parameters(self) if name not in PAGING])
    self.action = "list"  # what is shown is what the list shows
    return exporting.stream(self, self.filter_queryset(self.get_queryset()))


@action(detail=False, methods=["post"])
def bulk(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
    """Create many records at once; each row is answered for."""
    check_parameters(request, [loading.ATOMIC])
    return loading.load(self, request)


def selection_parameters(view: Any) -> list[str]:
    return [FIELDS, *([EXPAND] if view.expandable else [])]


def list_parameters(view: Any) -> list[str]:
    """All parameters that the view's list takes."""
    search = [SEARCH] if is_searchable(view) else []
    return [
        *PAGING, ORDERING, *search, *selection_parameters(view), *filter_parameters(view),
    ]  # fmt: skip
