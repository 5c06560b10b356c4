"""A form to write to the site's owner."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from builder.sections.forms import FieldKind, FormField
from builder.sections.props import Heading, Line, Link, OptionalLine, Part, Picture, Prose
from builder.sections.section import Section


class Input(Part):
    """One field; `name` is the key of its value in the event and in the workflow's texts."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    label: Line
    kind: FieldKind = "text"
    required: bool = False
    hint: OptionalLine = ""
    autocomplete: Annotated[str, StringConstraints(pattern=r"^[a-z -]{0,40}$")] = ""
    options: Annotated[tuple[Line, ...], Field(max_length=40)] = ()
    half: bool = False

    @model_validator(mode="after")
    def _select_has_options(self) -> Self:
        if (self.kind == "select") != bool(self.options):
            raise PydanticCustomError("options", "A select has options, and nothing else has.")
        return self


class Fact(Part):
    """Something to know beside the form: an address, the hours."""

    label: Line
    text: Prose
    link: Link | None = None


class Props(Heading):
    """`split` sets facts beside the form, `stacked` above it."""

    variant: Literal["split", "stacked"] = "split"
    fields: Annotated[tuple[Input, ...], Field(min_length=1, max_length=20)]
    submit: OptionalLine = ""
    facts: Annotated[tuple[Fact, ...], Field(max_length=6)] = ()
    picture: Picture | None = None
    note: Prose = ""
    success_title: OptionalLine = ""
    success_text: Prose = ""

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [field.name for field in self.fields]
        if len(set(names)) < len(names):
            raise PydanticCustomError("duplicate_name", "Two fields of a form have the same name.")
        return self


def form_fields(props: Props) -> Sequence[FormField]:
    """Return the fields as the door checks them."""
    return tuple(
        FormField(field.name, field.label, field.kind, field.required, field.options)
        for field in props.fields
    )


SECTION = Section(
    type="ContactForm",
    name=_("Contact form"),
    icon="contact_mail",
    props=Props,
    folder=Path(__file__).parent,
    component_type="contact_form",
    variants=("split", "stacked"),
    form_fields=form_fields,
)
