"""Which contact a message is about. Pure: what is known comes in, what is to be written comes out.

The rules are those that Segment Unify and PostHog share: the strongest name that is known decides;
an anonymous visitor becomes one with the person who identifies; two identified contacts are never
made one, since a shared device would otherwise mix up its users.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from journeys.identity.names import EMAIL, USER_ID, Name

# Names that identify: a contact has one user id, and these are not taken by a merge.
NAMING: Final = frozenset({USER_ID, EMAIL})


@dataclass(frozen=True, slots=True)
class Answer:
    """The contact, and the names of the message that belong to another identified contact."""

    contact_id: uuid.UUID
    refused: tuple[Name, ...] = ()


@dataclass(slots=True)
class Register:
    """Who goes by which name; kept up as messages are resolved in their order.

    `owners` holds what the database knows: the contact of each name that the messages use, and
    every identifying name of those contacts. After resolving, `created`, `linked` and `merged`
    (pairs of a stored loser and its winner) are what has to be written.
    """

    owners: dict[Name, uuid.UUID]
    new_id: Callable[[], uuid.UUID]
    created: dict[uuid.UUID, None] = field(default_factory=dict)
    linked: dict[Name, uuid.UUID] = field(default_factory=dict)
    merged: list[tuple[uuid.UUID, uuid.UUID]] = field(default_factory=list)
    _names: dict[uuid.UUID, set[Name]] = field(default_factory=dict)
    _moved: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, owner in self.owners.items():
            self._names.setdefault(owner, set()).add(name)

    def resolve(self, names: Sequence[Name]) -> Answer:
        """Return the contact of a message that uses these names, strongest first.

        No names make a contact of their own.
        """
        target, unknown, others = self._target(names)
        if target is None:
            target = self.new_id()
            self.created[target] = None
        refused = [other for other in others if not self._join(other, target)]
        for name in unknown:
            self._link(name, target)
        return Answer(target, tuple(refused))

    def final(self, contact_id: uuid.UUID) -> uuid.UUID:
        """Return where a contact of an earlier answer has gone by now."""
        while contact_id in self._moved:
            contact_id = self._moved[contact_id]
        return contact_id

    def _target(self, names: Iterable[Name]) -> tuple[uuid.UUID | None, list[Name], list[Name]]:
        """The contact that decides, the names that nobody has, and those of other contacts."""
        target: uuid.UUID | None = None
        unknown: list[Name] = []
        others: list[Name] = []
        for name in names:
            owner = self.owners.get(name)
            if owner is None:
                unknown.append(name)
            elif target is None and self._takes(owner, unknown):
                target = owner
            elif owner != target:
                others.append(name)
        return target, unknown, others

    def _takes(self, owner: uuid.UUID, stronger: Iterable[Name]) -> bool:
        """Whether a contact may be given these stronger names: not if it has one of their kind."""
        taken = self._naming_kinds(owner)
        return not any(name.kind in taken for name in stronger)

    def _naming_kinds(self, contact_id: uuid.UUID) -> set[str]:
        return {*NAMING} & {name.kind for name in self._names.get(contact_id, ())}

    def _join(self, other: Name, target: uuid.UUID) -> bool:
        """Merge the contact of `other` into the target, if it is anonymous."""
        loser = self.owners[other]
        if loser == target:
            return True
        if self._naming_kinds(loser):
            return False
        for name in self._names.pop(loser):
            self.owners[name] = target
            self._names.setdefault(target, set()).add(name)
            if name in self.linked:
                self.linked[name] = target
        self._moved[loser] = target
        if loser in self.created:
            del self.created[loser]
        else:
            self.merged.append((loser, target))
        return True

    def _link(self, name: Name, target: uuid.UUID) -> None:
        self.owners[name] = self.linked[name] = target
        self._names.setdefault(target, set()).add(name)
