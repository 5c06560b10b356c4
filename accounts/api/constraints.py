"""A rule of the database that a request broke, told as a sentence with the fields it is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.faults import Fault

UNIQUE: Final = "23505"
FOREIGN_KEY: Final = "23503"
CHECK: Final = "23514"
EXCLUSION: Final = "23P01"
CODES: Final = {
    UNIQUE: "unique", FOREIGN_KEY: "does_not_exist", CHECK: "out_of_range", EXCLUSION: "overlaps",
}  # fmt: skip

Constraint = models.UniqueConstraint | models.CheckConstraint | ExclusionConstraint


@dataclass(frozen=True, kw_only=True)
class Broken:
    """Which rule: `state` is PostgreSQL's SQLSTATE; `fields` may be empty where none is known."""

    name: str
    state: str
    fields: tuple[str, ...]
    detail: str

    @property
    def faults(self) -> list[Fault]:
        code = self.name if self.state == CHECK else CODES[self.state]
        return [Fault(f"/{name}", code, self.detail) for name in self.fields] or [
            Fault("", code, self.detail)
        ]


def broken_rule(error: BaseException) -> Broken | None:
    """The rule behind Django's IntegrityError; None where it is none, or no model's.

    A key that other records still hold is None too: it is about the record as a whole.
    """
    cause = error.__cause__
    state = getattr(cause, "sqlstate", None) or ""
    diagnosis: Any = getattr(cause, "diag", None)
    if state not in CODES or diagnosis is None or _is_held(diagnosis.message_primary or ""):
        return None
    model = _models().get(diagnosis.table_name or "")
    name: str = diagnosis.constraint_name or ""
    if model is None:
        return None
    constraint = next((one for one in model._meta.constraints if one.name == name), None)
    fields = _fields(constraint) if constraint is not None else _field_in(model, name)
    shown = tuple(field for field in fields if field not in ("workspace", "id"))
    detail = _sentence(state, model, constraint, shown)
    return Broken(name=name, state=state, fields=shown, detail=detail)


def _is_held(message: str) -> bool:
    return message.startswith("update or delete on table")


def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


def _fields(constraint: Any) -> tuple[str, ...]:
    """The fields that a constraint is about, in its order."""
    if isinstance(constraint, models.UniqueConstraint):
        named = [*constraint.fields, *_references(constraint.expressions)]
    elif isinstance(constraint, ExclusionConstraint):
        named = [*_references(expression for expression, _operator in constraint.expressions)]
    else:
        named = [path.split("__")[0] for path, _value in _leaves(constraint.condition)]
    return tuple(dict.fromkeys(named))


def _references(expressions: Any) -> Iterator[str]:
    for expression in expressions:
        if isinstance(expression, str):
            yield expression
        elif isinstance(expression, models.F):
            yield str(expression.name)  # type: ignore[attr-defined]
        else:
            yield from _references(expression.get_source_expressions())


def _leaves(condition: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(condition, models.Q):
        for child in condition.children:
            if isinstance(child, tuple):
                yield child[0], child[1]
            else:
                yield from _leaves(child)


def _field_in(model: type[models.Model], constraint: str) -> tuple[str, ...]:
    """The field whose column is in the name of a constraint that Django or PostgreSQL named."""
    rest = constraint.removeprefix(f"{model._meta.db_table}_")
    fields = {str(field.column): field.name for field in model._meta.concrete_fields}
    longest = sorted(fields, key=len, reverse=True)
    named = (column for column in longest if re.match(rf"{re.escape(column)}(_|$)", rest))
    return tuple(fields[column] for column in named)[:1]


def _sentence(
    state: str, model: type[models.Model], constraint: Any, fields: tuple[str, ...]
) -> str:
    """The constraint's own message where it has one, else what can be told of its kind."""
    own = getattr(constraint, "violation_error_message", None)
    if own and own != models.BaseConstraint.default_violation_error_message:
        return str(own)
    names = ", ".join(_label(model, field) for field in fields)
    if state in (UNIQUE, EXCLUSION):
        record = str(model._meta.verbose_name)
        if not names:
            return _("Such a record (%(record)s) exists already.") % {"record": record}
        text = _("Another record (%(record)s) has this already: %(fields)s.")
        return text % {"record": record, "fields": names}
    if state == FOREIGN_KEY:
        return _("%(field)s: no such record in this workspace.") % {"field": capfirst(names)}
    condition = getattr(constraint, "condition", None)
    return _range(capfirst(names), condition) or _("%(field)s: not within what is allowed.") % {
        "field": capfirst(names)
    }


def _label(model: type[models.Model], field: str) -> str:
    return str(getattr(model._meta.get_field(field), "verbose_name", field))


def _range(label: str, condition: Any) -> str:
    """The sentence of a rule of `accounts.models.constraints` about one field; else nothing."""
    leaves = [(path.rpartition("__"), value) for path, value in _leaves(condition)]
    bounds = {lookup: value for (_field, _s, lookup), value in leaves if lookup != "isnull"}
    low, high = bounds.get("gte"), bounds.get("lte")
    if isinstance(low, models.F) or not label or "," in label:
        return ""
    if "in" in bounds:
        values = ", ".join(map(str, bounds["in"]))
        return _("%(field)s is one of: %(values)s.") % {"field": label, "values": values}
    if low is not None and high is not None:
        text = _("%(field)s is from %(low)s to %(high)s.")
        return text % {"field": label, "low": low, "high": high}
    if low is not None:
        return _("%(field)s is at least %(low)s.") % {"field": label, "low": low}
    return ""
