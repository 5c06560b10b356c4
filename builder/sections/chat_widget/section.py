"""A way to ask something at once: a message, or the visitor's own WhatsApp or telephone."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import StringConstraints

from builder.sections.forms import FormField
from builder.sections.inputs import FormProps, Input, door_fields
from builder.sections.props import Kind, Label, OptionalLine
from builder.sections.section import Section

_NOT_A_DIGIT = re.compile(r"\D")
PhoneNumber = Annotated[
    str,
    Kind("line"),
    StringConstraints(strip_whitespace=True, pattern=r"^(\+?[0-9][0-9 ()-]{5,24})?$"),
]


class Props(FormProps):
    """`bubble` is a round button at the screen's corner, `pill` one with words, `bar` a line along
    the lower edge of a phone's screen with WhatsApp and telephone at hand, `inline` a section among
    the others. The button opens a panel without any script."""

    variant: Literal["bubble", "pill", "bar", "inline"] = "bubble"
    button: Annotated[OptionalLine, Label(_("Words of the button"))] = ""
    asks: Annotated[
        Literal["phone", "email"], Label(_("Asks for"), _("Where the answer is to go."))
    ] = "phone"
    whatsapp: Annotated[
        PhoneNumber, Label(hint=_("With the country's number, such as +966 50 123 4567."))
    ] = ""
    whatsapp_text: Annotated[
        OptionalLine, Label(_("First words on WhatsApp"), _("The visitor can change them."))
    ] = ""
    phone: Annotated[
        PhoneNumber, Label(hint=_("With the country's number, such as +966 50 123 4567."))
    ] = ""

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What is asked, with labels in the active language."""
        back = (
            Input(
                name="phone",
                label=gettext("Phone"),
                kind="tel",
                required=True,
                autocomplete="tel",
            )
            if self.asks == "phone"
            else Input(
                name="email",
                label=gettext("E-mail"),
                kind="email",
                required=True,
                autocomplete="email",
            )
        )
        return (
            Input(name="name", label=gettext("Your name"), autocomplete="name"),
            back,
            Input(name="message", label=gettext("Message"), kind="textarea", required=True),
        )

    @property
    def whatsapp_link(self) -> str:
        """The address that opens WhatsApp with a message begun; "" without a number."""
        number = _NOT_A_DIGIT.sub("", self.whatsapp)
        begun = f"?text={quote(self.whatsapp_text)}" if self.whatsapp_text else ""
        return f"https://wa.me/{number}{begun}" if number else ""

    @property
    def phone_link(self) -> str:
        """The address that calls; "" without a number."""
        return f"tel:{re.sub(r'[^0-9+]', '', self.phone)}" if self.phone else ""


def form_fields(props: Props) -> Sequence[FormField]:
    """The fields as the door checks them."""
    return door_fields(props.inputs)


SECTION = Section(
    type="ChatWidget",
    name=_("Chat"),
    icon="chat",
    props=Props,
    folder=Path(__file__).parent,
    component_type="chat_widget",
    variants=("bubble", "pill", "bar", "inline"),
    form_fields=form_fields,
    beside=True,
)
