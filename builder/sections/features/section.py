"""What is on offer, piece by piece."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Gridded, Line, Link, OptionalLine, Part, Picture, Prose
from builder.sections.section import Section


class Item(Part):
    """One piece; `label` is a small word above it (a number, a year, a place)."""

    title: Line
    text: Prose = ""
    label: OptionalLine = ""
    picture: Picture | None = None
    link: Link | None = None


class Props(Gridded):
    """`grid` sets pieces in columns, `rows` one below another between rules, `gallery` large
    pictures with captions, `figures` the labels as large numbers, `feature` each piece beside
    its picture, turn about, `checks` a close list with ticks."""

    variant: Literal["grid", "rows", "gallery", "figures", "feature", "checks"] = "grid"
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=24)]


SECTION = Section(
    type="Features",
    name=_("Features"),
    icon="grid_view",
    props=Props,
    folder=Path(__file__).parent,
    variants=("grid", "rows", "gallery", "figures", "feature", "checks"),
)
