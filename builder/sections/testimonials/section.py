"""What others say."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Gridded, Line, OptionalLine, Part, Picture
from builder.sections.section import Section


class Quote(Part):
    """Words that somebody said, and who."""

    text: Annotated[str, Field(min_length=1, max_length=800)]
    author: Line
    role: OptionalLine = ""
    picture: Picture | None = None


class Props(Gridded):
    """`quote` sets the words large, `columns` side by side, `wall` as slips of paper of their own
    heights, `portrait` large beside the picture of who says it."""

    variant: Literal["quote", "columns", "wall", "portrait"] = "columns"
    quotes: Annotated[tuple[Quote, ...], Field(min_length=1, max_length=12)]


SECTION = Section(
    type="Testimonials",
    name=_("Testimonials"),
    icon="format_quote",
    props=Props,
    folder=Path(__file__).parent,
    component_type="social_proof",
    variants=("quote", "columns", "wall", "portrait"),
)
