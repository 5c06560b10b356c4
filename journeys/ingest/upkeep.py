"""Keeps the tables of ingest as they should be: old receipts gone."""

import datetime
from typing import Final

import structlog
from django.db import connection

log = structlog.get_logger(__name__)

# Clients retry for up to 12 hours, and phones that were switched off a day later.
RECEIPTS_KEPT: Final = datetime.timedelta(hours=48)
_ROWS_AT_ONCE: Final = 20_000

_PRUNE: Final = """
delete from journeys_eventreceipt where ctid = any(array(
    select ctid from journeys_eventreceipt where received_at < %s limit %s
))
"""


def prune_receipts(*, now: datetime.datetime) -> int:
    """Delete receipts that are older than 48 hours, some at a time; returns how many."""
    before = now - RECEIPTS_KEPT
    pruned: int = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_PRUNE, (before, _ROWS_AT_ONCE))
            pruned += cursor.rowcount
            if cursor.rowcount < _ROWS_AT_ONCE:
                break
    log.info("event_receipts.pruned", count=pruned)
    return pruned
