"""JSON answers, written by orjson; apart, since REST framework's views import their renderers."""

import datetime
import json
from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer
from rest_framework.utils.encoders import JSONEncoder


class Encoder(JSONEncoder):
    """REST framework's, which also knows JSON that is text already."""

    def default(self, obj: Any) -> Any:
        if isinstance(obj, orjson.Fragment):
            return json.loads(obj.contents)
        return super().default(obj)


_ENCODER = Encoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class FastJSONRenderer(BaseRenderer):
    """What orjson cannot write (an integer over 64 bits, keys that are no text) Python's own
    encoder writes; what is no number is null or an error, never a bare NaN.
    """

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else encode(data)


class NDJSONRenderer(FastJSONRenderer):
    """One JSON document a line; an error is answered as everywhere (config.api.problems)."""

    media_type = "application/x-ndjson"
    format = "ndjson"


def encode(data: Any) -> bytes:
    """The JSON text of what serializers and lists give: times in UTC end with Z."""
    try:
        return orjson.dumps(data, default=_default, option=orjson.OPT_UTC_Z)
    except orjson.JSONEncodeError:
        return _ENCODER.encode(data).encode()


def _default(value: Any) -> Any:
    if isinstance(value, datetime.timedelta):
        return str(value.total_seconds())
    return _ENCODER.default(value)
