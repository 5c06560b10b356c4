"""Numbers as a person reads them."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def percent(value: float, sign: str = "") -> str:
    """A ratio as a percentage, one digit below ten: 0.0345 -> 3.5 %; sign "+" shows a plus."""
    amount = value * 100
    digits = 1 if 0 < abs(amount) < 10 else 0
    text = number_format(round(amount, digits), decimal_pos=digits)
    return f"{'+' if sign and amount > 0 else ''}{text}\N{NARROW NO-BREAK SPACE}%"


@register.filter
def bar_width(share: float) -> str:
    """A share as a CSS width; what is not nothing stays visible."""
    return f"{max(share * 100, 0.7 if share else 0):.1f}%"
