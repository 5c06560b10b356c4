"""Numbers that a person compares: bars, curves, percentages and money.

Each gives a text that a screen reader reads beside the drawing. Drawings are inline SVG without
style attributes; from right to left the style sheet turns them round, and numbers keep their order.
"""

import decimal
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

NOTHING = SafeString("–")
Number = float | int | decimal.Decimal


def bar(value: Number | None, highest: Number, label: str = "") -> SafeString:
    """`value` of `highest` as a bar with its number beside it; `label` replaces the number.

    Values below 0 and above `highest` are drawn empty and full; None is a dash.
    """
    if value is None:
        return NOTHING
    share = min(max(float(value) / float(highest), 0.0), 1.0) if highest else 0.0
    shown = label or number(value)
    return format_html(
        '<span class="hh-meter"><svg viewBox="0 0 100 8" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false"><rect class="hh-meter-rest" width="100" height="8"/>'
        '<rect class="hh-meter-part" width="{}" height="8"/></svg><bdi>{}</bdi></span>',
        f"{share * 100:.1f}",
        shown,
    )


def share_bar(value: Number | None, digits: int = 1) -> SafeString:
    """A share, 0..1, as a bar with its percentage."""
    return NOTHING if value is None else bar(value, 1, percent(value, digits))


def sparkline(values: Sequence[Number | None], label: str = "") -> SafeString:
    """The values, oldest first, as a small curve; those that are None leave a gap out of it.

    The text says the first, the last and the highest. Fewer than two values are no curve.
    """
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return NOTHING if not known else format_html("<bdi>{}</bdi>", number(known[0]))
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    step = 96 / (len(known) - 1)
    points = " ".join(
        f"{2 + index * step:.1f},{18 - (value - low) / span * 16:.1f}"
        for index, value in enumerate(known)
    )
    text = label or _("From %(first)s to %(last)s, at most %(most)s") % {
        "first": number(known[0]),
        "last": number(known[-1]),
        "most": number(high),
    }
    return format_html(
        '<svg class="hh-spark" viewBox="0 0 100 20" role="img" aria-label="{}">'
        '<title>{}</title><polyline points="{}"/><circle cx="98" cy="{}" r="2"/></svg>',
        text,
        text,
        points,
        f"{18 - (known[-1] - low) / span * 16:.1f}",
    )


def percent(value: Number | None, digits: int = 1) -> str:
    """A share, 0..1, as a percentage in the reader's language; a dash for none."""
    if value is None:
        return str(NOTHING)
    return f"{number(float(value) * 100, digits)}%"


def money(amount: Number | None, currency: str) -> SafeString:
    """An amount with its currency (ISO 4217), in one order in both directions."""
    if amount is None:
        return NOTHING
    digits = 2 if abs(float(amount)) >= 1 or not amount else 6
    shown = number_format(decimal.Decimal(str(amount)), decimal_pos=digits, force_grouping=True)
    return format_html('<bdi class="hh-number">{}&nbsp;{}</bdi>', shown, currency)


def number(value: Number, digits: int = 1) -> str:
    """A number with groups of three, at most `digits` after the point."""
    exact = round(float(value), digits)
    whole = exact == int(exact)
    return number_format(
        int(exact) if whole else exact, 0 if whole else digits, force_grouping=True
    )


Column = Callable[[Any, Any], SafeString]


def bar_column(field: str, highest: Number, *, description: Any, ordering: str = "") -> Column:
    """A column of a list that shows `field` of its records as a bar up to `highest`."""

    @admin.display(description=description, ordering=ordering or field)
    def column(page: Any, obj: Any) -> SafeString:
        return bar(getattr(obj, field), highest)

    return column


def share_column(field: str, *, description: Any, ordering: str = "") -> Column:
    """A column of a list that shows a share, 0..1, as a bar with its percentage."""

    @admin.display(description=description, ordering=ordering or field)
    def column(page: Any, obj: Any) -> SafeString:
        return share_bar(getattr(obj, field))

    return column


def money_column(
    field: str, *, description: Any, currency: str = "currency", ordering: str = ""
) -> Column:
    """A column of a list with an amount; `currency` is the record's field, or a code like `USD`."""

    @admin.display(description=description, ordering=ordering or field)
    def column(page: Any, obj: Any) -> SafeString:
        code = currency if currency.isupper() else getattr(obj, currency)
        return money(getattr(obj, field), code)

    return column
