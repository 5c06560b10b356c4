"""News above everything else: a sentence and where it leads."""

from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _

from builder.sections.props import Label, Line, Link, OptionalLine, SectionProps, Tone
from builder.sections.section import Section


class Props(SectionProps):
    """`bar` is a thin line in the middle, `split` a badge and words with the link at the end,
    `notice` a framed note within the page. Where scripts run a visitor can put it away for good:
    until its words change."""

    variant: Literal["bar", "split", "notice"] = "bar"
    tone: Tone = "inverse"
    badge: Annotated[OptionalLine, Label(hint=_("A word or two before the sentence."))] = ""
    text: Annotated[Line, Label(_("Sentence"))]
    link: Link | None = None
    dismissible: Annotated[bool, Label(_("Can be put away"))] = True


SECTION = Section(
    type="Announcement",
    name=_("Announcement"),
    icon="campaign",
    props=Props,
    folder=Path(__file__).parent,
    variants=("bar", "split", "notice"),
    beside=True,
)
