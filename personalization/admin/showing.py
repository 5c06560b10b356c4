"""How the pages show documents and statuses."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import admin
from django.db import models
from django.utils.safestring import SafeString
from unfold.decorators import display

from accounts.admin.base import ConsolePage, readable_json
from accounts.admin.links import EMPTY

# An address without its scheme is meant to be a safe one.
HTTPS: Final[Any] = {
    **ConsolePage.formfield_overrides,
    models.URLField: {"assume_scheme": "https"},
}
COLOURS: Final = {
    "active": "success",
    "completed": "success",
    "implemented": "success",
    "accepted": "info",
    "suggested": "info",
    "new": "info",
    "paused": "warning",
    "stopped": "danger",
    "cancelled": "danger",
}


def document(field: str, label: Any) -> Callable[[Any, Any], SafeString]:
    """A read-only field that shows a JSON document for people; a dash for an empty one."""

    @admin.display(description=label)
    def column(page: Any, obj: Any) -> SafeString:
        value = getattr(obj, field)
        return readable_json(value) if value else EMPTY

    return column


def status_column(label: Any) -> Any:
    """A column with the status in its colour."""

    @display(description=label, ordering="status", label=COLOURS)  # type: ignore[untyped-decorator]
    def column(page: Any, obj: Any) -> tuple[str, str]:
        return obj.status, obj.get_status_display()

    return column
