"""Where to go: an address, how to get there, when somebody is in."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import (
    Heading,
    Label,
    Line,
    Link,
    OptionalLine,
    Part,
    Picture,
    Prose,
)
from builder.sections.section import Section


class Row(Part):
    """A line of opening hours, as it is written."""

    label: Line
    value: Line


class Place(Part):
    """A place; `address` in lines, as on an envelope."""

    name: OptionalLine = ""
    address: Annotated[Prose, Field(min_length=1), Label(title=_("Address in lines"))]
    hours: Annotated[tuple[Row, ...], Field(max_length=8), Label(title=_("Opening hours"))] = ()
    text: Annotated[Prose, Label(title=_("How to get there"))] = ""
    links: Annotated[
        tuple[Link, ...],
        Field(max_length=4),
        Label(hint=_("Telephone, e-mail, and the way on a map of your choice.")),
    ] = ()
    picture: Picture | None = None


class Props(Heading):
    """`beside` sets the map next to the address, `card` the address on the map, `places` several
    addresses in columns, `sign` the address itself in large letters. The map is a picture: pages
    embed nothing foreign, and a link leads to a map that moves."""

    variant: Literal["beside", "card", "places", "sign"] = "beside"
    places: Annotated[tuple[Place, ...], Field(min_length=1, max_length=12)]
    map: Annotated[
        Picture | None, Label(title=_("Map"), hint=_("A drawing or a picture of the way."))
    ] = None


SECTION = Section(
    type="Location",
    name=_("Location"),
    icon="location_on",
    props=Props,
    folder=Path(__file__).parent,
    variants=("beside", "card", "places", "sign"),
)
