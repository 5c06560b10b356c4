"""Reading request bodies: JSON, strictly, and no larger or deeper than we can store."""

from collections.abc import Mapping
from typing import IO, Any, Final

import orjson
from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from config.api.failures import PayloadTooLarge

# Python's own JSON encoder gives up near a thousand levels; no document of ours comes near this.
MAX_DEPTH: Final = 100


class StrictJSONParser(BaseParser):
    """JSON of RFC 8259. Refused besides, since they could not be stored: NaN, lone surrogates
    and the NUL character; and nesting of more than MAX_DEPTH levels.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The document. Raises `ParseError` that tells line and column, or `PayloadTooLarge`."""
        body = _read(stream, parser_context)
        try:
            document = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(f"The body is not JSON: {error}") from error
        _check(body, document)
        return document


def _read(stream: IO[Any], context: Mapping[str, Any] | None) -> bytes:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    request = context["request"] if context else None
    declared = request.META.get("CONTENT_LENGTH") if request is not None else None
    if declared and declared.isdigit() and int(declared) > limit:
        raise PayloadTooLarge
    body: bytes = stream.read(limit + 1)
    if len(body) > limit:
        raise PayloadTooLarge
    return body


def _check(body: bytes, document: Any) -> None:
    """Walk the document only where its bytes give a reason to."""
    may_be_deep = body.count(b"[") + body.count(b"{") > MAX_DEPTH
    if not may_be_deep and b"\\u0000" not in body:
        return
    level = [document]
    for _level in range(MAX_DEPTH):
        level = [child for value in level for child in _children(value)]
        if not level:
            return
    raise ParseError(f"The body is nested in more than {MAX_DEPTH} levels.")


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, list):
        return value
    if isinstance(value, str) and "\0" in value:
        raise ParseError("The body holds the character NUL, which cannot be stored.")
    return []
