"""Lists as CSV, streamed: as many rows as there are, a thousand in memory."""

import csv
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models
from django.http import StreamingHttpResponse

from accounts.models import EncryptedTextField, HiddenCharField, HiddenEncryptedTextField

# Never exported, whoever asks.
SECRETS = frozenset({"password", "hashed_key", "session_token", "signing_secret"})
SECRET_FIELDS = (
    models.BinaryField,
    EncryptedTextField,
    HiddenCharField,
    HiddenEncryptedTextField,
)
# What a related record is called, the first that it has.
NAMES = ("name", "title", "email", "label", "slug", "subject")
CHUNK = 1000


class Column(NamedTuple):
    """A column of the file: its heading, and the path to its value."""

    heading: str
    path: str


def csv_response(queryset: Any) -> StreamingHttpResponse:
    """The rows as a file; read by a server-side cursor within the scope that the body runs in."""
    model = queryset.model
    response = StreamingHttpResponse(
        csv_lines(queryset, columns_of(model)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{model._meta.model_name}.csv"'
    return response


def columns_of(model: type[models.Model]) -> list[Column]:
    """The model's own columns without secrets and vectors; beside each key what it stands for."""
    columns = []
    for field in model._meta.concrete_fields:
        if not is_exported(field):
            continue
        columns.append(Column(field.attname, field.attname))
        name = _name_of(field.related_model) if field.is_relation else ""
        if name:
            columns.append(Column(field.name, f"{field.name}__{name}"))
    return columns


def is_exported(field: Any) -> bool:
    """Whether a column may leave: no secret, and nothing that only a machine can read."""
    is_vector = "vec" in type(field).__name__.lower()
    return field.name not in SECRETS and not isinstance(field, SECRET_FIELDS) and not is_vector


def csv_lines(queryset: Any, columns: list[Column]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # The mark by which spreadsheets know that Arabic letters follow in UTF-8.
    yield "\ufeff" + writer.writerow([column.heading for column in columns])
    rows = queryset.values_list(*(column.path for column in columns))
    for row in rows.iterator(chunk_size=CHUNK):
        yield writer.writerow([_cell(value) for value in row])


def _name_of(model: Any) -> str:
    names = {field.name for field in model._meta.concrete_fields if is_exported(field)}
    return next((name for name in NAMES if name in names), "")


class _Echo:
    """A file whose writing hands the line back, so that it can be streamed."""

    def write(self, line: str) -> str:
        return line


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula is kept as text (OWASP, CSV injection)."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value
