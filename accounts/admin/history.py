"""A record's history in the console: who changed it when, from what to what."""

import datetime
import decimal
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.figures import number
from accounts.history import FieldChange, changes, history_of

PER_PAGE = 50
# Longer values are folded, with their beginning as the fold's name.
SHORT = 120
NOTHING = SafeString("–")
# Said by the line itself, or by where one is.
SAID = frozenset({"created_at", "workspace"})
DEEDS = {
    "insert": (gettext_lazy("added"), "add_circle"),
    "update": (gettext_lazy("changed"), "edit"),
    "delete": (gettext_lazy("deleted"), "delete"),
    "begin": (gettext_lazy("as it was when its history began"), "history"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A change as the page shows it: its fields each as name, value before, value after."""

    at: datetime.datetime
    by: Any
    deed: Any
    icon: str
    changes: list[tuple[str, Any, Any]]


def history_page(page: Any, request: HttpRequest, record: Any) -> TemplateResponse:
    """The record's history, newest first; `?before=` goes on where the page before ended."""
    history = history_of(page.model)
    rows = history.objects.filter(pgh_obj_id=record.pk).select_related("acted_by")
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pgh_id__lt=int(before))
    # One more than is shown: the last row's own predecessor.
    found = list(rows.order_by("-pgh_id")[: PER_PAGE + 1])
    context = {
        **page.admin_site.each_context(request),
        "title": _("History: %s") % record,
        "opts": page.model._meta,
        "object": record,
        "lines": _lines(found),
        "older": found[PER_PAGE - 1].pgh_id if len(found) > PER_PAGE else None,
    }
    return TemplateResponse(request, "accounts/console/history.html", context)


def _lines(rows: list[Any]) -> list[Line]:
    following: list[Any] = [*rows[1:], None]
    changed = [changes(row, earlier) for row, earlier in zip(rows, following, strict=True)][
        :PER_PAGE
    ]
    names = _names(change for one in changed for change in one)
    lines = []
    for row, one in zip(rows, changed, strict=False):
        deed, icon = DEEDS[row.pgh_label]
        shown = [
            (
                capfirst(change.field.verbose_name),
                _shown(change.field, change.before, names),
                _shown(change.field, change.after, names),
            )
            for change in one
            if change.field.name not in SAID
        ]
        lines.append(Line(row.pgh_created_at, row.acted_by, deed, icon, shown))
    return lines


def _names(found: Iterable[FieldChange]) -> dict[tuple[Any, Any], str]:
    """What the records that keys point at are called: one query for each kind of record."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for change in found:
        if change.field.is_relation:
            wanted[change.field.related_model] |= {change.before, change.after} - {None}
    return {
        (model, key): str(record)
        for model, keys in wanted.items()
        for key, record in model._default_manager.in_bulk(keys).items()
    }


def _shown(field: Any, value: Any, names: dict[tuple[Any, Any], str]) -> Any:
    """A value as people read it; keys by the names of what they point at."""
    if value is None or value == "":
        return NOTHING
    if field.is_relation:
        return names.get((field.related_model, value), _("no longer there"))
    if field.choices:
        return dict(field.flatchoices).get(value, value)
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, float | decimal.Decimal):
        return number(value, 4)
    if isinstance(value, dict | list):
        return _folded(json.dumps(value, ensure_ascii=False, indent=2))
    return _folded(str(value))


def _folded(text: str) -> Any:
    """A long text behind its beginning."""
    if len(text) <= SHORT:
        return text
    start = Truncator(" ".join(text.split())).chars(60)
    return format_html(
        '<details><summary>{}</summary><pre dir="auto" class="hh-json">{}</pre></details>',
        start,
        text,
    )
