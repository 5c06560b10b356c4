"""Sums of money, as a page's language writes them (CLDR 44: symbols, and digits of a currency)."""

from typing import Annotated, Final, Literal

from django.utils import translation
from pydantic import Field

from builder.sections.written import digits

Currency = Literal[
    "SAR", "AED", "KWD", "BHD", "QAR", "OMR", "EGP", "JOD", "USD", "EUR", "GBP"
]  # fmt: skip
Amount = Annotated[float, Field(ge=0, le=100_000_000)]

# A thousandth is the smallest coin of these (ISO 4217); of the others a hundredth.
_THOUSANDTHS: Final = frozenset({"KWD", "BHD", "OMR", "JOD"})
_ARABIC: Final = {
    "SAR": "ر.س", "AED": "د.إ", "KWD": "د.ك", "BHD": "د.ب", "QAR": "ر.ق", "OMR": "ر.ع",
    "EGP": "ج.م", "JOD": "د.أ", "USD": "دولار", "EUR": "يورو", "GBP": "جنيه إسترليني",
}  # fmt: skip
_SIGNS: Final = {"USD": "$", "EUR": "€", "GBP": "£"}
_ARABIC_MARKS: Final = str.maketrans({",": "٬", ".": "٫"})
_SPACE: Final = "\N{NO-BREAK SPACE}"


def money(amount: float, currency: Currency) -> str:
    """Write a sum, whole ones without cents: “SAR 1,250”, “$9.50”, in Arabic “١٬٢٥٠ ر.س”."""
    places = 3 if currency in _THOUSANDTHS else 2
    figure = f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,.{places}f}"
    if (translation.get_language() or "").split("-")[0] == "ar":
        return digits(figure.translate(_ARABIC_MARKS)) + _SPACE + _ARABIC[currency]
    sign = _SIGNS.get(currency)
    return f"{sign}{figure}" if sign else f"{currency}{_SPACE}{figure}"
