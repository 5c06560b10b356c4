"""The first thing that a page says."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Heading, Line, Link, Part, Picture
from builder.sections.section import Section


class Detail(Part):
    """A short fact beside the hero: a label and what it is."""

    label: Line
    value: Line


class Props(Heading):
    """`split` sets text beside the picture, `poster` the picture below it over the whole width,
    `centered` text in the middle, `plain` opens an inner page without a picture."""

    variant: Literal["split", "poster", "centered", "plain"] = "split"
    title: Line
    actions: Annotated[tuple[Link, ...], Field(max_length=2)] = ()
    picture: Picture | None = None
    details: Annotated[tuple[Detail, ...], Field(max_length=4)] = ()


SECTION = Section(
    type="Hero",
    name=_("Hero"),
    icon="wallpaper",
    props=Props,
    folder=Path(__file__).parent,
    component_type="button_trigger",
    variants=("split", "poster", "centered", "plain"),
)
