"""Why to trust the site's owner: who else does, what they rate, how much was done."""

from pathlib import Path
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.sections.props import Gridded, Href, Label, Line, OnlyFor, OptionalLine, Part, Picture
from builder.sections.section import Section
from builder.sections.written import digits

MOST_STARS = 5
_SHOWS = {"logos": "logos", "strip": "logos", "ratings": "ratings", "figures": "figures"}


class Logo(Part):
    """A customer: a picture of the mark, or the name drawn as one in one of eight hands."""

    name: Line
    look: Annotated[
        Literal["plain", "serif", "mono", "wide", "heavy", "boxed", "ring", "slash"],
        Label(_("Hand"), _("How the name is drawn where there is no picture.")),
    ] = "plain"
    picture: Picture | None = None


class Rating(Part):
    """What people elsewhere rate, of five, and how many did."""

    source: Annotated[Line, Label(_("Where it was rated"))]
    score: Annotated[float, Field(ge=0, le=MOST_STARS), Label(_("Stars"))]
    count: Annotated[int, Field(ge=0, le=100_000_000), Label(_("How many rated"))] = 0
    href: Href | Literal[""] = ""

    @property
    def written(self) -> str:
        """The score in the page's digits, with one place."""
        return digits(f"{self.score:.1f}")

    @property
    def counted(self) -> str:
        """How many rated, in words of the page's language."""
        if not self.count:
            return ""
        text = ngettext("%(count)s rating", "%(count)s ratings", self.count)
        return text % {"count": digits(f"{self.count:,}")}

    @property
    def stars(self) -> tuple[str, ...]:
        """Each star: `full`, `half` or `none`, to the nearest half."""
        halves = round(self.score * 2)
        return tuple(
            "full" if halves >= 2 * n else "half" if halves == 2 * n - 1 else "none"
            for n in range(1, MOST_STARS + 1)
        )


class Figure(Part):
    """A number as it is written, and of what."""

    value: Line
    label: Line
    note: OptionalLine = ""


class Props(Gridded):
    """`logos` sets customers in a ruled grid, `strip` in one line beside a few words, `ratings`
    stars with their sources, `figures` large numbers between rules."""

    variant: Literal["logos", "strip", "ratings", "figures"] = "logos"
    logos: Annotated[tuple[Logo, ...], Field(max_length=18), OnlyFor(("logos", "strip"))] = ()
    ratings: Annotated[tuple[Rating, ...], Field(max_length=6), OnlyFor(("ratings",))] = ()
    figures: Annotated[tuple[Figure, ...], Field(max_length=8), OnlyFor(("figures",))] = ()

    @model_validator(mode="after")
    def _has_what_it_shows(self) -> Self:
        if not getattr(self, _SHOWS[self.variant]):
            raise PydanticCustomError(
                "missing_proof", "Logos and strips want logos, ratings ratings, figures figures."
            )
        return self


SECTION = Section(
    type="SocialProof",
    name=_("Social proof"),
    icon="verified",
    props=Props,
    folder=Path(__file__).parent,
    component_type="social_proof",
    variants=("logos", "strip", "ratings", "figures"),
)
