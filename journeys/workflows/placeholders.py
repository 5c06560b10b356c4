"""Texts with `{{ contact.name }}` in them: names are looked up, and nothing else is done.

A customer writes these texts, so they are no template language: no tags, no filters, no attributes,
and what is filled in is never read again.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

Values = Mapping[str, Mapping[str, str]]

CONTACT_NAMES: Final = (
    "email",
    "name",
    "first_name",
    "last_name",
    "phone",
    "company",
    "job_title",
)
# Which names each source has; a form's fields are as its author named them.
SOURCES: Final[dict[str, tuple[str, ...] | None]] = {
    "contact": CONTACT_NAMES,
    "form": None,
    "site": ("name",),
    "workspace": ("name",),
}

_ANY: Final = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_NAME: Final = re.compile(r"\s*([a-z]+)\.([A-Za-z0-9_-]{1,64})\s*")


def checked(text: str) -> str:
    """The text itself; raises PydanticCustomError where a placeholder in it means nothing."""
    for match in _ANY.finditer(text):
        name = _NAME.fullmatch(match[1])
        if name is None or not _is_known(name[1], name[2]):
            raise PydanticCustomError(
                "unknown_placeholder",
                "{placeholder} is no placeholder; an example is {example}.",
                {"placeholder": match[0][:80], "example": "{{ contact.name }}"},
            )
    if "{{" in _ANY.sub("", text):
        raise PydanticCustomError("unknown_placeholder", "A placeholder is opened and not closed.")
    return text


def _is_known(source: str, name: str) -> bool:
    if source not in SOURCES:
        return False
    names = SOURCES[source]
    return names is None or name in names


def fill(text: str, values: Values) -> str:
    """The text with its placeholders filled in, in one pass; a name without a value is empty."""

    def value(match: re.Match[str]) -> str:
        name = _NAME.fullmatch(match[1])
        return values.get(name[1], {}).get(name[2], "") if name else ""

    return _ANY.sub(value, text)


Text = Annotated[str, AfterValidator(checked)]
