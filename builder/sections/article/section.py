"""A text to be read: an essay, a report, terms and conditions."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.props import Heading, Label, OptionalLine, Part, Picture, Prose, Rich
from builder.sections.section import Section
from builder.sections.written import Date


class Chapter(Part):
    """A piece of the text under a title of its own; what it has besides follows the text."""

    title: Annotated[OptionalLine, Label(hint=_("Chapters with a title are in the contents."))] = ""
    text: Rich = ""
    picture: Picture | None = None
    caption: OptionalLine = ""
    pull_quote: Annotated[
        Prose, Label(title=_("Words set large"), hint=_("A sentence out of the text, to stop at."))
    ] = ""


class Props(Heading):
    """`column` sets the text in one measure, `contents` beside a table of contents, `feature`
    below a picture over the whole width and with a large first letter, `numbered` in numbered
    chapters, as contracts are."""

    variant: Literal["column", "contents", "feature", "numbered"] = "column"
    author: Annotated[OptionalLine, Label(title=_("Author"))] = ""
    date: Annotated[Date | None, Label(title=_("Date of publication"))] = None
    updated: Annotated[Date | None, Label(title=_("Date of the last change"))] = None
    picture: Picture | None = None
    caption: OptionalLine = ""
    chapters: Annotated[tuple[Chapter, ...], Field(min_length=1, max_length=60)]


SECTION = Section(
    type="Article",
    name=_("Article"),
    icon="article",
    props=Props,
    folder=Path(__file__).parent,
    variants=("column", "contents", "feature", "numbered"),
)
