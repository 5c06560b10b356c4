"""Partitions are made ahead; receipts are forgotten after two days."""

import datetime
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from accounts.tenancy import partitioning
from journeys import tasks
from journeys.ingest import upkeep
from journeys.models import Event, EventReceipt
from tests.journeys.factories import EventFactory

pytestmark = pytest.mark.django_db
TABLES = ("event", "journeyevent")


def partitions():
    with connection.cursor() as cursor:
        cursor.execute(
            "select inhrelid::regclass::text from pg_inherits "
            "where inhparent = 'journeys_event'::regclass"
        )
        return {name for (name,) in cursor.fetchall()}


def test_this_month_and_three_ahead_are_made_once():
    now = datetime.datetime(2031, 11, 30, 23, tzinfo=datetime.UTC)
    made = partitioning.make_partitions(now=now)
    months = ("2031m11", "2031m12", "2032m01", "2032m02")
    assert {f"journeys_{table}_y{month}" for table in TABLES for month in months} <= {*made}
    assert partitioning.make_partitions(now=now) == []
    assert {f"journeys_event_y{month}" for month in months} <= partitions()
    assert tasks.make_partitions() == 0


def test_rows_that_waited_in_the_default_partition_move_into_their_month():
    early = EventFactory(
        timestamp=datetime.datetime(2033, 5, 31, 23, 59, tzinfo=datetime.UTC),
        properties={"path": "/menu"},
    )
    late = EventFactory(timestamp=datetime.datetime(2033, 9, 1, tzinfo=datetime.UTC))
    partitioning.make_partitions(now=datetime.datetime(2033, 5, 1, tzinfo=datetime.UTC))
    with connection.cursor() as cursor:
        cursor.execute("select id, tableoid::regclass::text from journeys_event")
        places = dict(cursor.fetchall())
    assert places == {early.pk: "journeys_event_y2033m05", late.pk: "journeys_event_default"}
    moved = Event.objects.get(pk=early.pk)
    assert (moved.contact, moved.path) == (early.contact, "/menu")


def test_receipts_are_kept_for_48_hours(workspace):
    now = timezone.now()
    for hours in (1, 47, 49, 500):
        EventReceipt.objects.create(
            workspace=workspace,
            message_digest=uuid.uuid4(),
            received_at=now - datetime.timedelta(hours=hours),
        )
    assert upkeep.prune_receipts(now=now) == 2
    assert EventReceipt.objects.count() == 2
    assert tasks.prune_receipts() == 0
