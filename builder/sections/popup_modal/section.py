"""Something that asks for attention once: a dialog where scripts run, a section where they do not.

It opens by a link to its id (`#offer`), after a while or when a page was read far enough, once for
each visitor; Escape, the button and a click beside it close it, and the focus goes back.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from builder.sections.forms import FormField
from builder.sections.inputs import FormProps, Input, door_fields
from builder.sections.props import Label, Line, Link, Picture
from builder.sections.section import Section


class Props(FormProps):
    """`card` has its picture above or beside the words, `banner` comes up from the lower edge and
    covers nothing else, `offer` says one thing in large letters."""

    variant: Literal["card", "banner", "offer"] = "card"
    title: Line
    opens: Annotated[
        Literal["link", "time", "scroll"],
        Label(_("Opens"), _("A link to this section's id opens it in any case.")),
    ] = "time"
    after: Annotated[int, Field(ge=0, le=600), Label(_("After how many seconds"))] = 20
    depth: Annotated[
        int, Field(ge=5, le=100), Label(_("After how much of the page"), _("In percent."))
    ] = 60
    again: Annotated[
        int, Field(ge=0, le=365), Label(_("Again after how many days"), _("0 is never again."))
    ] = 0
    asks_email: Annotated[bool, Label(_("Asks for the e-mail address"))] = False
    actions: Annotated[tuple[Link, ...], Field(max_length=2)] = ()
    picture: Picture | None = None

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The e-mail address, where it is asked for."""
        if not self.asks_email:
            return ()
        label = gettext("E-mail")
        return (
            Input(name="email", label=label, kind="email", required=True, autocomplete="email"),
        )


def form_fields(props: Props) -> Sequence[FormField]:
    """The fields as the door checks them; none where it only says something."""
    return door_fields(props.inputs)


SECTION = Section(
    type="PopupModal",
    name=_("Pop-up"),
    icon="open_in_new",
    props=Props,
    folder=Path(__file__).parent,
    component_type="popup_modal",
    variants=("card", "banner", "offer"),
    form_fields=form_fields,
    beside=True,
)
