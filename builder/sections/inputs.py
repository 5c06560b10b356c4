"""What sections with a form have in common: their fields, the button, the thanks."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Final, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from builder.sections.forms import FieldKind, FormField
from builder.sections.props import Fold, Heading, Label, Line, OptionalLine, Part, Prose

_CHOSEN = frozenset({"select", "radio"})


class Input(Part):
    """One field; `name` is the key of its value in the event and in the workflow's texts."""

    name: Annotated[
        str,
        StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"),
        Label(_("Key"), _("By this name workflows know the answer.")),
    ]
    label: Line
    kind: FieldKind = "text"
    required: bool = False
    hint: OptionalLine = ""
    autocomplete: Annotated[str, StringConstraints(pattern=r"^[a-z -]{0,40}$")] = ""
    options: Annotated[tuple[Line, ...], Field(max_length=40)] = ()
    half: bool = False
    least: float | None = None
    most: float | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.kind in _CHOSEN) != bool(self.options):
            raise PydanticCustomError("options", "A choice has options, and nothing else has.")
        if self.kind != "number" and (self.least, self.most) != (None, None):
            raise PydanticCustomError("bounds", "Only a number has bounds.")
        return self

    @property
    def min(self) -> str:
        """The least number as HTML writes it."""
        return "" if self.least is None else f"{self.least:g}"

    @property
    def max(self) -> str:
        return "" if self.most is None else f"{self.most:g}"


OF_FORM: Final = Fold(_("Form"))


class FormProps(Heading):
    """A form with a button; without texts of its own it says the usual in the page's language."""

    submit: Annotated[OptionalLine, OF_FORM] = ""
    note: Annotated[Prose, Label(hint=_("Small, below the form.")), OF_FORM] = ""
    success_title: Annotated[OptionalLine, OF_FORM] = ""
    success_text: Annotated[Prose, OF_FORM] = ""


def door_fields(inputs: Iterable[Input]) -> Sequence[FormField]:
    """The fields as the door checks them."""
    return tuple(
        FormField(
            each.name, each.label, each.kind, each.required, each.options, each.least, each.most
        )
        for each in inputs
    )
