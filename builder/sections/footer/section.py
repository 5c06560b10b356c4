"""The end of every page: where else to go, how to reach the owner, whose site it is."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Line, Link, OptionalLine, Part, Picture, Prose, SectionProps
from builder.sections.section import Section


class Column(Part):
    """Links under a heading."""

    title: Line
    links: Annotated[tuple[Link, ...], Field(max_length=12)] = ()
    text: Prose = ""


class Props(SectionProps):
    """`columns` is a quiet end, `wordmark` ends with the site's name as large as it goes, `line`
    is one line, `centered` stands in the middle, `statement` says its text in large letters."""

    variant: Literal["columns", "wordmark", "line", "centered", "statement"] = "columns"
    brand: OptionalLine = ""
    text: Prose = ""
    columns: Annotated[tuple[Column, ...], Field(max_length=5)] = ()
    note: OptionalLine = ""
    picture: Picture | None = None


SECTION = Section(
    type="Footer",
    name=_("Footer"),
    icon="bottom_navigation",
    props=Props,
    folder=Path(__file__).parent,
    component_type="navigation_element",
    variants=("columns", "wordmark", "line", "centered", "statement"),
)
