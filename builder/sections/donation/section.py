"""A pledge to give: how much, how often, and whom to ask. No money changes hands on the page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.sections.forms import FormField
from builder.sections.inputs import FormProps, Input, door_fields
from builder.sections.money import Amount, Currency, money
from builder.sections.props import Label, Line, OptionalLine, Part, Picture
from builder.sections.section import Section

OTHER: Final = "other"


class Gift(Part):
    """A sum that can be chosen, and what it does."""

    amount: Annotated[float, Field(gt=0, le=1_000_000)]
    does: Annotated[OptionalLine, Label(_("What it does"))] = ""


class Goal(Part):
    """What is to be raised, and how much of it is there."""

    raised: Annotated[Amount, Label(_("Raised"))]
    target: Annotated[float, Field(gt=0, le=100_000_000), Label(_("Goal"))]
    text: OptionalLine = ""


class Sum(Part):
    """A gift as the template writes it."""

    value: str
    written: str
    does: str


class Props(FormProps):
    """`split` sets the cause beside the form, `card` is a framed form in the middle, `ledger` lists
    what each sum does, as one reads it in a ledger."""

    variant: Literal["split", "card", "ledger"] = "split"
    currency: Currency = "SAR"
    gifts: Annotated[
        tuple[Gift, ...], Field(min_length=1, max_length=8), Label(_("Sums to choose from"))
    ]
    asks_other: Annotated[bool, Label(_("Another sum can be named"))] = True
    monthly: Annotated[bool, Label(_("Can be given monthly"))] = True
    causes: Annotated[tuple[Line, ...], Field(max_length=12), Label(_("Causes"))] = ()
    goal: Annotated[Goal | None, Label(_("Goal"))] = None
    picture: Picture | None = None

    @model_validator(mode="after")
    def _sums_differ(self) -> Self:
        if len({each.amount for each in self.gifts}) < len(self.gifts):
            raise PydanticCustomError("duplicate_sum", "Two of the sums are the same.")
        return self

    @property
    def sums(self) -> tuple[Sum, ...]:
        """The sums, written in the page's language."""
        return tuple(
            Sum(
                value=f"{each.amount:g}",
                written=money(each.amount, self.currency),
                does=each.does,
            )
            for each in self.gifts
        )

    @property
    def raised(self) -> str:
        """How much is there, of how much."""
        if self.goal is None:
            return ""
        return gettext("%(raised)s of %(target)s") % {
            "raised": money(self.goal.raised, self.currency),
            "target": money(self.goal.target, self.currency),
        }

    @property
    def progress(self) -> str:
        """The part that is there, in whole percent, 100 at most."""
        part = self.goal.raised / self.goal.target if self.goal else 0
        return str(min(100, round(part * 100)))

    @property
    def amount_input(self) -> Input:
        """The choice of a sum, as the door checks it."""
        values = tuple(each.value for each in self.sums)
        other = (OTHER,) if self.asks_other else ()
        return Input(
            name="amount",
            label=gettext("How much"),
            kind="radio",
            required=True,
            options=(*values, *other),
        )

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What is asked after the sum."""
        often = (gettext("Once"), gettext("Every month"))
        found = [
            Input(
                name="often", label=gettext("How often"), kind="radio", required=True, options=often
            )
        ]
        found = found if self.monthly else []
        if self.causes:
            label = gettext("What for")
            found.append(Input(name="cause", label=label, kind="select", options=self.causes))
        name = Input(
            name="name", label=gettext("Your name"), required=True, autocomplete="name", half=True
        )
        phone = Input(
            name="phone",
            label=gettext("Phone"),
            kind="tel",
            required=True,
            autocomplete="tel",
            half=True,
        )
        email = Input(name="email", label=gettext("E-mail"), kind="email", autocomplete="email")
        return (*found, name, phone, email)

    @property
    def other_input(self) -> Input | None:
        """The sum that is none of those."""
        if not self.asks_other:
            return None
        label = gettext("Another sum (%(currency)s)") % {"currency": self.currency}
        return Input(name="other_amount", label=label, kind="number", least=1, most=1_000_000)


def form_fields(props: Props) -> Sequence[FormField]:
    """The fields as the door checks them."""
    other = (props.other_input,) if props.other_input else ()
    return door_fields((props.amount_input, *other, *props.inputs))


SECTION = Section(
    type="Donation",
    name=_("Donation"),
    icon="volunteer_activism",
    props=Props,
    folder=Path(__file__).parent,
    component_type="form_handler",
    variants=("split", "card", "ledger"),
    form_fields=form_fields,
)
