"""A place in a queue: an e-mail address, and perhaps a name and an answer."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.sections.forms import FormField
from builder.sections.inputs import FormProps, Input, door_fields
from builder.sections.props import Label, Line, OnlyFor, OptionalLine, Picture
from builder.sections.section import Section


class Props(FormProps):
    """`line` is large words over one line to fill in, `card` a framed form, `split` what those who
    wait will get beside it, `poster` the form over a picture."""

    variant: Literal["line", "card", "split", "poster"] = "line"
    title: Line
    asks_name: Annotated[bool, Label(_("Asks for the name"))] = False
    question: Annotated[OptionalLine, Label(hint=_("One more thing to ask, with its answers."))] = (
        ""
    )
    options: Annotated[tuple[Line, ...], Field(max_length=12), Label(_("Its answers"))] = ()
    points: Annotated[tuple[Line, ...], Field(max_length=6), Label(_("Points"))] = ()
    counted: Annotated[
        OptionalLine, Label(_("How many wait"), _("In words, such as “1,240 are before you”."))
    ] = ""
    picture: Annotated[Picture | None, OnlyFor(("split", "poster"))] = None

    @model_validator(mode="after")
    def _question_has_answers(self) -> Self:
        if bool(self.question) != bool(self.options):
            raise PydanticCustomError("options", "A question has answers, and answers a question.")
        return self

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What is asked, with labels in the active language."""
        email = Input(
            name="email", label=gettext("E-mail"), kind="email", required=True, autocomplete="email"
        )
        named = Input(name="name", label=gettext("Your name"), autocomplete="name", required=True)
        asked = (
            (Input(name="answer", label=self.question, kind="select", options=self.options),)
            if self.question
            else ()
        )
        return (*((named,) if self.asks_name else ()), email, *asked)

    @property
    def is_short(self) -> bool:
        """Whether the form is one field, which has its button beside it."""
        return len(self.inputs) == 1


def form_fields(props: Props) -> Sequence[FormField]:
    """The fields as the door checks them."""
    return door_fields(props.inputs)


SECTION = Section(
    type="Waitlist",
    name=_("Waiting list"),
    icon="hourglass_top",
    props=Props,
    folder=Path(__file__).parent,
    component_type="form_handler",
    variants=("line", "card", "split", "poster"),
    form_fields=form_fields,
)
