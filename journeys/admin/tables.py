"""Small tables within a record's page, for what is too much to be edited there."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

NOTHING = SafeString("–")


def small_table(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> SafeString:
    """Rows under headings, in the reader's direction; a dash where there are none."""
    lines = [
        format_html("<tr>{}</tr>", format_html_join("", "<td><bdi>{}</bdi></td>", _cells(row)))
        for row in rows
    ]
    if not lines:
        return NOTHING
    head = format_html_join("", "<th>{}</th>", ((heading,) for heading in headings))
    body = format_html_join("", "{}", ((line,) for line in lines))
    return format_html(
        '<table class="hh-log"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', head, body
    )


def moment(value: Any) -> str:
    """A time as the reader writes it, in their time zone; a dash for none."""
    if value is None:
        return str(NOTHING)
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")


def _cells(row: Sequence[Any]) -> Iterable[tuple[Any]]:
    return ((NOTHING if cell in (None, "") else cell,) for cell in row)
