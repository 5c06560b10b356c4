"""A few things compared, line by line: a real table, which narrow screens can read too."""

from pathlib import Path
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.sections.props import Heading, Label, Line, Link, OptionalLine, Part, Prose
from builder.sections.section import Section

# What a cell says by a sign.
YES, NO = "yes", "no"


class Column(Part):
    """One of the things that are compared."""

    name: Line
    note: Annotated[OptionalLine, Label(hint=_("Such as its price."))] = ""
    featured: bool = False
    action: Link | None = None


class Row(Part):
    """What is compared; a cell for each column: words, or “yes” or “no” for a sign."""

    label: Line
    hint: OptionalLine = ""
    cells: Annotated[
        tuple[OptionalLine, ...],
        Field(min_length=2, max_length=5),
        Label(hint=_("Words, or yes and no, which become a tick and a dash.")),
    ]


class Props(Heading):
    """`ruled` is a quiet table between rules, `boxed` sets one column off as a card, `versus` puts
    two things against each other in large words."""

    variant: Literal["ruled", "boxed", "versus"] = "ruled"
    columns: Annotated[
        tuple[Column, ...],
        Field(min_length=2, max_length=5),
        Label(hint=_("What is compared; each row has a cell for each of them.")),
    ]
    rows: Annotated[tuple[Row, ...], Field(min_length=1, max_length=40)]
    note: Prose = ""

    @property
    def has_actions(self) -> bool:
        """Whether a column has something to do below it."""
        return any(column.action for column in self.columns)

    @model_validator(mode="after")
    def _rows_fit(self) -> Self:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise PydanticCustomError("cell_count", "A row has as many cells as there are columns.")
        if self.variant == "versus" and len(self.columns) != 2:
            raise PydanticCustomError("two_columns", "Two things are put against each other.")
        return self


SECTION = Section(
    type="Comparison",
    name=_("Comparison"),
    icon="table_chart_view",
    props=Props,
    folder=Path(__file__).parent,
    variants=("ruled", "boxed", "versus"),
)
