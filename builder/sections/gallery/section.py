"""Pictures to look at."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Gridded, OptionalLine, Part, Picture
from builder.sections.section import Section


class Shot(Part):
    """A picture with what is said of it; `detail` is the small second line (a place, a year)."""

    picture: Picture
    caption: OptionalLine = ""
    detail: OptionalLine = ""

    @property
    def name(self) -> str:
        """What the picture is called where it cannot be seen."""
        return self.caption or self.picture.alt


class Props(Gridded):
    """`masonry` lets pictures keep their shape in columns, `grid` cuts them alike with captions
    below, `mosaic` begins with a large one, `strip` is scrolled sideways, `lightbox` opens each
    over the page."""

    variant: Literal["masonry", "grid", "mosaic", "strip", "lightbox"] = "masonry"
    pictures: Annotated[tuple[Shot, ...], Field(min_length=1, max_length=40)]


SECTION = Section(
    type="Gallery",
    name=_("Gallery"),
    icon="photo_library",
    props=Props,
    folder=Path(__file__).parent,
    variants=("masonry", "grid", "mosaic", "strip", "lightbox"),
)
