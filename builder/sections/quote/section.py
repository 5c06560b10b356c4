"""One voice, large enough to stop at."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import StringConstraints

from builder.sections.props import Kind, Label, Line, Link, OptionalLine, Picture, SectionProps
from builder.sections.section import Section


class Props(SectionProps):
    """`large` sets the words over the whole width, `portrait` beside who says them, `framed` in
    rules with the name between, `aside` small, at the side of a wide margin."""

    variant: Literal["large", "portrait", "framed", "aside"] = "large"
    words: Annotated[
        str,
        Kind("prose"),
        StringConstraints(strip_whitespace=True, min_length=1, max_length=600),
        Label(title=_("What is said")),
    ]
    author: Line
    role: OptionalLine = ""
    picture: Picture | None = None
    source: Annotated[
        Link | None, Label(title=_("Source"), hint=_("Where the words are from."))
    ] = None


SECTION = Section(
    type="Quote",
    name=_("Quotation"),
    icon="format_quote",
    props=Props,
    folder=Path(__file__).parent,
    component_type="social_proof",
    variants=("large", "portrait", "framed", "aside"),
)
