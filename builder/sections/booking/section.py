"""An appointment asked for: when, what for, and whom to call back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.forms import FormField
from builder.sections.inputs import FormProps, Input, door_fields
from builder.sections.props import Label, Line, Link, Part, Picture, Prose
from builder.sections.section import Section


class Fact(Part):
    """Something to know before one comes."""

    label: Line
    text: Prose
    link: Link | None = None


class Props(FormProps):
    """`split` sets what to know beside the form, `steps` asks in three numbered steps, `card` is a
    framed form in the middle. It is a request: the owner confirms it."""

    variant: Literal["split", "steps", "card"] = "split"
    services: Annotated[
        tuple[Line, ...], Field(max_length=20), Label(hint=_("What can be booked."))
    ] = ()
    times: Annotated[
        tuple[Line, ...],
        Field(min_length=1, max_length=16),
        Label(hint=_("Hours, or words such as “after Asr”.")),
    ]
    people: Annotated[
        int, Field(ge=0, le=200), Label(_("Most people"), _("0 does not ask how many come."))
    ] = 0
    asks_email: Annotated[bool, Label(_("Asks for the e-mail address"))] = False
    asks_note: Annotated[bool, Label(_("Has room for a wish"))] = True
    facts: Annotated[tuple[Fact, ...], Field(max_length=6)] = ()
    picture: Picture | None = None

    @property
    def what(self) -> tuple[Input, ...]:
        """What for, and for how many."""
        asked: list[Input] = []
        if self.services:
            label = gettext("What for")
            service = Input(
                name="service", label=label, kind="select", required=True, options=self.services
            )
            asked.append(service)
        if self.people:
            label = gettext("How many people")
            people = Input(
                name="people",
                label=label,
                kind="number",
                required=True,
                least=1,
                most=self.people,
                half=True,
            )
            asked.append(people)
        return tuple(asked)

    @property
    def when(self) -> tuple[Input, ...]:
        """The day and the time of day."""
        return (
            Input(name="date", label=gettext("Date"), kind="date", required=True, half=True),
            Input(
                name="time",
                label=gettext("Time of day"),
                kind="radio",
                required=True,
                options=self.times,
            ),
        )

    @property
    def who(self) -> tuple[Input, ...]:
        """Whom to call back."""
        name = Input(
            name="name", label=gettext("Your name"), required=True, autocomplete="name", half=True
        )
        phone = Input(
            name="phone",
            label=gettext("Phone"),
            kind="tel",
            required=True,
            autocomplete="tel",
            half=True,
        )
        email = Input(name="email", label=gettext("E-mail"), kind="email", autocomplete="email")
        wish = Input(name="message", label=gettext("Anything we should know"), kind="textarea")
        more = (*((email,) if self.asks_email else ()), *((wish,) if self.asks_note else ()))
        return (name, phone, *more)


def form_fields(props: Props) -> Sequence[FormField]:
    """The fields as the door checks them."""
    return door_fields((*props.what, *props.when, *props.who))


SECTION = Section(
    type="Booking",
    name=_("Booking"),
    icon="event_available",
    props=Props,
    folder=Path(__file__).parent,
    component_type="form_handler",
    variants=("split", "steps", "card"),
    form_fields=form_fields,
)
