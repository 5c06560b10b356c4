"""Questions and their answers."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Heading, Line, Link, Part, Prose
from builder.sections.section import Section


class Question(Part):
    """A question and its answer."""

    question: Line
    answer: Annotated[Prose, Field(min_length=1)]


class Props(Heading):
    """`accordion` opens answers one by one, `list` shows them all, `columns` sets them in columns
    without rules, `numbered` counts them in large figures."""

    variant: Literal["accordion", "list", "columns", "numbered"] = "accordion"
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=40)]
    action: Link | None = None


SECTION = Section(
    type="FAQ",
    name=_("Questions and answers"),
    icon="quiz",
    props=Props,
    folder=Path(__file__).parent,
    variants=("accordion", "list", "columns", "numbered"),
)
