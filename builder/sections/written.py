"""Dates, times of day and numbers: how props say them, and how a page's language writes them.

The language is the active one: a page is rendered with its site's.
"""

import datetime
from typing import Annotated, Final, Literal

from django.utils import translation
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from builder.sections.props import Kind

_ARABIC_DIGITS: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_DATE: Final = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
_TIME: Final = r"^([01]\d|2[0-3]):[0-5]\d$"
_WEEKDAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip


def _real_date(value: str) -> str:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("no_such_day", "The month has no such day.") from None
    return value


# A day as 2026-03-09, and a time of day as 09:30: as HTML's `datetime` wants them.
Date = Annotated[str, Kind("date"), StringConstraints(pattern=_DATE), AfterValidator(_real_date)]
TimeOfDay = Annotated[str, Kind("line"), StringConstraints(pattern=_TIME)]
Clock = Literal["24", "12"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def digits(text: str) -> str:
    """Write a text's digits as Arabic does, on an Arabic page."""
    arabic = (translation.get_language() or "").split("-")[0] == "ar"
    return text.translate(_ARABIC_DIGITS) if arabic else text


def day(value: str) -> str:
    """Write a `Date` with its month in words: “9 March 2026”, “٩ مارس ٢٠٢٦”."""
    return digits(date_format(datetime.date.fromisoformat(value), "j F Y"))


def time_of_day(value: str, *, clock: Clock) -> str:
    """Write a `TimeOfDay`: “14:30”, or by a clock of twelve hours “2:30 pm”, “٢:٣٠ م”."""
    if clock == "24":
        return digits(value)
    hour, minute = int(value[:2]), value[3:]
    morning = translation.pgettext("time of day", "am")
    half = morning if hour < 12 else translation.pgettext("time of day", "pm")
    return digits(f"{hour % 12 or 12}:{minute}") + f"\N{NO-BREAK SPACE}{half}"


def weekday(value: Weekday) -> str:
    """Write the name of a day of the week."""
    return str(WEEKDAYS[_WEEKDAYS.index(value)])
