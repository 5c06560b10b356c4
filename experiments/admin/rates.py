"""Rates of variations as bars, each with the interval in which it lies."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.admin.figures import NOTHING, number, percent
from experiments.models import TestVariation
from journeys.admin.tables import small_table


def rate_bar(
    rate: float | None, lower: float | None, upper: float | None, highest: float
) -> SafeString:
    """A rate, 0..1, as a bar up to `highest`, with its interval as a line across the bar's end.

    The text beside it says the rate and the interval; no rate is a dash.
    """
    if rate is None:
        return NOTHING
    text, line = percent(rate), SafeString("")
    if lower is not None and upper is not None:
        text = f"{text} ({percent(lower)} – {percent(upper)})"
        line = format_html(
            '<path d="M{0} 1v6M{0} 4H{1}M{1} 1v6" fill="none" stroke="currentColor"'
            ' vector-effect="non-scaling-stroke"/>',
            _place(lower, highest),
            _place(upper, highest),
        )
    return format_html(
        '<span class="hh-meter"><svg viewBox="0 0 100 8" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false"><rect class="hh-meter-rest" width="100" height="8"/>'
        '<rect class="hh-meter-part" width="{}" height="8"/>{}</svg><bdi>{}</bdi></span>',
        _place(rate, highest),
        line,
        text,
    )


def rates_table(variations: Sequence[TestVariation]) -> SafeString:
    """The variations side by side: how many people, and which share of them converted."""
    if not variations:
        return NOTHING
    ends = [
        value
        for variation in variations
        for value in (variation.conversion_rate, variation.confidence_interval_upper)
        if value is not None
    ]
    highest = max(ends, default=1) or 1
    rows = (
        (
            variation.name,
            number(variation.visitors),
            rate_bar(
                variation.conversion_rate,
                variation.confidence_interval_lower,
                variation.confidence_interval_upper,
                highest,
            ),
        )
        for variation in variations
    )
    return small_table([_("variation"), _("people"), _("conversion rate")], rows)


def _place(value: float, highest: float) -> str:
    return f"{min(max(value / highest, 0.0), 1.0) * 100:.1f}"
