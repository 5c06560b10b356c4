"""Many records by one request: all are checked, then stored by one statement.

A row that breaks a rule of the database is found by trying the doubtful rows one by one; the
others are stored. With `?atomic=true` one fault refuses them all.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError as ModelValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import APIException, ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.validators import UniqueTogetherValidator, UniqueValidator

from accounts.api.constraints import broken_rule
from accounts.api.filtering import BadParameterError
from accounts.api.pointers import pointed

ATOMIC: Final = "atomic"
ITEMS: Final = "items"
MOST: Final = 1_000


class TooManyItems(APIException):
    status_code = 413
    default_code = "payload_too_large"


@dataclass(kw_only=True)
class Row:
    """One item of the request, and what became of it."""

    index: int
    status: str = "error"
    id: Any = None
    errors: list[dict[str, str]] = field(default_factory=list)
    values: dict[str, Any] | None = None
    record: Any = None

    def refuse(self, error: BaseException) -> None:
        self.errors = _told(error, under=f"/{ITEMS}/{self.index}")

    def store(self, record: Any, *, status: str = "created") -> None:
        self.status, self.id = status, record.pk

    def answer(self) -> dict[str, Any]:
        return {
            "index": self.index, "status": self.status, "id": self.id, "errors": self.errors,
        }  # fmt: skip


def plain(method: Any) -> Any:
    """Mark a `perform_create` that does no more than saving: bulk may do so for all at once."""
    method.is_plain = True
    return method


def load(view: Any, request: Request) -> Response:
    """Create the request's items. Raises `TooManyItems`, or `ValidationError` for a body of
    another shape, and with `?atomic=true` for whatever is wrong with an item.
    """
    items, whole = _items(request.data), _is_atomic(request)
    serializer = view.get_serializer(data=items, many=True).child
    rows = [Row(index=index) for index in range(len(items))]
    _check(serializer, rows, items)
    _refuse_all(rows, when=whole)
    checked = [row for row in rows if row.values is not None]
    if _is_plain(view, serializer):
        _insert(view, serializer.Meta.model, checked)
    else:
        _save_each(view, serializer.Meta.model, checked, items)
    _refuse_all(rows, when=whole)
    counts = {name: sum(row.status == name for row in rows) for name in ("created", "unchanged")}
    failed = sum(row.status == "error" for row in rows)
    return Response({**counts, "failed": failed, "results": [row.answer() for row in rows]})


def _items(body: Any) -> list[Any]:
    items = body.get(ITEMS) if isinstance(body, dict) else None
    if not isinstance(items, list):
        raise serializers.ValidationError({ITEMS: [_("A list of records, under this name.")]})
    if len(items) > MOST:
        text = _("At most %(most)s records at once; these are %(count)s.")
        raise TooManyItems(text % {"most": MOST, "count": len(items)})
    return items


def _is_atomic(request: Request) -> bool:
    value = request.query_params.get(ATOMIC, "false")
    if value not in ("true", "false"):
        raise BadParameterError({ATOMIC: _("true or false.")})
    return value == "true"


def _refuse_all(rows: Sequence[Row], *, when: bool) -> None:
    """Refuse the request for the faults of its rows; what was stored is taken back with it."""
    errors = [error for row in rows for error in row.errors]
    if when and errors:
        detail: dict[str, list[ErrorDetail]] = {}
        for error in errors:
            told = ErrorDetail(error["detail"], error["code"])
            detail.setdefault(error["pointer"], []).append(told)
        raise serializers.ValidationError(detail)


def _check(serializer: Any, rows: Sequence[Row], items: Sequence[Any]) -> None:
    """Run the serializer's checks, with one query for each of its keys to other records."""
    for name, one in serializer.fields.items():
        # Whether a value is taken already is the database's to say, for all rows at once.
        one.validators = [v for v in one.validators if not isinstance(v, UniqueValidator)]
        if hasattr(one, "learn") and not one.read_only:
            one.learn([item.get(name) for item in items if isinstance(item, Mapping)])
    serializer.validators = [
        v for v in serializer.validators if not isinstance(v, UniqueTogetherValidator)
    ]
    for row, item in zip(rows, items, strict=True):
        serializer.initial_data = item
        try:
            row.values = serializer.run_validation(item)
        except Exception as error:  # noqa: BLE001 - raised again where it is no fault of the item
            row.refuse(error)


def _told(error: BaseException, *, under: str) -> list[dict[str, str]]:
    """The errors of an item, with pointers into the body. Raises again what is no item's fault."""
    if isinstance(error, serializers.ValidationError):
        return pointed(error.detail, under=under)
    if isinstance(error, ModelValidationError):
        return pointed(serializers.as_serializer_error(error), under=under)
    faults = getattr(error, "faults", None)
    rule = broken_rule(error)
    if faults is None and rule is not None:
        faults = rule.faults
    if faults is not None:
        return [
            {"pointer": under + one.pointer, "code": one.code, "detail": str(one.detail)}
            for one in faults
        ]
    if isinstance(error, DataError):
        text = _("A value is outside of what the database allows.")
        return [{"pointer": under, "code": "out_of_range", "detail": text}]
    raise error


def _is_plain(view: Any, serializer: Any) -> bool:
    """Whether a record is its checked values and nothing happens besides when it is made."""
    model: type[models.Model] = serializer.Meta.model
    by_hand = not getattr(view.perform_create, "is_plain", False)
    made_by_hand = type(serializer).create is not serializers.ModelSerializer.create
    saved_by_hand = model.save is not models.Model.save
    heard = any(signal.has_listeners(model) for signal in (pre_save, post_save))
    to_many = any(isinstance(f, serializers.ManyRelatedField) for f in serializer.fields.values())
    keyed = isinstance(model._meta.pk, models.UUIDField)
    return keyed and not (by_hand or made_by_hand or saved_by_hand or heard or to_many)


def _insert(view: Any, model: type[models.Model], rows: Sequence[Row]) -> None:
    stamp = view.stamp(model)
    for row in rows:
        row.record = model(**{**(row.values or {}), **stamp})
    try:
        with transaction.atomic():
            model._default_manager.bulk_create(
                [row.record for row in rows], ignore_conflicts=True, batch_size=500
            )
        keys = [row.record.pk for row in rows]
        stored = set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
    except (IntegrityError, DataError):
        stored = set()
    doubtful = []
    for row in rows:
        if row.record.pk in stored:
            row.store(row.record)
        else:
            doubtful.append(row)
    _try_again(view, model, doubtful)


def _try_again(view: Any, model: type[models.Model], rows: Sequence[Row]) -> None:
    """One by one: a row that is there already by the view's `bulk_key` is left as it is."""
    known = _known(view, model, rows)
    for row in rows:
        if _is_known(view, row, known):
            continue
        try:
            with transaction.atomic():
                row.record.save(force_insert=True)
        except (IntegrityError, DataError) as error:
            row.refuse(error)
        else:
            row.store(row.record)
            known |= {_key(view, row): row.record} if view.bulk_key else {}


def _save_each(
    view: Any, model: type[models.Model], rows: Sequence[Row], items: Sequence[Any]
) -> None:
    """One by one, each as a request of its own would."""
    known = _known(view, model, rows)
    for row in rows:
        if _is_known(view, row, known):
            continue
        serializer = view.get_serializer(data=items[row.index])
        try:
            with transaction.atomic():
                serializer.is_valid(raise_exception=True)
                view.perform_create(serializer)
        except Exception as error:  # noqa: BLE001 - raised again where it is no fault of the item
            row.refuse(error)
        else:
            row.store(serializer.instance)
            known |= {_key(view, row): serializer.instance} if view.bulk_key else {}


def _is_known(view: Any, row: Row, known: Mapping[Any, Any]) -> bool:
    """Whether the row is there already, by the view's `bulk_key`: it is left as it is."""
    key = _key(view, row)
    record = None if key is None else known.get(key)
    if record is None:
        return False
    row.store(record, status="unchanged")
    return True


def _known(view: Any, model: type[models.Model], rows: Sequence[Row]) -> dict[Any, Any]:
    """The records that are there already, by the values of the view's `bulk_key`."""
    keys = {_key(view, row) for row in rows} - {None}
    if not keys:
        return {}
    stamp = {name: value for name, value in view.stamp(model).items() if name != "user_id"}
    first = {f"{view.bulk_key[0]}__in": {key[0] for key in keys if key}}
    found = model._default_manager.filter(**first, **stamp)
    return {tuple(one.serializable_value(name) for name in view.bulk_key): one for one in found}


def _key(view: Any, row: Row) -> tuple[Any, ...] | None:
    """The row's values of the `bulk_key`; None where one is empty: nothing tells it apart."""
    given = [(row.values or {}).get(name) for name in view.bulk_key]
    values = tuple(one.pk if isinstance(one, models.Model) else one for one in given)
    return values if values and all(value not in (None, "") for value in values) else None


def is_key(value: Any) -> bool:
    """Whether a value is the text of a UUID."""
    try:
        return isinstance(value, str) and bool(uuid.UUID(value))
    except ValueError:
        return False
