"""What happens when: the programme of an event, or the hours when a place is open."""

from pathlib import Path
from typing import Annotated, Final, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.sections.props import Heading, Label, Line, Link, OnlyFor, OptionalLine, Part, Prose
from builder.sections.section import Section
from builder.sections.written import Clock, Date, TimeOfDay, Weekday

_AT = Label(hint=_("As 09:30 or 17:00; the page writes it as its language does."))


class Span(Part):
    """From when to when; past midnight where the end is before the start."""

    start: Annotated[TimeOfDay, _AT]
    end: Annotated[TimeOfDay, _AT]


class Session(Part):
    """Something in a programme; a pause (`is_break`: coffee, prayer) is set smaller."""

    start: Annotated[TimeOfDay, _AT]
    end: Annotated[TimeOfDay | None, _AT] = None
    title: Line
    text: Prose = ""
    by: Annotated[OptionalLine, Label(title=_("By whom"))] = ""
    track: Annotated[OptionalLine, Label(title=_("Track or room"))] = ""
    is_break: Annotated[bool, Label(title=_("A pause"))] = False


class Day(Part):
    """A day of a programme."""

    title: Line
    date: Annotated[Date | None, Label(title=_("Date"))] = None
    sessions: Annotated[tuple[Session, ...], Field(min_length=1, max_length=60)]


class Hours(Part):
    """Days of the week with one opening time; none is “closed”."""

    first: Annotated[Weekday, Label(title=_("First day"))]
    last: Annotated[Weekday | None, Label(title=_("Last day"))] = None
    open: Annotated[tuple[Span, ...], Field(max_length=4), Label(title=_("Open"))] = ()
    note: OptionalLine = ""


class Pause(Part):
    """A time within the open hours when nobody serves, such as a prayer."""

    title: Line
    start: Annotated[TimeOfDay | None, _AT] = None
    end: Annotated[TimeOfDay | None, _AT] = None
    note: OptionalLine = ""


_BY_DAYS: Final = OnlyFor(("agenda", "columns"))
_BY_HOURS: Final = OnlyFor(("hours", "board"))


class Props(Heading):
    """`agenda` (days one below another) and `columns` (side by side) want `days`; `hours` (a table)
    and `board` (large, as on a door) want `hours`, and may have `pauses`."""

    variant: Literal["agenda", "columns", "hours", "board"] = "agenda"
    days: Annotated[
        tuple[Day, ...], Field(max_length=10), Label(title=_("Programme")), _BY_DAYS
    ] = ()
    hours: Annotated[
        tuple[Hours, ...], Field(max_length=7), Label(title=_("Opening hours")), _BY_HOURS
    ] = ()
    pauses: Annotated[
        tuple[Pause, ...], Field(max_length=8), Label(title=_("Pauses")), _BY_HOURS
    ] = ()
    clock: Annotated[Clock, Label(title=_("Hours of the clock"))] = "24"
    note: Prose = ""
    action: Link | None = None

    @model_validator(mode="after")
    def _has_what_it_shows(self) -> Self:
        if not (self.days if self.variant in ("agenda", "columns") else self.hours):
            raise PydanticCustomError(
                "missing_times", "An agenda wants days, and a table of hours wants hours."
            )
        return self


SECTION = Section(
    type="Schedule",
    name=_("Schedule"),
    icon="calendar_month",
    props=Props,
    folder=Path(__file__).parent,
    variants=("agenda", "columns", "hours", "board"),
)
