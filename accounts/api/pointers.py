"""Where in a request an error is: REST framework's nested details as JSON Pointers (RFC 6901)."""

from collections.abc import Iterator
from typing import Any

from rest_framework.exceptions import ErrorDetail
from rest_framework.settings import api_settings

from accounts.faults import json_pointer

Path = tuple[str, ...]


def flatten(detail: Any, path: Path = ()) -> Iterator[tuple[Path, ErrorDetail]]:
    """Each text of a nested error detail, with the path that leads to it."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from flatten(value, (*path, *_steps(key)))
    elif isinstance(detail, list | tuple):
        for index, value in enumerate(detail):
            text = isinstance(value, ErrorDetail)
            yield from flatten(value, path if text else (*path, str(index)))
    elif isinstance(detail, ErrorDetail):
        yield path, detail


def pointed(detail: Any, *, under: str = "") -> list[dict[str, str]]:
    """The texts of an error detail, each with its pointer below the pointer `under`."""
    return [
        {"pointer": under + json_pointer(path), "code": text.code or "invalid", "detail": str(text)}
        for path, text in flatten(detail)
    ]


def _steps(key: Any) -> Path:
    name = str(key)
    if name in (api_settings.NON_FIELD_ERRORS_KEY, "/"):
        return ()
    if name.startswith("/"):
        parts = name[1:].split("/")
        return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)
    return (name,)
