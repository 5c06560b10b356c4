"""Records whose versions the database keeps: what numbers them, and the triggers that write.

A save that changes a kept column writes a version (`VersionHistory`), whatever made it: a form,
a bulk update, plain SQL. The triggers run in the lock that the statement holds on the row, as the
tables' owner (builder/migrations/sql/versions.sql has their common part).

`version` is the number of the newest version: 1, 2, 3 … without a gap, for the record's life and
on after it was deleted and restored. `saves` counts the saves that this version took up: autosaves
of one person within the window are one minor version, whose row is brought up to the last of them.
Together they name what is stored: no two states of a record have the same pair, so that the pair
is the record's ETag. Both are the database's: what a statement writes into them is disregarded.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import OwnersTrigger
from accounts.models import TenantModel

M = TypeVar("M", bound=type["Versioned"])


class Versioned(TenantModel):
    """A record with versions; `KIND` and `KEPT` are what `versioned` was given."""

    KIND: ClassVar[str]
    KEPT: ClassVar[tuple[str, ...]]

    version = models.PositiveIntegerField(_("version"), default=1)
    saves = models.PositiveIntegerField(
        _("saves"),
        default=1,
        db_default=1,
        editable=False,
        help_text=_("How many saves the version took up."),
    )

    class Meta(TenantModel.Meta):
        abstract = True

    @property
    def revision(self) -> str:
        """What names the record's state, such as "7.3": the third save of version 7."""
        return f"{self.version}.{self.saves}"


def versioned(*, kind: str, kept: Sequence[str], project: str) -> Callable[[M], M]:
    """Keep versions of a model.

    `kind` is its name among `VersionedEntity`, `kept` the fields that make a version, `project`
    the SQL that finds the project of `{row}`. A project's own versions end with it.
    """

    def decorate(model: M) -> M:
        fields = [model._meta.get_field(name) for name in kept]
        triggers = _triggers(kind, fields, project)
        for trigger in triggers if kind != "projects" else triggers[:-1]:
            pgtrigger.register(trigger)(model)
        model.KIND, model.KEPT = kind, tuple(kept)
        return model

    return decorate


def _triggers(kind: str, fields: Sequence[Any], project: str) -> list[OwnersTrigger]:
    names = ", ".join(f"'{field.name}'" for field in fields)
    changed = ", ".join(
        f"case when old.{field.column} is distinct from new.{field.column} then '{field.name}' end"
        for field in fields
    )
    first = f"""
        perform builder_add_version('{kind}', new.id, new.workspace_id,
            {project.format(row="new")}, new.version, {_content(fields, "new")},
            array[{names}], true, false);
        return null;"""
    following = f"""
        new.version := old.version;
        new.saves := old.saves;
        changed := array_remove(array[{changed}], null);
        if changed <> '{{}}' or current_setting('app.version_keep', true) = old.id::text then
            select number, times into new.version, new.saves from builder_save_version(
                '{kind}', old.id, new.workspace_id, {project.format(row="new")},
                old.version, old.saves, {_content(fields, "new")}, changed);
        end if;
        return new;"""  # noqa: S608  made of field names
    last = f"""
        perform builder_add_version('{kind}', old.id, old.workspace_id,
            {project.format(row="old")}, old.version + 1, {_content(fields, "old")},
            '{{}}', true, true);
        return null;"""
    number = f"""
        new.version := builder_first_number('{kind}', new.id, new.workspace_id);
        new.saves := 1;
        return new;"""
    return [
        _trigger("version_number", pgtrigger.Before, pgtrigger.Insert, number),
        _trigger("version_first", pgtrigger.After, pgtrigger.Insert, first),
        _trigger(
            "version_next",
            pgtrigger.Before,
            pgtrigger.Update,
            following,
            declare=[("changed", "text[]")],
        ),
        _trigger("version_last", pgtrigger.After, pgtrigger.Delete, last),
    ]


def _content(fields: Sequence[Any], row: str) -> str:
    pairs = ", ".join(f"'{field.name}', {row}.{field.column}" for field in fields)
    return f"jsonb_build_object({pairs})"


def _trigger(name: str, when: Any, operation: Any, func: str, **kwargs: Any) -> OwnersTrigger:
    return OwnersTrigger(
        name=name, when=when, operation=operation, level=pgtrigger.Row, func=func, **kwargs
    )
