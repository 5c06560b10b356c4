"""A file for an e-mail address.

What is promised: the file's address is in no page of the site. With `delivery` "page" the door
answers the sent form with a page that has the link; whoever has it once can pass it on, since the
file itself is as public as its host makes it. With "mail" the form only starts the workflow that is
connected to it, and that one's mail has the link: then the address must be given there, and none
stands here.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from builder.sections.forms import FormField, Reward
from builder.sections.inputs import FormProps, Input, door_fields
from builder.sections.props import Kind, Label, Line, OptionalLine, Picture
from builder.sections.section import Section

# An https address, or a path of the site: nothing that has to be looked up in it.
FileAddress = Annotated[
    str,
    Kind("address"),
    StringConstraints(
        max_length=2048, pattern=r"^(https://[A-Za-z0-9\[][^\s\\]*|/[^\s\\/][^\s\\]*)?$"
    ),
]


class Props(FormProps):
    """`cover` sets the file's cover beside the form, `band` words beside one line to fill in,
    `card` is a framed form in the middle."""

    variant: Literal["cover", "band", "card"] = "cover"
    title: Line
    delivery: Annotated[
        Literal["page", "mail"],
        Label(_("Where the link is given"), _("By mail wants a workflow that sends it.")),
    ] = "page"
    file: Annotated[
        FileAddress, Label(hint=_("Stands in no page: who sends the form gets the link."))
    ] = ""
    file_label: Annotated[OptionalLine, Label(_("Words of the link"))] = ""
    format: Annotated[
        OptionalLine, Label(_("Kind of file"), _("Such as “PDF, 24 pages, 3 MB”."))
    ] = ""
    asks_name: Annotated[bool, Label(_("Asks for the name"))] = False
    asks_company: Annotated[bool, Label(_("Asks for the company"))] = False
    points: Annotated[tuple[Line, ...], Field(max_length=8), Label(_("What is in it"))] = ()
    consent: Annotated[OptionalLine, Label(hint=_("A box to tick; empty for none."))] = ""
    picture: Annotated[Picture | None, Label(_("Cover"))] = None

    @model_validator(mode="after")
    def _link_is_where_it_is_given(self) -> Self:
        if self.delivery == "page" and not self.file:
            raise PydanticCustomError("missing_file", "Say where the file is.")
        if self.delivery == "mail" and self.file:
            raise PydanticCustomError(
                "file_by_mail", "By mail the link is given by the workflow, not here."
            )
        return self

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What is asked, with labels in the active language."""
        email = Input(
            name="email", label=gettext("E-mail"), kind="email", required=True, autocomplete="email"
        )
        found = [email]
        if self.asks_name:
            label = gettext("Your name")
            found.insert(0, Input(name="name", label=label, autocomplete="name", required=True))
        if self.asks_company:
            label = gettext("Company")
            found.append(Input(name="company", label=label, autocomplete="organization"))
        if self.consent:
            found.append(Input(name="consent", label=self.consent, kind="checkbox", required=True))
        return tuple(found)

    @property
    def is_short(self) -> bool:
        """Whether the form is one field, which has its button beside it."""
        return len(self.inputs) == 1


def form_fields(props: Props) -> Sequence[FormField]:
    """The fields as the door checks them."""
    return door_fields(props.inputs)


def reward(props: Props) -> Reward | None:
    """The link that the door answers with; none where a workflow sends it."""
    if props.delivery == "mail":
        return None
    return Reward(
        label=props.file_label or gettext("Download"),
        href=props.file,
        title=props.success_title or gettext("Thank you. Here is your file."),
        text=props.success_text,
    )


SECTION = Section(
    type="DownloadGate",
    name=_("Download for an address"),
    icon="download",
    props=Props,
    folder=Path(__file__).parent,
    component_type="download_gate",
    variants=("cover", "band", "card"),
    form_fields=form_fields,
    reward=reward,
)
