"""What a published form asks for, as the door that takes in its submissions needs to know it."""

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal[
    "text", "email", "tel", "textarea", "select", "radio", "checkbox", "date", "time", "number"
]

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
    "radio": 160,
    "checkbox": 8,
    "date": 10,
    "time": 8,
    "number": 20,
}


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a published form; `options` are the allowed values of a select or radio.

    `least` and `most` bound a number, both included; None is no bound.
    """

    name: str
    label: str
    kind: FieldKind
    required: bool
    options: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    @property
    def max_length(self) -> int:
        """Return the greatest number of characters that the field takes."""
        return MAX_LENGTHS[self.kind]


@dataclass(frozen=True, slots=True)
class Reward:
    """What the door gives to who has sent the form: a file's address and the link's label.

    `href` is an https address or a path of the site.
    """

    label: str
    href: str
    title: str = ""
    text: str = ""
