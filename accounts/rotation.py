"""Bringing every encrypted text under the newest key, so that an old one can be taken away."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast

from accounts import encryption
from accounts.models import EncryptedTextField, HiddenEncryptedTextField

BATCH: Final = 200


@dataclass(slots=True)
class Rotation:
    """What became of one column's texts; `lost` are the keys of rows that cannot be read."""

    column: str
    rotated: int = 0
    lost: list[Any] = field(default_factory=list)


def columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every encrypted column of every app."""
    for model in apps.get_models():
        for each in model._meta.local_concrete_fields:
            if isinstance(each, EncryptedTextField | HiddenEncryptedTextField):
                yield model, each.name


def waiting(model: type[models.Model], name: str) -> int:
    """How many texts of a column are not under the newest key."""
    return _old(model, name).count()


def rotate(model: type[models.Model], name: str) -> Iterator[Rotation]:
    """Encrypt a column's old texts anew, a batch a transaction; yields the sum after each.

    What remains is found by looking at rows: it can be stopped anywhere and started again.
    """
    done = Rotation(column=f"{model._meta.db_table}.{name}")
    while _batch(model, name, done):
        yield done


def _batch(model: type[models.Model], name: str, done: Rotation) -> bool:
    """Do one batch; whether there was anything to do."""
    with transaction.atomic():
        rows = list(
            _old(model, name)
            .exclude(pk__in=done.lost)
            .select_for_update(skip_locked=True, of=("self",))
            .values_list("pk", "stored")[:BATCH]
        )
        for key, stored in rows:
            try:
                anew = encryption.encrypt(encryption.decrypt(stored))
            except (encryption.LostKeyError, InvalidToken):
                done.lost.append(key)
                continue
            # As a plain text: the field would encrypt it again.
            value = Value(anew, output_field=models.TextField())
            model._base_manager.filter(pk=key).update(**{name: value})
            done.rotated += 1
    return bool(rows)


def _old(model: type[models.Model], name: str) -> models.QuerySet[Any]:
    rows = model._base_manager.annotate(stored=Cast(F(name), models.TextField()))
    current = f"{encryption.current_fingerprint()}:"
    return rows.exclude(stored__startswith=current).exclude(stored="").order_by("pk")
