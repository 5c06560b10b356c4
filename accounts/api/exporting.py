"""A list as a stream of lines, each a JSON document: bounded memory, however many rows."""

from collections.abc import Iterator
from typing import Any, Final

from django.db import models
from django.http import StreamingHttpResponse

from accounts.api.rendering import NDJSONRenderer, encode
from accounts.api.selection import Reader

CHUNK_ROWS: Final = 500


def stream(view: Any, queryset: "models.QuerySet[Any]") -> StreamingHttpResponse:
    """The rows of `queryset`, each as the view's list shows it.

    They are read by a server-side cursor while the answer is being sent, in the scope of the
    request's workspace, which the tenancy's middleware opens around the body.
    """
    reader = Reader(view, queryset)
    # What the database refuses must be refused before the answer has begun.
    reader.read(reader.queryset[:1])
    name = queryset.model._meta.model_name
    return StreamingHttpResponse(
        _lines(reader),
        content_type=NDJSONRenderer.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}.ndjson"'},
    )


def _lines(reader: Reader) -> Iterator[bytes]:
    for chunk in reader.chunks(CHUNK_ROWS):
        yield b"".join(encode(one) + b"\n" for one in reader.show(chunk))
