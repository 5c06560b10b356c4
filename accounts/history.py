"""What became of the records that people configure: who changed what and when.

The database keeps it (django-pghistory): a trigger writes a row after each insert, update and
delete, whatever made it, bulk updates and plain SQL too. Rows are added and never changed; only
`accounts_redact_history`, which erases people, gets past the trigger that refuses. The trigger
runs as the tables' owner, so that a tenant's role needs no right to write history, and takes the
acting person from the transaction's `app.user_id`: pghistory's own context is a setting of the
session, which a connection pooler hands on to the next.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import pghistory
import pghistory.models
import pghistory.trigger
import pgtrigger
import pgtrigger.compiler
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)

ACTING_USER = "nullif(current_setting('app.user_id', true), '')::uuid"
# Never kept, whatever a model says: what is secret, derived, or only of use to a machine.
SECRETS = frozenset({"password", "hashed_key", "signing_secret"})
UNKEPT_KINDS = ("Hidden", "Encrypted", "Vector", "HalfVector", "Binary", "Generated", "Search")
UNKEPT = frozenset({"updated_at"})
APPEND_ONLY = """
    if current_setting('app.redaction', true) = 'on' then
        if tg_op = 'DELETE' then
            return old;
        end if;
        return new;
    end if;
    raise restrict_violation using message = 'history is only ever added to',
        hint = 'people are erased from it by accounts_redact_history()';
"""


class HistoryRow(pghistory.models.Event):
    """One change: the record as it was after it (before it, where it was deleted)."""

    pgh_id = models.BigAutoField(primary_key=True)
    acted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        abstract = True


class OwnersTriggerSql(pgtrigger.compiler.UpsertTriggerSql):
    """A trigger whose function runs as its owner with a pinned search path, and cannot be muted."""

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$;
            REVOKE ALL ON FUNCTION {pgid}() FROM PUBLIC;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table} {timing} {referencing}
                FOR EACH {level} {condition} EXECUTE FUNCTION {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class OwnersTrigger(pgtrigger.Trigger):
    """A trigger of the owner's, whoever's statement fires it."""

    def compile(self, model: Any) -> pgtrigger.compiler.Trigger:
        compiled = super().compile(model)
        sql = OwnersTriggerSql(**{**compiled.sql.kwargs, "table": model._meta.db_table})
        return pgtrigger.compiler.Trigger(name=compiled.name, sql=sql)


class _Write(OwnersTrigger, pghistory.trigger.Event):
    """Writes a row of history."""

    def get_func(self, model: Any) -> Any:
        row, history = self.row, cast("type[models.Model]", self.event_model)
        kept = {field.name for field in model._meta.concrete_fields}
        values = {
            field.column: f'{row}."{field.column}"'
            for field in history._meta.concrete_fields
            if field.name in kept
        }
        values |= {
            "acted_by_id": ACTING_USER,
            "pgh_created_at": "now()",
            "pgh_label": f"'{self.label}'",
            "pgh_obj_id": f'{row}."{model._meta.pk.column}"',
        }
        columns = ", ".join(f'"{column}"' for column in values)
        table = history._meta.db_table
        row_values = ", ".join(values.values())
        return pgtrigger.Func(  # type: ignore[no-untyped-call]
            f'insert into "{table}" ({columns}) values ({row_values}); return null;'  # noqa: S608
        )


class _Tracker(pghistory.RowEvent):
    def add_event_trigger(self, event_model: Any) -> None:
        write = _Write(  # type: ignore[no-untyped-call]
            event_model=event_model,
            label=self.label,
            name=self.trigger_name,
            row=self.row,
            operation=self.operation,
            condition=self.condition,
            level=pgtrigger.Row,
        )
        pgtrigger.register(write)(event_model.pgh_tracked_model)


class _Insert(_Tracker, pghistory.InsertEvent):
    trigger_name = "history_insert"


class _Update(_Tracker, pghistory.UpdateEvent):
    trigger_name = "history_update"


class _Delete(_Tracker, pghistory.DeleteEvent):
    trigger_name = "history_delete"


def tracked(*, exclude: Iterable[str] = ()) -> Callable[[type[M]], type[M]]:
    """Keep the history of a model, in a table of its own (`<Model>History`).

    Left out are secrets, derived columns and vectors, and what `exclude` names: counters and
    times that machines write, of which every visit would be a change. A change of these alone
    leaves no row. The model's migration adds `EnableRowSecurity("<Model>History", writers=(), …)`
    with the condition under which the record itself is read.
    """

    def decorate(model: type[M]) -> type[M]:
        left_out = {*exclude, *UNKEPT, *(f.name for f in model._meta.fields if not _is_kept(f))}
        keep = OwnersTrigger(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=APPEND_ONLY,
        )
        pghistory.track(
            _Insert(),
            _Update(),
            _Delete(),
            exclude=sorted(left_out & {field.name for field in model._meta.fields}),
            obj_field=pghistory.ObjForeignKey(related_name="+", related_query_name="+"),
            context_field=None,  # type: ignore[arg-type]  # None is: keep no context
            model_name=f"{model.__name__}History",
            base_model=HistoryRow,
            meta={
                "triggers": [keep],
                "verbose_name": _("history"),
                "verbose_name_plural": _("history"),
            },
        )(model)
        return model

    return decorate


def _is_kept(field: Any) -> bool:
    kinds = {kind.__name__ for kind in type(field).__mro__}
    secret = any(kind.startswith(UNKEPT_KINDS) for kind in kinds)
    return field.concrete and field.name not in SECRETS and not secret


def history_of(model: type[models.Model]) -> Any:
    """The model of the rows that keep a model's history, None for a model that is not tracked."""
    found = getattr(model, "pgh_event_models", None)
    return next(iter(found.values())) if found else None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change; `before` is None where nothing was before."""

    field: Any
    before: Any
    after: Any


def changes(row: Any, before: Any) -> list[FieldChange]:
    """What a row of history says that its predecessor (None: there is none) did not.

    A deletion changes nothing: its row is what was there last.
    """
    if row.pgh_label == "delete":
        return []
    tracked_model = row.pgh_tracked_model
    found = []
    for field in row._meta.concrete_fields:
        if field.name.startswith("pgh_") or field.name in ("acted_by", tracked_model._meta.pk.name):
            continue
        was = getattr(before, field.attname) if before is not None else None
        now = getattr(row, field.attname)
        if was != now and not (before is None and now in (None, "", {}, [])):
            found.append(FieldChange(tracked_model._meta.get_field(field.name), was, now))
    return found
