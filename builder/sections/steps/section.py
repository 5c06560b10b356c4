"""What happens, in its order."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Gridded, Line, Link, OptionalLine, Part, Picture, Prose
from builder.sections.section import Section


class Step(Part):
    """A step; `label` is a small word beside it (how long, who, where)."""

    title: Line
    text: Prose = ""
    label: OptionalLine = ""
    picture: Picture | None = None


class Props(Gridded):
    """`numbered` sets large figures beside the steps, `connected` joins them by a line, `cards`
    puts them in columns, `checklist` ticks them off."""

    variant: Literal["numbered", "connected", "cards", "checklist"] = "numbered"
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=20)]
    actions: Annotated[tuple[Link, ...], Field(max_length=2)] = ()


SECTION = Section(
    type="Steps",
    name=_("Steps"),
    icon="format_list_numbered",
    props=Props,
    folder=Path(__file__).parent,
    variants=("numbered", "connected", "cards", "checklist"),
)
