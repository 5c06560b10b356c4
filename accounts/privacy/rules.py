"""Every declaration of every model, as queries, and the order in which they are carried out."""

import functools
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast, Lower

from accounts.models import Erasure, PersonalData, User
from accounts.models.library_rows import LIBRARY_ROWS
from accounts.privacy.subjects import Subject

Model = type[models.Model]
Rows = models.QuerySet[Any]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One declaration of one model; `select` is for rows that no look-up finds."""

    model: Model
    personal: PersonalData
    select: Callable[[Subject], Rows] | None = None

    @property
    def key(self) -> str:
        """What progress is kept under: the same while the declaration is."""
        way = self.personal.link or f"@{self.personal.by_email}"
        return f"{self.model._meta.label}:{way}:{self.personal.erasure.value}"

    @property
    def link_field(self) -> Any:
        """The row's own field that points at the person; None for a look-up through others."""
        if not self.personal.link or "__" in self.personal.link or self.personal.link == "pk":
            return None
        return self.model._meta.get_field(self.personal.link)

    @property
    def address_field(self) -> Any:
        """The field that holds an address, or a text or a document in which one may be."""
        return self.model._meta.get_field(self.personal.by_email)

    @property
    def is_mention(self) -> bool:
        """Whether the address is looked for inside a text or a document."""
        return bool(self.personal.by_email) and isinstance(
            self.address_field, models.TextField | models.JSONField
        )

    def rows(self, subject: Subject) -> Rows:
        """The rows of the table that are about the person by this rule."""
        if self.select is not None:
            return self.select(subject)
        rows: Rows = self.model._base_manager.all()
        if subject.workspace_id is not None and has_workspace(self.model):
            rows = rows.filter(workspace_id=subject.workspace_id)
        if self.personal.link:
            linked: Rows = rows.filter(**{self.personal.link: subject.id})
            return linked
        if not subject.addresses:
            return rows.none()
        return self._by_address(rows, subject)

    def _by_address(self, rows: Rows, subject: Subject) -> Rows:
        if not self.is_mention:
            rows = rows.alias(_address=Lower(self.personal.by_email))
            addressed: Rows = rows.filter(_address__in=subject.addresses)
            return addressed
        rows = rows.alias(_text=Cast(self.personal.by_email, models.TextField()))
        mentioned = models.Q()
        for address in subject.addresses:
            mentioned |= models.Q(_text__icontains=address)
        found: Rows = rows.filter(mentioned)
        return found


def has_workspace(model: Model) -> bool:
    return any(field.name == "workspace" for field in model._meta.fields)


def declarations(model: Model) -> tuple[PersonalData, ...]:
    """What a model says of itself, or what is said of a library's."""
    own = model.__dict__.get("PERSONAL_DATA", getattr(model, "PERSONAL_DATA", ()))
    return tuple(own or LIBRARY_ROWS.get(model._meta.label, ()))


@functools.cache
def plan(kind: str) -> tuple[Rule, ...]:
    """The rules about a kind of person; rows come before those that they point at."""
    rules: dict[Model, list[Rule]] = {}
    for rule in _rules():
        if rule.personal.subject == kind:
            rules.setdefault(rule.model, []).append(rule)
    return tuple(
        rule
        for model in _children_first(rules)
        for rule in sorted(rules[model], key=_farthest_first)
    )


def _rules() -> Iterator[Rule]:
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        for personal in declarations(model):
            yield Rule(model=model, personal=personal)
        if model._meta.auto_created:
            yield from _pairs(model)
    yield from _sessions()


def _pairs(model: Model) -> Iterator[Rule]:
    """A table of pairs with a user, such as a user's groups: the user's pairs go with them."""
    for field in model._meta.fields:
        if field.related_model is User:
            personal = PersonalData(subject="user", link=field.name, erasure=Erasure.DELETE)
            yield Rule(model=model, personal=personal)


def _sessions() -> Iterator[Rule]:
    """Django's sessions know no user; allauth's record of them has their keys."""
    session = apps.get_model("sessions", "Session")
    known = apps.get_model("usersessions", "UserSession")

    def select(subject: Subject) -> Rows:
        mine = known._base_manager.filter(user=subject.id).values("session_key")
        rows: Rows = session._base_manager.filter(session_key__in=mine)
        return rows

    personal = PersonalData(
        subject="user", link="session_key", erasure=Erasure.DELETE, exported=False
    )
    yield Rule(model=session, personal=personal, select=select)


def _farthest_first(rule: Rule) -> tuple[int, int]:
    """Rows found through others, then those found by an address, then the person's direct ones.

    What changes a direct link comes last: the other look-ups may need it.
    """
    return (-rule.personal.link.count("__"), 0 if rule.personal.by_email else 1)


# Rows that are found by what another table says, without a key to it.
_BEFORE: Final = (("sessions.Session", "usersessions.UserSession"),)


def _children_first(rules: dict[Model, list[Rule]]) -> list[Model]:
    """Models so that each comes before those that its rows point at.

    Where keys make a circle one of them gives way; a look-up's own path never does, since erasing
    its middle first would leave the rows beyond unfound.
    """
    firm = {pair for model in rules for pair in _path_pairs(model, rules)}
    labels = {model._meta.label: model for model in rules}
    firm |= {(labels[a], labels[b]) for a, b in _BEFORE if a in labels and b in labels}
    loose = {
        (model, field.related_model)
        for model in rules
        for field in model._meta.fields
        if field.is_relation and field.related_model in rules and field.related_model is not model
    }
    while True:
        order: TopologicalSorter[Model] = TopologicalSorter(dict.fromkeys(rules, ()))
        for child, parent in sorted(firm | loose, key=lambda pair: _labels(*pair)):
            order.add(parent, child)
        try:
            return list(order.static_order())
        except CycleError as error:
            circle: list[Model] = error.args[1]
            around = set(itertools.pairwise(circle))
            # The sorter names a circle from predecessor to successor: child to parent.
            loose -= {min(around & (loose - firm), key=lambda pair: _labels(*pair))}


def _path_pairs(model: Model, rules: dict[Model, list[Rule]]) -> Iterator[tuple[Model, Model]]:
    """(model, each ruled model that a look-up of its rules goes through)."""
    for rule in rules[model]:
        current: Any = model
        for step in rule.personal.link.split("__")[:-1]:
            current = current._meta.get_field(step).related_model
            if current in rules and current is not model:
                yield model, current


def _labels(*pair: Model) -> tuple[str, ...]:
    return tuple(model._meta.label for model in pair)
