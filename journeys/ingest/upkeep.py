"""Keeps the tables of ingest as they should be: partitions ahead, old receipts gone."""

import datetime
from typing import Final

import structlog
from django.db import connection, transaction

log = structlog.get_logger(__name__)

MONTHS_AHEAD: Final = 3
# Clients retry for up to 12 hours, and phones that were switched off a day later.
RECEIPTS_KEPT: Final = datetime.timedelta(hours=48)
_ROWS_AT_ONCE: Final = 20_000

_MAKE: Final = (
    "select journeys_make_event_partition((%s::date + make_interval(months => %s))::date)"
)
_PRUNE: Final = """
delete from journeys_eventreceipt where ctid = any(array(
    select ctid from journeys_eventreceipt where received_at < %s limit %s
))
"""


def make_partitions(*, now: datetime.datetime) -> int:
    """Make the partitions of this month and the next three; returns how many were missing."""
    first = now.astimezone(datetime.UTC).date().replace(day=1)
    made = 0
    for ahead in range(MONTHS_AHEAD + 1):
        with transaction.atomic(), connection.cursor() as cursor:
            # Attaching waits for running queries; whoever queues behind it must not wait long.
            cursor.execute("set local lock_timeout = '5s'")
            cursor.execute(_MAKE, (first, ahead))
            made += int(cursor.fetchone()[0])
    if made:
        log.info("event_partitions.made", count=made)
    return made


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
