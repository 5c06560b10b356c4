"""Things to buy, with what they cost."""

from pathlib import Path
from typing import Annotated, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.sections.money import Amount, Currency, money
from builder.sections.props import Gridded, Label, Line, Link, OptionalLine, Part, Picture, Prose
from builder.sections.section import Section


class Product(Part):
    """A thing with its price; without a currency of its own it has the section's."""

    name: Line
    price: Amount
    before: Annotated[Amount | None, Label(_("Price before"), _("Shown struck through."))] = None
    currency: Currency | None = None
    unit: Annotated[OptionalLine, Label(_("Unit"), _("Such as “250 g” or “a pair”."))] = ""
    text: Prose = ""
    badge: Annotated[OptionalLine, Label(_("Badge"))] = ""
    picture: Picture | None = None
    link: Link | None = None
    available: Annotated[bool, Label(_("Available"))] = True

    @model_validator(mode="after")
    def _was_dearer(self) -> Self:
        if self.before is not None and self.before <= self.price:
            raise PydanticCustomError("not_dearer", "The price before is higher than the price.")
        return self


class Priced(Part):
    """A product as the template writes it: sums in words of the page's language."""

    product: Product
    price: str
    before: str


class Props(Gridded):
    """`grid` sets pictures in columns, `rows` a price list with small pictures, `shelf` scrolls
    sideways, `lead` has the first large and the others beside it."""

    variant: Literal["grid", "rows", "shelf", "lead"] = "grid"
    currency: Currency = "SAR"
    products: Annotated[tuple[Product, ...], Field(min_length=1, max_length=48)]
    note: Prose = ""

    @property
    def priced(self) -> tuple[Priced, ...]:
        """The products with their prices as the active language writes them."""
        return tuple(self._priced(each) for each in self.products)

    def _priced(self, product: Product) -> Priced:
        currency = product.currency or self.currency
        before = "" if product.before is None else money(product.before, currency)
        return Priced(product=product, price=money(product.price, currency), before=before)


SECTION = Section(
    type="Products",
    name=_("Products"),
    icon="shopping_bag",
    props=Props,
    folder=Path(__file__).parent,
    variants=("grid", "rows", "shelf", "lead"),
)
