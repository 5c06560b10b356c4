"""The site's name, its pages and one action, at the top of every page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Label, Link, OptionalLine, Picture, SectionProps
from builder.sections.section import Section


class MenuLink(Link):
    """A link, which may have others below it."""

    children: Annotated[tuple[Link, ...], Field(max_length=12), Label(_("Links below it"))] = ()


class Props(SectionProps):
    """`bar` is one line, `centered` has the links below the name in the middle, `double` a line for
    the name and one for the links, `framed` a bar with room around it. Without `links` the site's
    pages are listed; without `brand` stands the site's name."""

    variant: Literal["bar", "centered", "double", "framed"] = "bar"
    brand: OptionalLine = ""
    mark: Picture | None = None
    links: Annotated[tuple[MenuLink, ...], Field(max_length=8)] = ()
    action: Link | None = None
    sticky: Annotated[bool, Label(_("Stays in sight"))] = False


def has_sub_menus(props: Mapping[str, Any]) -> bool:
    """Whether a link has others below it: those close by a click elsewhere, by a script."""
    return any(link.get("children") for link in props.get("links") or ())


SECTION = Section(
    type="Navigation",
    name=_("Navigation"),
    icon="menu",
    props=Props,
    folder=Path(__file__).parent,
    component_type="navigation_element",
    variants=("bar", "centered", "double", "framed"),
    wants_script=has_sub_menus,
)
