"""The first thing that a page says."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.forms import FormField
from builder.sections.inputs import OF_FORM, FormProps, Input, door_fields
from builder.sections.props import (
    Label,
    Line,
    Link,
    OnlyFor,
    OptionalLine,
    Part,
    Picture,
    Prose,
)
from builder.sections.section import Section


class Detail(Part):
    """A short fact beside the hero: a label and what it is."""

    label: Line
    value: Line


_WITH_FORM: Final = OnlyFor(("form",))


class Props(FormProps):
    """`split` sets text beside the picture, `poster` the picture below it over the whole width,
    `behind` the picture behind the words, `centered` text in the middle, `form` asks for the
    e-mail address at once, `plain` opens an inner page without a picture."""

    variant: Literal["split", "poster", "behind", "centered", "form", "plain"] = "split"
    title: Line
    actions: Annotated[tuple[Link, ...], Field(max_length=2)] = ()
    picture: Picture | None = None
    details: Annotated[tuple[Detail, ...], Field(max_length=4)] = ()
    submit: Annotated[OptionalLine, OF_FORM, _WITH_FORM] = ""
    note: Annotated[Prose, Label(hint=_("Small, below the form.")), OF_FORM, _WITH_FORM] = ""
    success_title: Annotated[OptionalLine, OF_FORM, _WITH_FORM] = ""
    success_text: Annotated[Prose, OF_FORM, _WITH_FORM] = ""

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The e-mail address, where it is asked for."""
        if self.variant != "form":
            return ()
        label = gettext("E-mail")
        return (
            Input(name="email", label=label, kind="email", required=True, autocomplete="email"),
        )


def form_fields(props: Props) -> Sequence[FormField]:
    """The fields as the door checks them; none where the hero only says something."""
    return door_fields(props.inputs)


SECTION = Section(
    type="Hero",
    name=_("Hero"),
    icon="wallpaper",
    props=Props,
    folder=Path(__file__).parent,
    component_type="button_trigger",
    variants=("split", "poster", "behind", "centered", "form", "plain"),
    form_fields=form_fields,
)
