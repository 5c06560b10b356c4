"""Whom a text calls: `@name` and `@address`, among people who are known by these. Pure."""

import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

MOST_CALLS: Final = 20
MOST_WORDS: Final = 4

# Not within an address or a path: the sign begins a word.
_SIGN = re.compile(r"(?<![\w.@/+-])@(?=\w)")
_ADDRESS = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)*")
_WORDS = re.compile(rf"[\w.'’-]+(?:[ \u00a0][\w.'’-]+){{0,{MOST_WORDS - 1}}}")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who may be called, with the names that they go by."""

    id: uuid.UUID
    email: str
    first_name: str = ""
    last_name: str = ""
    preferred_name: str = ""

    @property
    def names(self) -> set[str]:
        """What they are called by, as `plain` has it."""
        first, last = self.first_name, self.last_name
        spoken = (first, self.preferred_name, f"{first} {last}", f"{first}.{last}")
        local = self.email.partition("@")[0]
        return {plain(name) for name in (self.email, local, *spoken)} - {""}


Call = tuple[str, ...]


def calls(text: str) -> list[Call]:
    """What is called in a text, each once: the ways to read it, the longest first.

    Of `@Noura Salem, look` these are `noura salem` and `noura`; of an address itself alone, so that
    a stranger's is never taken for a colleague's name.
    """
    found: dict[Call, None] = {}
    for sign in _SIGN.finditer(text):
        address = _ADDRESS.match(text, sign.end())
        words = _WORDS.match(text, sign.end())
        if address is not None:
            found[(plain(address.group()),)] = None
        elif words is not None:
            found[_readings(words.group())] = None
    return list(found)


def resolve(called: Iterable[Call], people: Iterable[Person]) -> set[uuid.UUID]:
    """Who is meant. A name that several go by means nobody, and neither does an unknown one."""
    known: dict[str, set[uuid.UUID]] = {}
    for person in people:
        for name in person.names:
            known.setdefault(name, set()).add(person.id)
    return {who for call in called for who in _meant(call, known)}


def plain(name: str) -> str:
    """A name as it is compared: in one form (NFKC), without case, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split()).strip(".'’-")


def _readings(words: str) -> Call:
    parts = words.split()
    readings = (plain(" ".join(parts[:count])) for count in range(len(parts), 0, -1))
    return tuple(dict.fromkeys(reading for reading in readings if reading))


def _meant(call: Call, known: Mapping[str, set[uuid.UUID]]) -> set[uuid.UUID]:
    for reading in call:
        found = known.get(reading)
        if found is not None:
            return found if len(found) == 1 else set()
    return set()
