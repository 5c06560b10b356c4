"""Entries of a blog, a press room or a reading list."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import (
    Gridded,
    Href,
    Label,
    Line,
    Link,
    OptionalLine,
    Part,
    Picture,
    Prose,
)
from builder.sections.section import Section
from builder.sections.written import Date


class Entry(Part):
    """A text somewhere; `label` is a small word of its kind (“Interview”)."""

    title: Line
    href: Href
    date: Annotated[Date | None, Label(title=_("Date of publication"))] = None
    author: Annotated[OptionalLine, Label(title=_("Author"))] = ""
    text: Prose = ""
    label: OptionalLine = ""
    picture: Picture | None = None


class Props(Gridded):
    """`list` sets entries one below another between rules, `cards` in columns, `magazine` a large
    one beside the others, `index` nothing but dates and titles."""

    variant: Literal["list", "cards", "magazine", "index"] = "list"
    entries: Annotated[tuple[Entry, ...], Field(min_length=1, max_length=60)]
    action: Link | None = None


SECTION = Section(
    type="Posts",
    name=_("List of entries"),
    icon="newspaper",
    props=Props,
    folder=Path(__file__).parent,
    variants=("list", "cards", "magazine", "index"),
)
