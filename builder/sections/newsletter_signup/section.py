"""A form of one field: an e-mail address to write to now and then."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext_lazy as _

from builder.sections.forms import FormField
from builder.sections.props import Heading, OptionalLine, Picture, Prose
from builder.sections.section import Section


class Props(Heading):
    """`band` sets text beside the form, `card` both in the middle, `poster` large words above it,
    `slip` everything on a slip of paper."""

    variant: Literal["band", "card", "poster", "slip"] = "band"
    label: OptionalLine = ""
    submit: OptionalLine = ""
    picture: Picture | None = None
    note: Prose = ""
    success_title: OptionalLine = ""
    success_text: Prose = ""


def form_fields(props: Props) -> Sequence[FormField]:
    """Return the one field, which the form always calls `email`."""
    return (FormField("email", props.label or "E-mail", "email", required=True),)


SECTION = Section(
    type="NewsletterSignup",
    name=_("Newsletter signup"),
    icon="mark_email_read",
    props=Props,
    folder=Path(__file__).parent,
    component_type="newsletter_signup",
    variants=("band", "card", "poster", "slip"),
    form_fields=form_fields,
)
