"""Lists without model objects and serializers: columns of a query, put under the answer's names.

A serializer costs ten times what its query does. Where each of its fields is a column (or a
column of a record that a key leads to), `plan_of` finds the columns once, and a list is read with
`accounts.api.rows` and written by orjson: the same JSON. Where a field asks a method or a property,
there is no plan and the serializer is used. tests/config/test_api_lists.py compares the two.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import orjson
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from rest_framework import serializers
from rest_framework.fields import Field
from rest_framework.settings import api_settings

from accounts.api import rows as reading
from accounts.api.rows import Row

Convert = Callable[[Any], Any]
# A class of serializers; of any but plain ModelSerializers there is no plan.
Serializer = Any

_TEXT: Final = (models.CharField, models.TextField)
_WHOLE: Final = (models.IntegerField,)
# Serializer fields that show what the column holds, as orjson writes it.
_AS_IT_IS: Final[Mapping[type[Any], tuple[type[Any], ...]]] = {
    serializers.BooleanField: (models.BooleanField,),
    serializers.CharField: _TEXT,
    serializers.EmailField: _TEXT,
    serializers.SlugField: _TEXT,
    serializers.URLField: _TEXT,
    serializers.RegexField: _TEXT,
    serializers.UUIDField: (models.UUIDField,),
    serializers.IntegerField: _WHOLE,
    serializers.BigIntegerField: _WHOLE,
    serializers.FloatField: (models.FloatField,),
    serializers.DateTimeField: (models.DateTimeField,),
    serializers.DateField: (models.DateField,),
    serializers.ChoiceField: (*_TEXT, *_WHOLE),
}


@dataclass(frozen=True, kw_only=True)
class Related:
    """Records shown within others under `name`: those whose `match` equals the other's `key`.

    Both are columns. `many` shows a list of them, else the one or null.
    """

    name: str
    key: str
    match: str
    many: bool
    serializer: Serializer

    def attach(
        self, shown: Sequence[dict[str, Any]], keys: Sequence[Any], context: Mapping[str, Any]
    ) -> None:
        """Put the related records into rows whose keys are `keys`: one query for all of them.

        Row security decides which of them the caller sees; an unseen one is null.
        """
        found: dict[str, Any] = {}
        for match, record in self._read({str(key) for key in keys if key is not None}, context):
            if self.many:
                found.setdefault(match, []).append(record)
            else:
                found[match] = record
        for one, key in zip(shown, keys, strict=True):
            one[self.name] = found.get(str(key), [] if self.many else None)

    def _read(self, keys: set[str], context: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        if not keys:
            return ()
        model: type[models.Model] = self.serializer.Meta.model
        records = model._default_manager.filter(**{f"{self.match}__in": keys})
        if not records.ordered:
            records = records.order_by("pk")
        plan = plan_of(self.serializer)
        if plan is None:
            made = list(records)
            shown = self.serializer(made, many=True, context=dict(context)).data
            return zip((str(getattr(one, self.match)) for one in made), shown, strict=True)
        columns, places = with_columns(plan.columns, [self.match])
        rows = reading.read(records.values_list(*columns))
        return zip((str(row[places[0]]) for row in rows), plan.show(rows, context), strict=True)


@dataclass(frozen=True, kw_only=True)
class ListPlan:
    """How rows become what the list shows.

    `names` of the answer stand in the order of the serializer, each with the place of its column
    among `columns`; `converters` are for those that are not shown as they are, `nested` for those
    that are keys of records to be shown.
    """

    names: tuple[str, ...]
    columns: tuple[str, ...]
    places: tuple[int, ...]
    converters: tuple[tuple[str, Convert], ...]
    nested: tuple[Related, ...]

    def show(self, rows: Iterable[Row], context: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Rows that begin with the plan's columns, as the serializer shows them."""
        names, places = self.names, self.places
        if len(places) > len(self.columns):
            rows = (tuple(row[place] for place in places) for row in rows)
        # A row may go on with columns that are not shown: zip ends with the names.
        shown = [dict(zip(names, row, strict=False)) for row in rows]
        for name, convert in self.converters:
            for one in shown:
                value = one[name]
                if value is not None:
                    one[name] = convert(value)
        for related in self.nested:
            related.attach(shown, [one[related.name] for one in shown], context)
        return shown


def with_columns(columns: Sequence[str], wanted: Sequence[str]) -> tuple[list[str], list[int]]:
    """The columns with those wanted besides, and where each of these is in a row."""
    whole = list(columns)
    whole += [name for name in wanted if name not in columns]
    return whole, [whole.index(name) for name in wanted]


@lru_cache(maxsize=1024)
def plan_of(
    serializer: Serializer,
    names: frozenset[str] | None = None,
    annotations: frozenset[str] = frozenset(),
) -> ListPlan | None:
    """The plan for a serializer's fields (only `names` of them, where given).

    None where a list has to be shown by the serializer. `annotations` are the names that the
    queryset adds to the model's columns.
    """
    if not _is_plain(serializer):
        return None
    model = serializer.Meta.model
    columns: dict[str, str] = {}
    converters, nested = [], []
    for name, field in readable_fields(serializer).items():
        if names is not None and name not in names:
            continue
        related = _nested(name, field, model)
        found = (related.key, None) if related else _column(field, model, annotations)
        if found is None:
            return None
        columns[name] = found[0]
        converters += [(name, found[1])] if found[1] else []
        nested += [related] if related else []
    # Two names may be of one column, which the query gives once.
    unique = list(dict.fromkeys(columns.values()))
    return ListPlan(
        names=tuple(columns),
        columns=tuple(unique),
        places=tuple(map(unique.index, columns.values())),
        converters=tuple(converters),
        nested=tuple(nested),
    )


def relation_of(
    name: str, model: type[models.Model], serializer: Serializer, source: str = ""
) -> Related | None:
    """How a relation of the model is shown; None for a relation through a table of its own."""
    try:
        relation = model._meta.get_field(source or name)
    except FieldDoesNotExist:
        relation = _reverse(model, source or name)
    if isinstance(relation, models.ForeignKey):
        target = relation.target_field.attname
        return Related(
            name=name, key=relation.attname, match=target, many=False, serializer=serializer
        )
    if isinstance(relation, models.ManyToOneRel):
        return Related(
            name=name,
            key=relation.field.target_field.attname,
            match=relation.field.attname,
            many=bool(relation.one_to_many),
            serializer=serializer,
        )
    return None


def _reverse(model: type[models.Model], accessor: str) -> Any:
    """The reverse relation that is an attribute by this name."""
    for relation in model._meta.related_objects:
        if relation.get_accessor_name() == accessor:
            return relation
    return None


def _nested(name: str, field: Any, model: type[models.Model]) -> Related | None:
    """The relation that a nested serializer shows, where it is one and the serializer plain."""
    many = isinstance(field, serializers.ListSerializer)
    inner = field.child if many else field
    if not isinstance(inner, serializers.ModelSerializer) or len(field.source_attrs) != 1:
        return None
    if type(field) is not (serializers.ListSerializer if many else type(inner)):
        return None
    related = relation_of(name, model, type(inner), str(field.source))
    return related if related is not None and related.many == many else None


@lru_cache(maxsize=1024)
def readable_fields(serializer: Serializer) -> Mapping[str, "Field[Any, Any, Any, Any]"]:
    """The fields that the serializer shows, by name."""
    fields = serializer().fields
    return {name: field for name, field in fields.items() if not field.write_only}


def _is_plain(serializer: Serializer) -> bool:
    """Whether the serializer shows its fields and nothing else, whoever asks."""
    kind = serializers.ModelSerializer
    return (
        issubclass(serializer, kind)
        and serializer.to_representation is kind.to_representation
        and serializer.get_fields is kind.get_fields
        and serializer.__init__ is kind.__init__
        and not hasattr(serializer.Meta, "list_serializer_class")
    )


def _column(
    field: "Field[Any, Any, Any, Any]", model: type[models.Model], annotations: frozenset[str]
) -> tuple[str, Convert | None] | None:
    """What to select for a serializer's field, and how to show it; None where it is no column."""
    if isinstance(field, serializers.PrimaryKeyRelatedField):
        found = _find(model, field.source_attrs, field)
        plain = found is not None and type(field).get_attribute in _RELATED
        return (_path(field), None) if plain and field.pk_field is None else None
    if type(field).get_attribute is not Field.get_attribute or not _is_simple(field):
        return None
    if field.source in annotations:
        return field.source, _convert(field, None)
    column = _find(model, field.source_attrs, field)
    return _selected(field, column) if column is not None else None


def _selected(
    field: "Field[Any, Any, Any, Any]", column: "models.Field[Any, Any]"
) -> tuple[str, Convert | None] | None:
    if isinstance(column, models.JSONField):
        # PostgreSQL's own text goes into the answer unread.
        return (_path(field), orjson.Fragment) if type(field) in _JSON else None
    return None if hasattr(column, "from_db_value") else (_path(field), _convert(field, column))


_RELATED: Final = (serializers.RelatedField.get_attribute,)
_JSON: Final = (serializers.JSONField, serializers.DictField)
_ASK: Final = (
    serializers.BaseSerializer,
    serializers.SerializerMethodField,
    serializers.RelatedField,
    serializers.ManyRelatedField,
    serializers.ModelField,
    serializers.FileField,
    serializers.HiddenField,
)


def _is_simple(field: "Field[Any, Any, Any, Any]") -> bool:
    """Whether the field shows a value by itself; a dictionary's values must go unchecked."""
    if isinstance(field, serializers.DictField):
        return type(field.child).__name__ == "_UnvalidatedField"
    return not isinstance(field, _ASK) and field.source != "*"


def _convert(
    field: "Field[Any, Any, Any, Any]", column: "models.Field[Any, Any] | None"
) -> Convert | None:
    kinds = _AS_IT_IS.get(type(field), ())
    if isinstance(column, kinds) and _is_usual(field):
        return None
    return field.to_representation


def _is_usual(field: "Field[Any, Any, Any, Any]") -> bool:
    """Whether the field has no format of its own."""
    if isinstance(field, serializers.UUIDField):
        return field.uuid_format == "hex_verbose"
    as_text = getattr(field, "coerce_to_string", api_settings.COERCE_BIGINT_TO_STRING)
    return getattr(field, "format", None) is None and not as_text


def _find(
    model: type[models.Model], steps: Sequence[str], field: "Field[Any, Any, Any, Any]"
) -> "models.Field[Any, Any] | None":
    """The column at the end of a path of keys; None where there is none, or where a key on the
    way may be null (the serializer would leave the name out).
    """
    *parents, last = steps
    for parent in parents:
        key = _get(model, parent)
        if not isinstance(key, models.ForeignKey) or (key.null and not field.allow_null):
            return None
        model = key.target_field.model
    return _get(model, last)


def _get(model: type[models.Model], name: str) -> "models.Field[Any, Any] | None":
    by_name = {
        known: field
        for field in model._meta.concrete_fields
        for known in (field.name, field.attname)
    }
    found = model._meta.pk if name == "pk" else by_name.get(name)
    return found.output_field if isinstance(found, models.GeneratedField) else found


def _path(field: "Field[Any, Any, Any, Any]") -> str:
    return "__".join(field.source_attrs)
