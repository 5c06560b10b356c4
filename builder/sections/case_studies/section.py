"""Work that was done for somebody: what was wrong, what was done, what came of it."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Gridded, Label, Line, Link, OptionalLine, Part, Picture, Prose
from builder.sections.section import Section


class Result(Part):
    """A figure as it is written (“−38 %”), and what it counts."""

    figure: Annotated[Line, Label(title=_("Figure"))]
    label: Line


class Case(Part):
    """A piece of work; `label` is a small word above it (a trade, a year)."""

    title: Line
    label: OptionalLine = ""
    problem: Annotated[Prose, Label(title=_("The problem"))] = ""
    work: Annotated[Prose, Label(title=_("What was done"))] = ""
    results: Annotated[tuple[Result, ...], Field(max_length=4), Label(title=_("Results"))] = ()
    picture: Picture | None = None
    link: Link | None = None


class Props(Gridded):
    """`rows` sets problem, work and figures side by side, `cards` cases in columns, `feature` each
    large beside its picture, `ledger` the figures first, as accounts do."""

    variant: Literal["rows", "cards", "feature", "ledger"] = "rows"
    cases: Annotated[tuple[Case, ...], Field(min_length=1, max_length=24)]
    problem_title: Annotated[
        OptionalLine, Label(title=_("Words above the problem"), hint=_("“The problem”, if empty."))
    ] = ""
    work_title: Annotated[
        OptionalLine, Label(title=_("Words above the work"), hint=_("“What was done”, if empty."))
    ] = ""


SECTION = Section(
    type="CaseStudies",
    name=_("Case studies"),
    icon="cases",
    props=Props,
    folder=Path(__file__).parent,
    component_type="social_proof",
    variants=("rows", "cards", "feature", "ledger"),
)
