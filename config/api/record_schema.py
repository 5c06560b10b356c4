"""The OpenAPI description of what every viewset of records can do (accounts.api.base.Records)."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import models
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from accounts.api.bulk import ATOMIC, MOST
from accounts.api.lists import readable_fields, relation_of
from accounts.api.selection import EXPAND, FIELDS


class BulkFaultSerializer(serializers.Serializer[Any]):
    pointer = serializers.CharField(help_text="JSON Pointer into the request's body.")
    code = serializers.CharField()
    detail = serializers.CharField()


class BulkRowSerializer(serializers.Serializer[Any]):
    index = serializers.IntegerField(help_text="The item's place in the request, from 0.")
    status = serializers.ChoiceField(
        choices=["created", "unchanged", "error"],
        help_text="`unchanged`: it was there already, and was left as it is.",
    )
    id = serializers.CharField(allow_null=True, help_text="The record's.")
    errors = BulkFaultSerializer(many=True)  # type: ignore[assignment]


class BulkAnswerSerializer(serializers.Serializer[Any]):
    created = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    failed = serializers.IntegerField()
    results = BulkRowSerializer(many=True)


def is_record(view: Any) -> bool:
    return hasattr(view, "expandable")


def parameters_of(view: Any) -> list[OpenApiParameter]:
    """Those of the query that no filter backend describes."""
    if view.action == "bulk":
        text = "`true`: one fault refuses the whole request."
        return [OpenApiParameter(ATOMIC, bool, description=text, default=False)]
    if view.action not in ("list", "retrieve", "export"):
        return []
    names = ", ".join(readable_fields(view.get_serializer_class()))
    text = f"Only these fields, by commas; `id` comes along. Of: {names}."
    chosen = [OpenApiParameter(FIELDS, str, description=text)]
    if view.expandable:
        names = ", ".join(view.expandable)
        text = f"Show these as records, by commas, not as their keys. Of: {names}."
        chosen.append(OpenApiParameter(EXPAND, str, description=text))
    return chosen


@lru_cache
def bulk_request(serializer: Any) -> Any:
    """The body of a bulk request for records of a serializer."""
    name = serializer.__name__.removesuffix("Serializer")
    items = serializer(many=True, help_text=f"At most {MOST:,}.")
    return inline_serializer(f"{name}Bulk", {"items": items})


def export_response() -> Mapping[tuple[int, str], Any]:
    text = "One JSON document a line, each as the list shows it."
    return {(200, "application/x-ndjson"): OpenApiResponse(OpenApiTypes.STR, description=text)}


def admit_what_columns_hold(schema: dict[str, Any], serializer: Any) -> None:
    """Let an answer's properties be null or empty where their columns may be.

    REST framework asks a field what it accepts; one that is only read accepts nothing.
    """
    model = getattr(getattr(serializer, "Meta", None), "model", None)
    if model is None:
        return
    columns = {column.name: column for column in model._meta.concrete_fields}
    for name, shown in schema.get("properties", {}).items():
        column = columns.get(str(serializer.fields[name].source))
        if column is None or "$ref" in shown:
            continue
        if column.null or isinstance(column, models.GeneratedField):
            shown["nullable"] = True
            _admit(shown, None)
        if column.blank and isinstance(column, models.CharField | models.TextField):
            _admit(shown, "")
            shown.pop("minLength", None)
            if shown.get("format") in ("email", "uri"):
                del shown["format"]


def _admit(shown: dict[str, Any], value: Any) -> None:
    if "enum" in shown and value not in shown["enum"]:
        shown["enum"] = [*shown["enum"], value]


def describe_selection(schema: AutoSchema, view: Any) -> None:
    """What `?fields=` and `?expand=` make of an answer, written into its component."""
    if view.action not in ("list", "retrieve"):
        return
    serializer = view.get_serializer_class()
    component = schema.resolve_serializer(serializer(), "response").schema
    if not component:
        return
    properties = component["properties"]
    component["required"] = ["id"] if "id" in properties else []
    if not component["required"]:
        del component["required"]
    for name, related in view.expandable.items():
        shown = schema.resolve_serializer(related(), "response").ref
        known = properties.get(name)
        if known is not None and "anyOf" not in known:
            properties[name] = {"anyOf": [known, shown]}
        elif known is None:
            relation = relation_of(name, serializer.Meta.model, related)
            many = {"type": "array", "items": shown}
            one = {"allOf": [shown], "nullable": True}
            properties[name] = many if relation is not None and relation.many else one
