"""Group commit: who is written together, and who suffers for whom."""

import asyncio
import dataclasses
import datetime
import uuid

import pytest
from psycopg import DataError, OperationalError

from accounts.tenancy.edge import close_pool, edge_connection, open_pool
from journeys.ingest import writer
from journeys.ingest.messages import Message
from journeys.ingest.storing import Delivery, Stored
from journeys.models import Event

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


def delivery(name, **more):
    message = Message(
        message_id=name,
        type="track",
        event_name=name,
        timestamp=NOW,
        received_at=NOW,
        anonymous_id=name,
    )
    return Delivery(key_id=None, messages=[dataclasses.replace(message, **more)])


def write(workspace_id, *deliveries, reachable=True):
    """Write deliveries that arrive at once; the answers, or the errors in their place."""

    async def run():
        await open_pool(max_size=1, **({} if reachable else {"patience": 0.5}))
        try:
            if reachable:
                async with edge_connection():
                    pass
            own = writer.Writer()
            writes = (own.write(workspace_id=workspace_id, delivery=item) for item in deliveries)
            return await asyncio.gather(*writes, return_exceptions=True)
        finally:
            await close_pool()

    return asyncio.run(run())


def groups(monkeypatch):
    """How many deliveries each transaction was given."""
    sizes = []
    stored = writer.store

    async def counting(workspace_id, deliveries):
        sizes.append(len(deliveries))
        return await stored(workspace_id, deliveries)

    monkeypatch.setattr(writer, "store", counting)
    return sizes


def test_what_waits_is_written_together(workspace_at_door, monkeypatch):
    sizes = groups(monkeypatch)
    answers = write(workspace_at_door.pk, *(delivery(f"e{n}") for n in range(20)))
    assert answers == [Stored(1, 0)] * 20
    assert Event.objects.count() == 20
    assert len(sizes) <= 2
    assert sum(sizes) == 20


def test_one_message_in_two_deliveries_is_stored_once(workspace_at_door):
    answers = write(workspace_at_door.pk, delivery("same"), delivery("same"))
    assert sorted(answer.accepted for answer in answers) == [0, 1]
    assert Event.objects.count() == 1


def test_what_the_database_refuses_harms_no_neighbour(workspace_at_door):
    bad = delivery("bad", ip_address="nowhere")
    good, refused, also_good = write(workspace_at_door.pk, delivery("a"), bad, delivery("b"))
    assert good == also_good == Stored(1, 0)
    assert isinstance(refused, DataError)
    assert set(Event.objects.values_list("event_name", flat=True)) == {"a", "b"}


def test_a_group_has_an_end(workspace_at_door, monkeypatch):
    monkeypatch.setattr(writer, "MAX_GROUP", 3)
    sizes = groups(monkeypatch)
    write(workspace_at_door.pk, *(delivery(f"e{n}") for n in range(10)))
    assert max(sizes) == 3
    assert Event.objects.count() == 10


def test_everyone_is_told_when_the_database_is_away(workspace_at_door, settings):
    settings.WEB_DATABASE_URL = "postgres://halfhour_web@127.0.0.1:1/nothing"
    answers = write(workspace_at_door.pk, delivery("a"), delivery("b"), reachable=False)
    assert all(isinstance(answer, OperationalError) for answer in answers)


@pytest.mark.usefixtures("edge_database")
def test_a_workspace_that_is_gone_is_an_error_and_not_a_hang():
    (answer,) = write(uuid.uuid4(), delivery("a"))
    assert isinstance(answer, Exception)
    assert not Event.objects.exists()


def test_a_client_that_hangs_up_takes_nobody_with_it(workspace_at_door):
    async def run():
        await open_pool(max_size=1)
        try:
            async with edge_connection():
                pass
            own = writer.Writer()
            leaving, staying = (
                asyncio.create_task(own.write(workspace_id=workspace_at_door.pk, delivery=item))
                for item in (delivery("leaving"), delivery("staying"))
            )
            await asyncio.sleep(0)
            leaving.cancel()
            return await staying
        finally:
            await close_pool()

    assert asyncio.run(run()) == Stored(1, 0)
    assert Event.objects.filter(event_name="staying").exists()
