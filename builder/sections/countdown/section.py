"""How long it is until something begins: the date in words, and where scripts run a clock."""

import datetime
from pathlib import Path
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Heading, Label, Line, Link, Moment, OptionalLine, Picture
from builder.sections.section import Section
from builder.sections.written import digits

Zone = Literal[
    "Asia/Riyadh", "Asia/Dubai", "Asia/Kuwait", "Asia/Bahrain", "Asia/Qatar", "Asia/Muscat",
    "Asia/Amman", "Asia/Beirut", "Asia/Baghdad", "Africa/Cairo", "Africa/Casablanca",
    "Europe/Istanbul", "Europe/London", "Europe/Berlin", "America/New_York", "UTC",
]  # fmt: skip
UNITS: Final = ("day", "hour", "minute", "second")


class Props(Heading):
    """`band` sets words beside the clock, `poster` the clock as large as the page allows, `line` is
    one thin line. After the moment `ended` stands in the clock's place."""

    variant: Literal["band", "poster", "line"] = "band"
    title: Line
    until: Moment
    zone: Annotated[Zone, Label(_("Time zone"))] = "Asia/Riyadh"
    hijri: Annotated[
        bool, Label(_("Hijri date as well"), _("Written by the visitor's browser, by Umm al-Qura."))
    ] = True
    ended: Annotated[OptionalLine, Label(_("When it is over"))] = ""
    actions: Annotated[tuple[Link, ...], Field(max_length=2)] = ()
    picture: Picture | None = None

    @property
    def instant(self) -> str:
        """The moment with its distance from UTC, as HTML's `datetime` wants it."""
        return self._moment.isoformat()

    @property
    def written(self) -> str:
        """The moment in words of the page's language."""
        moment = self._moment.replace(tzinfo=None)
        return gettext("%(date)s at %(time)s") % {
            "date": digits(date_format(moment, "l j F Y")),
            "time": digits(date_format(moment, "H:i")),
        }

    @property
    def units(self) -> tuple[str, ...]:
        return UNITS

    @property
    def _moment(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.until).replace(tzinfo=ZoneInfo(self.zone))


SECTION = Section(
    type="Countdown",
    name=_("Countdown"),
    icon="timer",
    props=Props,
    folder=Path(__file__).parent,
    variants=("band", "poster", "line"),
)
