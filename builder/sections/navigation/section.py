"""The site's name, its pages and one action, at the top of every page."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Link, OptionalLine, Picture, SectionProps
from builder.sections.section import Section


class Props(SectionProps):
    """Without `links` the site's pages are listed; without `brand` stands the site's name."""

    variant: Literal["bar", "centered"] = "bar"
    brand: OptionalLine = ""
    mark: Picture | None = None
    links: Annotated[tuple[Link, ...], Field(max_length=8)] = ()
    action: Link | None = None


SECTION = Section(
    type="Navigation",
    name=_("Navigation"),
    icon="menu",
    props=Props,
    folder=Path(__file__).parent,
    component_type="navigation_element",
    variants=("bar", "centered"),
)
