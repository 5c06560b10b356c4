"""A workspace's month of events: counted at the door, healed from the ledger, refused with 429."""

from django.core.cache import cache

from accounts import quotas
from journeys.models import Event, IngestCount
from tests.journeys.doorway import through, track


def of(write_key, *calls):
    return {"writeKey": write_key, "batch": list(calls)}


def test_over_the_months_quota_events_are_429_until_it_ends(write_key, workspace_at_door, settings):
    settings.QUOTAS = {"free": {"events": 3}}

    async def conversation(client):
        two, one = of(write_key, track(), track()), of(write_key, track())
        return [await client.post("/v1/batch", json=body) for body in (two, two, one, one)]

    first, refused, last, over = through(conversation)
    assert [a.status_code for a in (first, refused, last, over)] == [200, 429, 200, 429]
    assert refused.json()["code"] == "quota_events"
    assert int(refused.headers["Retry-After"]) > 0
    assert "larger tier" in refused.json()["message"]
    assert Event.objects.count() == 3
    assert IngestCount.objects.get(reason="quota_events").count == 3


def test_after_a_flush_the_ledger_is_what_was_used(write_key, workspace_at_door, settings):
    settings.QUOTAS = {"free": {"events": 3}}

    async def conversation(client):
        first = await client.post("/v1/batch", json=of(write_key, track(), track()))
        cache.clear()
        second = await client.post("/v1/batch", json=of(write_key, track()))
        third = await client.post("/v1/batch", json=of(write_key, track()))
        return first, second, third

    assert [answer.status_code for answer in through(conversation)] == [200, 200, 429]
    standing = {
        each.kind: each for each in quotas.standings(workspace_id=workspace_at_door.pk, tier="free")
    }
    assert standing["events"].used == 3
