"""What a tag of the section templates is whose content is written in Python."""

from typing import Any

from django.template import Node
from django.template.base import FilterExpression
from django.template.context import Context
from django.utils.safestring import SafeString


class Piece(Node):
    """A tag that writes one value; it sets no variable of the context."""

    def __init__(self, expression: FilterExpression) -> None:
        self.expression = expression

    def write(self, value: Any, context: Context) -> SafeString:
        """The HTML of a value."""
        raise NotImplementedError

    def render(self, context: Context) -> SafeString:
        return self.write(self.expression.resolve(context), context)
