"""Holding a record's row, so that what was read of it still holds when it is written."""

from django.db import models


def hold(record: models.Model) -> bool:
    """Lock a record's row until the transaction ends; False where it is gone, or not one's own.

    Waits for whoever is changing it: what is read thereafter is what they made of it. The row's
    key is left alone, since rows that point at it come in meanwhile. Wants a transaction.
    """
    rows = type(record)._base_manager.filter(pk=record.pk)
    return bool(list(rows.select_for_update(of=("self",), no_key=True).values_list("pk")))
