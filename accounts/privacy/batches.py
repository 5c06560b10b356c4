"""One batch of one rule: what is done to some rows and to what else was written of them."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from accounts.models import AuditEntry, Erasure
from accounts.privacy.redaction import redact_document, redact_text
from accounts.privacy.rules import Model, Rule
from accounts.privacy.subjects import Subject

SIZE: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What became of it: rows changed by (model label, what was done), where the next begins."""

    changed: Counter[tuple[str, str]] = field(default_factory=Counter)
    after: str = ""
    done: bool = False


def carry_out(rule: Rule, *, subject: Subject, after: str) -> Batch:
    """Do the next rows of a rule, at most SIZE; wants a transaction.

    Rows that are deleted are found no more; of those that stay the ones behind `after`, the last
    key of the batch before, are next.
    """
    if rule.model is AuditEntry:
        return _redact_audit(subject)
    rows = rule.rows(subject)
    deletes = rule.personal.erasure is Erasure.DELETE
    if not deletes:
        rows = rows.order_by("pk")
        rows = rows.filter(pk__gt=after) if after else rows
    keys = list(rows.values_list("pk", flat=True)[:SIZE])
    if not keys:
        return Batch(done=True)
    changed = _delete(rule, keys) if deletes else _change(rule, keys, subject=subject)
    _forget_names(rule.model, keys)
    return Batch(changed=changed, after=str(keys[-1]), done=len(keys) < SIZE)


def outcome(rule: Rule) -> dict[str, Any]:
    """The columns that a row which stays gets; for a mention they depend on the row."""
    values = dict(rule.personal.redact)
    link = rule.link_field
    if link is not None and link.null and link.name not in values:
        values[link.name] = None
    if rule.personal.by_email and not rule.is_mention:
        own = rule.address_field
        values.setdefault(own.name, None if own.null else "")
    return values


def _delete(rule: Rule, keys: Sequence[Any]) -> Counter[tuple[str, str]]:
    _total, by_model = rule.model._base_manager.filter(pk__in=keys).delete()
    for history in histories(rule.model):
        redact_history(history, key="pgh_obj_id", keys=keys, changes=None)
    return Counter({(label, "delete"): count for label, count in by_model.items() if count})


def _change(rule: Rule, keys: Sequence[Any], *, subject: Subject) -> Counter[tuple[str, str]]:
    values = outcome(rule)
    rows = rule.model._base_manager.filter(pk__in=keys)
    if values:
        rows.update(**values)
    written: dict[str, Any] = {}
    if rule.is_mention:
        _rewrite(rule, rows, subject=subject)
        written[rule.address_field.column] = _blank(rule.address_field)
    for name, value in values.items():
        column: Any = rule.model._meta.get_field(name)
        written[column.column] = value
    if written:
        for history in histories(rule.model):
            redact_history(history, key="pgh_obj_id", keys=keys, changes=written)
    return Counter({(rule.model._meta.label, rule.personal.erasure.value): len(keys)})


def _rewrite(rule: Rule, rows: models.QuerySet[Any], *, subject: Subject) -> None:
    """Take the addresses out of a text or a document, row by row."""
    name = rule.personal.by_email
    redact = redact_document if isinstance(rule.address_field, models.JSONField) else redact_text
    for row in rows.only("pk", name).select_for_update(of=("self",)):
        told = redact(getattr(row, name), subject.addresses)
        rule.model._base_manager.filter(pk=row.pk).update(**{name: told})


def _blank(column: Any) -> Any:
    """What history keeps of a text or document in which the person was mentioned."""
    if column.null:
        return None
    if not isinstance(column, models.JSONField):
        return ""
    return column.get_default() if column.has_default() else {}


def _forget_names(model: Model, keys: Iterable[Any]) -> None:
    """The console's list of recent actions names the record it is about, often by the person."""
    log = apps.get_model("admin", "LogEntry")
    kind = apps.get_model("contenttypes", "ContentType").objects.get_for_model(model)
    about = log._base_manager.filter(content_type=kind, object_id__in=[str(key) for key in keys])
    about.update(object_repr="…", change_message="")


def _redact_audit(subject: Subject) -> Batch:
    with connection.cursor() as cursor:
        cursor.execute("select accounts_redact_audit(%s)", (subject.id,))
        count = int(cursor.fetchone()[0])
    changed = {(AuditEntry._meta.label, Erasure.REDACT.value): count} if count else {}
    return Batch(changed=Counter(changed), done=True)


def histories(model: Model) -> list[Model]:
    """The history tables (pghistory) of a model."""
    return [each for each in apps.get_models() if getattr(each, "pgh_tracked_model", None) is model]


def redact_history(
    history: Model, *, key: str, keys: Sequence[Any], changes: Mapping[str, Any] | None
) -> int:
    """Change history's rows by the one function that may; without changes they go. Rows changed."""
    if changes is not None:
        own = {column.column for column in history._meta.fields}
        changes = {name: value for name, value in changes.items() if name in own}
        if not changes:
            return 0
    document = None if changes is None else json.dumps(changes, cls=DjangoJSONEncoder)
    with connection.cursor() as cursor:
        cursor.execute(
            "select accounts_redact_history(%s, %s, %s, %s)",
            (history._meta.db_table, key, [str(each) for each in keys], document),
        )
        return int(cursor.fetchone()[0])


def leave_history(subject: Subject) -> Counter[tuple[str, str]]:
    """Null whatever else of history still names the user: who did it, whose it was before."""
    changed: Counter[tuple[str, str]] = Counter()
    user = apps.get_model("accounts", "User")
    for history in apps.get_models():
        if not hasattr(history, "pgh_tracked_model"):
            continue
        for own in history._meta.fields:
            if own.related_model is not user:
                continue
            name = str(own.column)
            changes = {name: None} if own.null else None
            count = redact_history(history, key=name, keys=[subject.id], changes=changes)
            if count:
                changed[history._meta.label, "redact"] += count
    return changed


def stays(rule: Rule) -> bool:
    """Whether a row may still be found by the rule after it was carried out."""
    if rule.personal.erasure is Erasure.DELETE:
        return False
    # A search for anna@x.sa finds joanna@x.sa too, which is left alone.
    if rule.is_mention:
        return True
    link = rule.link_field
    return link is None or not link.null
