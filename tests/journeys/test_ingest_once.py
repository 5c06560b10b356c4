"""The door counts each message once, and at the time when it happened."""

import asyncio
import datetime

import httpx
from django.utils import timezone

from journeys.ingest.door import Door
from journeys.models import Contact, Event, IngestCount
from tests.journeys.doorway import post, through, track


def batch(write_key, *calls, **more):
    return {"writeKey": write_key, "batch": list(calls), **more}


def test_a_retry_is_not_stored_twice_whatever_its_sent_at(write_key):
    call = track(messageId="once", timestamp="2026-11-01T10:00:00Z")
    for sent_at in ("2026-11-01T10:00:01Z", "2026-11-01T10:05:00Z"):
        answer = post("/v1/batch", json=batch(write_key, call, sentAt=sent_at))
        assert answer.status_code == 200
    assert answer.json() == {"success": True, "accepted": 0, "duplicates": 1}
    assert Event.objects.count() == 1
    assert IngestCount.objects.totals() == {"accepted": 1, "duplicate": 1}


def test_the_same_message_twice_in_one_batch_is_stored_once(write_key):
    answer = post("/v1/batch", json=batch(write_key, track(messageId="m"), track(messageId="m")))
    assert answer.json() == {"success": True, "accepted": 1, "duplicates": 1}


def test_message_ids_of_two_workspaces_do_not_meet(write_key):
    from accounts.keys import issue_key
    from tests.factories import WorkspaceFactory

    _key, other = issue_key(workspace=WorkspaceFactory(), kind="ingest", name="other")
    for key in (write_key, other):
        assert post("/v1/track", json={**track(messageId="m"), "writeKey": key}).json()["accepted"]
    assert Event.objects.count() == 2
    assert Contact.objects.count() == 2


def test_many_at_once_of_one_visitor_are_all_stored_and_one_contact(write_key):
    """Two doors, as two processes: they meet in the database only."""

    async def run():
        doors = [Door(), Door()]
        transports = [httpx.ASGITransport(app=door) for door in doors]
        clients = [httpx.AsyncClient(transport=t, base_url="http://localhost") for t in transports]
        requests = [
            client.post(
                "/v1/batch",
                json=batch(write_key, track(messageId=f"m{n % 60}", anonymousId=f"v{n % 7}")),
            )
            for n in range(120)
            for client in [clients[n % 2]]
        ]
        answers = await asyncio.gather(*requests)
        for door in doors:
            await door.shutdown()
        return answers

    answers = through(lambda _client: run(), connections=4)
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json()["accepted"] for answer in answers) == 60
    assert Event.objects.count() == 60
    assert Contact.objects.count() == len({f"v{n % 7}" for n in range(120)})
    assert IngestCount.objects.totals() == {"accepted": 60, "duplicate": 60}


def test_the_time_is_corrected_by_the_clients_clock(write_key):
    now = timezone.now()
    wrong = now + datetime.timedelta(days=400)
    call = track(timestamp=(wrong - datetime.timedelta(minutes=10)).isoformat())
    post("/v1/batch", json=batch(write_key, call, sentAt=wrong.isoformat()))
    happened = Event.objects.get().timestamp
    assert abs(happened - (now - datetime.timedelta(minutes=10))) < datetime.timedelta(seconds=20)


def test_a_time_far_ahead_becomes_now_and_an_old_one_stays(write_key):
    ahead = (timezone.now() + datetime.timedelta(days=3)).isoformat()
    calls = [track("ahead", timestamp=ahead), track("old", timestamp="2021-03-04T05:06:07+03:00")]
    post("/v1/batch", json=batch(write_key, *calls))
    assert abs(Event.objects.get(event_name="ahead").timestamp - timezone.now()) < (
        datetime.timedelta(minutes=1)
    )
    old = datetime.datetime(2021, 3, 4, 2, 6, 7, tzinfo=datetime.UTC)
    assert Event.objects.get(event_name="old").timestamp == old
