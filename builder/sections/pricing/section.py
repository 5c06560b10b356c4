"""What things cost: plans side by side, or a list like a menu."""

from pathlib import Path
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.sections.props import Heading, Line, Link, OnlyFor, OptionalLine, Part, Picture, Prose
from builder.sections.section import Section


class Plan(Part):
    """An offer with its price as it is written ("€49", "from £4,800")."""

    name: Line
    price: Line
    period: OptionalLine = ""
    text: Prose = ""
    includes: Annotated[tuple[Line, ...], Field(max_length=12)] = ()
    action: Link | None = None
    featured: bool = False
    note: OptionalLine = ""


class Entry(Part):
    """A line of a menu."""

    name: Line
    price: Line
    text: Prose = ""


class Group(Part):
    """Lines of a menu under one heading."""

    title: Line
    text: Prose = ""
    picture: Picture | None = None
    entries: Annotated[tuple[Entry, ...], Field(min_length=1, max_length=40)]


class Props(Heading):
    """`cards`, `rows` (a plan a line) and `plain` (side by side between rules) want `plans`, `menu`
    wants `groups`; `note` stands below in small."""

    variant: Literal["cards", "rows", "plain", "menu"] = "cards"
    plans: Annotated[
        tuple[Plan, ...], Field(max_length=6), OnlyFor(("cards", "rows", "plain"))
    ] = ()
    groups: Annotated[tuple[Group, ...], Field(max_length=12), OnlyFor(("menu",))] = ()
    note: Prose = ""

    @model_validator(mode="after")
    def _has_what_it_shows(self) -> Self:
        if not (self.groups if self.variant == "menu" else self.plans):
            raise PydanticCustomError(
                "missing_prices", "A menu wants groups of entries, and all else wants plans."
            )
        return self


SECTION = Section(
    type="Pricing",
    name=_("Pricing"),
    icon="sell",
    props=Props,
    folder=Path(__file__).parent,
    component_type="pricing_table",
    variants=("cards", "rows", "plain", "menu"),
)
