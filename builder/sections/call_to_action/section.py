"""One thing to do next."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Heading, Line, Link, Picture
from builder.sections.section import Section


class Props(Heading):
    """`band` sets words beside the action, `poster` words below a picture over the whole width,
    `split` the picture beside them, `centered` large words in the middle, `boxed` a frame."""

    variant: Literal["band", "poster", "split", "centered", "boxed"] = "band"
    title: Line
    actions: Annotated[tuple[Link, ...], Field(min_length=1, max_length=2)]
    picture: Picture | None = None


SECTION = Section(
    type="CallToAction",
    name=_("Call to action"),
    icon="ads_click",
    props=Props,
    folder=Path(__file__).parent,
    component_type="button_trigger",
    variants=("band", "poster", "split", "centered", "boxed"),
)
