"""What a published form asks for, as the door that takes in its submissions needs to know it."""

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["text", "email", "tel", "textarea", "select", "checkbox"]

# The page's own fields start with an underscore, which a form's author cannot choose.
PATH_FIELD = "_path"
# People do not see this one; what fills it in is a program.
HONEYPOT_FIELD = "_website"

MAX_LENGTHS: dict[FieldKind, int] = {
    "text": 200,
    "email": 254,
    "tel": 40,
    "textarea": 5000,
    "select": 160,
    "checkbox": 8,
}


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a published form; `options` are the allowed values of a select."""

    name: str
    label: str
    kind: FieldKind
    required: bool
    options: tuple[str, ...] = ()

    @property
    def max_length(self) -> int:
        """Return the greatest number of characters that the field takes."""
        return MAX_LENGTHS[self.kind]
