"""A form to write to the site's owner."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.sections.forms import FormField
from builder.sections.inputs import FormProps, Input, door_fields
from builder.sections.props import Line, Link, Part, Picture, Prose
from builder.sections.section import Section


class Fact(Part):
    """Something to know beside the form: an address, the hours."""

    label: Line
    text: Prose
    link: Link | None = None


class Props(FormProps):
    """`split` sets facts beside the form, `stacked` above it, `sheet` the form on a sheet of paper
    over the section's colour, `letter` asks in large lines as one would write."""

    variant: Literal["split", "stacked", "sheet", "letter"] = "split"
    fields: Annotated[tuple[Input, ...], Field(min_length=1, max_length=20)]
    facts: Annotated[tuple[Fact, ...], Field(max_length=6)] = ()
    picture: Picture | None = None

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [field.name for field in self.fields]
        if len(set(names)) < len(names):
            raise PydanticCustomError("duplicate_name", "Two fields of a form have the same name.")
        return self


def form_fields(props: Props) -> Sequence[FormField]:
    """Return the fields as the door checks them."""
    return door_fields(props.fields)


SECTION = Section(
    type="ContactForm",
    name=_("Contact form"),
    icon="contact_mail",
    props=Props,
    folder=Path(__file__).parent,
    component_type="contact_form",
    variants=("split", "stacked", "sheet", "letter"),
    form_fields=form_fields,
)
