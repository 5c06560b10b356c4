"""The door for tracking calls: what is taken in, what is refused, and that each counts once."""

import base64
import gzip
import json
import uuid
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from accounts.keys import revoke_key
from accounts.models import ApiKey
from journeys.ingest.door import Door
from journeys.models import Contact, Event, IngestCount
from tests.journeys.doorway import post, through, track


def batch(write_key, *calls, **more):
    return {"writeKey": write_key, "batch": list(calls), **more}


def test_a_batch_is_stored_and_answered_with_200(write_key, workspace_at_door):
    calls = [
        {
            "type": "page",
            "messageId": "m1",
            "anonymousId": "visitor-1",
            "properties": {"path": "/menu"},
            "context": {
                "ip": "198.51.100.9",
                "userAgent": "Mozilla/5.0",
                "sessionId": "0b6f9a8e-7f6c-4b4e-9f0e-0d6a3d0b2c11",
                "campaign": {"source": "news"},
            },
        },
        track("bought", messageId="m2", properties={"price": 24.5, "name": "قهوة"}),
    ]
    answer = post("/v1/batch", json=batch(write_key, *calls))
    assert (answer.status_code, answer.json()) == (
        200,
        {"success": True, "accepted": 2, "duplicates": 0},
    )
    page, bought = Event.objects.order_by("id")
    assert page.workspace == workspace_at_door
    assert (page.type, page.event_name, page.properties) == ("page", "page_view", {"path": "/menu"})
    assert (page.ip_address, page.user_agent) == ("198.51.100.9", "Mozilla/5.0")
    assert str(page.session_id) == "0b6f9a8e-7f6c-4b4e-9f0e-0d6a3d0b2c11"
    assert page.context == {"campaign": {"source": "news"}}
    assert (bought.event_name, bought.ip_address) == ("bought", "203.0.113.7")
    assert bought.properties == {"price": 24.5, "name": "قهوة"}
    assert page.contact == bought.contact
    assert Contact.objects.get().last_seen is not None


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("track", {"event": "bought"}, ("track", "bought")),
        ("t/", {"event": "bought"}, ("track", "bought")),
        ("page", {"name": "Home"}, ("page", "page_view")),
        ("p", {}, ("page", "page_view")),
        ("screen/", {}, ("screen", "screen_view")),
        ("s", {}, ("screen", "screen_view")),
        ("identify", {"traits": {"plan": "pro"}}, ("identify", "identify")),
        ("i", {}, ("identify", "identify")),
        ("group", {"groupId": "g1"}, ("group", "group")),
        ("g", {}, ("group", "group")),
        ("alias", {"userId": "u", "previousId": "visitor-1"}, ("alias", "alias")),
        ("a", {"userId": "u", "previousId": "visitor-1"}, ("alias", "alias")),
    ],
)
def test_each_call_has_its_long_and_short_path(write_key, path, body, expected):
    call = {"anonymousId": "visitor-1", **body, "writeKey": write_key}
    assert post(f"/v1/{path}", json=call).status_code == 200
    event = Event.objects.get()
    assert (event.type, event.event_name) == expected


@pytest.mark.parametrize("where", ["basic", "bearer", "writeKey", "api_key", "token"])
def test_a_key_is_taken_from_wherever_clients_put_it(write_key, where):
    call, headers = track(), {}
    if where == "basic":
        headers["Authorization"] = "Basic " + base64.b64encode(f"{write_key}:".encode()).decode()
    elif where == "bearer":
        headers["Authorization"] = f"Bearer {write_key}"
    else:
        call[where] = write_key
    assert post("/v1/track", json=call, headers=headers).status_code == 200


@pytest.mark.parametrize("kind", ["missing", "unknown", "revoked", "personal"])
def test_a_key_that_may_not_send_is_401(write_key, workspace_at_door, kind, user):
    from accounts.keys import issue_key

    secret = {"missing": "", "unknown": "hh_ingest_0_nothing"}.get(kind, write_key)
    if kind == "revoked":
        revoke_key(key=ApiKey.objects.get())
    if kind == "personal":
        _key, secret = issue_key(workspace=workspace_at_door, kind="personal", name="p", user=user)
    answer = post("/v1/track", json={**track(), "writeKey": secret})
    assert (answer.status_code, answer.json()["code"]) == (401, "unknown_key")
    assert {"code", "message", "detail"} <= set(answer.json())
    assert not Event.objects.exists()


def test_a_revoked_key_is_refused_within_five_seconds(write_key, monkeypatch):
    from journeys.ingest import keys

    now = [1000.0]
    monkeypatch.setattr(keys, "time", SimpleNamespace(monotonic=lambda: now[0]))
    call = {**track(), "writeKey": write_key}

    door = Door()
    assert post("/v1/track", json=call, door=door).status_code == 200
    revoke_key(key=ApiKey.objects.get())
    now[0] += 5.1
    assert post("/v1/track", json=call, door=door).status_code == 401


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        (b'{"batch": [', "invalid_json", "end"),
        (b'{"batch": [{"a" 1}]}', "invalid_json", "byte 16"),
        (b"not json", "invalid_json", "byte 4"),
        (b"", "invalid_json", "end"),
        (b"[]", "wrong_type", "$"),
        (b'{"batch": 5}', "wrong_type", "$.batch"),
        (b"{}", "no_batch", "$.batch"),
        (b'{"batch":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too_deep", "$"),
    ],
)
def test_a_body_that_is_no_batch_is_400_and_names_the_place(write_key, body, code, place):
    answer = post("/v1/batch", content=body, headers={"Authorization": f"Bearer {write_key}"})
    assert answer.status_code == 400
    told = answer.json()
    assert told["code"] == code
    assert told.get("place") == place


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ({"event": "bought"}, "no_id"),
        ({"event": "bought", "anonymousId": "undefined"}, "no_id"),
        ({"anonymousId": "v"}, "no_event"),
        ({"event": 5, "anonymousId": "v"}, "wrong_type"),
        ({"event": "x" * 201, "anonymousId": "v"}, "event_too_long"),
        ({"event": "b", "anonymousId": "v", "properties": []}, "wrong_type"),
        ({"event": "b", "anonymousId": "v", "timestamp": "30000-01-01T00:00:00Z"},
         "invalid_timestamp"),
        ({"event": "b", "anonymousId": "v", "timestamp": "1970-01-01"}, "invalid_timestamp"),
        ({"event": "b", "anonymousId": "v", "timestamp": 12}, "invalid_timestamp"),
    ],
)  # fmt: skip
def test_a_single_call_that_cannot_be_stored_is_400(write_key, call, code):
    answer = post("/v1/track", json={**call, "writeKey": write_key})
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert IngestCount.objects.get(outcome="rejected").reason == code


def test_a_bad_event_does_not_take_its_neighbours_with_it(write_key):
    deep = {}
    for _ in range(100):
        deep = {"a": deep}
    calls = [
        track("first"),
        {"type": "track", "anonymousId": "v"},
        track("deep", properties=deep),
        {"type": "dance", "anonymousId": "v"},
        "no object",
        track("large", properties={"text": "x" * 33_000}),
        track("last"),
    ]
    answer = post("/v1/batch", json=batch(write_key, *calls))
    assert answer.status_code == 200
    assert answer.json()["accepted"] == 2
    assert [(item["index"], item["code"]) for item in answer.json()["rejected"]] == [
        (1, "no_event"),
        (2, "too_deep"),
        (3, "unknown_type"),
        (4, "wrong_type"),
        (5, "too_large"),
    ]
    assert set(Event.objects.values_list("event_name", flat=True)) == {"first", "last"}
    assert IngestCount.objects.filter(outcome="rejected").count() == 5
    assert IngestCount.objects.totals() == {"accepted": 2, "rejected": 5}


def test_what_postgresql_cannot_keep_is_mended_or_refused(write_key):
    head = '{"type":"track","anonymousId":"v'
    calls = [
        head + r'\u0000w","event":"nul\u0000","properties":{"a\u0000":"b\u0000c"}}',
        head + r'","event":"surrogate","properties":{"a":"\ud83d","b":"\ud83d\ude00"}}',
        head + '","event":"huge","properties":{"a":' + "9" * 3000 + "}}",
        head + '","event":"float","properties":{"a":1e999}}',
        head + '","event":"twice","properties":{"a":1,"a":2}}',
    ]
    raw = f'{{"writeKey":"{write_key}","batch":[{",".join(calls)}]}}'
    answer = post("/v1/batch", content=raw.encode())
    assert answer.status_code == 200
    events = {event.event_name: event for event in Event.objects.all()}
    assert set(events) == {"nul", "surrogate", "huge", "twice"}
    assert events["surrogate"].properties == {"a": "\ufffd", "b": "😀"}
    assert events["nul"].properties == {"a": "bc"}
    assert events["nul"].anonymous_id == "vw"
    assert events["twice"].properties == {"a": 2}
    assert len(answer.json()["rejected"]) == 1


def test_bytes_that_are_no_utf8_are_refused_alone(write_key):
    raw = (
        b'{"writeKey":"%s","batch":[{"type":"track","anonymousId":"v","event":"\xff"},'
        b'{"type":"track","anonymousId":"v","event":"good"}]}' % write_key.encode()
    )
    answer = post("/v1/batch", content=raw)
    assert (answer.status_code, answer.json()["accepted"]) == (200, 1)
    assert answer.json()["rejected"][0]["index"] == 0


@pytest.mark.parametrize("header", [{}, {"Content-Encoding": "gzip"}])
def test_gzip_is_known_by_its_header_and_by_its_first_bytes(write_key, header):
    body = gzip.compress(json.dumps(batch(write_key, track())).encode())
    assert post("/v1/batch", content=body, headers=header).status_code == 200
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (gzip.compress(b"[" + b" " * 50_000_000 + b"]"), 413),
        (b" " * (500 * 1024 + 1), 413),
        (gzip.compress(b'{"batch":[]}')[:-9], 400),
        (b"\x1f\x8bnonsense", 400),
    ],
    ids=["bomb", "plain", "cut off", "no gzip"],
)
def test_a_body_too_large_or_broken_is_refused(write_key, body, status):
    answer = post("/v1/batch", content=body, headers={"Authorization": f"Bearer {write_key}"})
    assert answer.status_code == status


def test_more_events_than_a_batch_may_have_is_413(write_key):
    answer = post("/v1/batch", json=batch(write_key, *[{}] * 2501))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_many")
    assert IngestCount.objects.get().reason == "too_many"


def test_too_many_events_in_a_minute_are_429_with_retry_after(write_key, settings, one_minute):
    settings.EVENTS_PER_MINUTE = 3

    async def conversation(client):
        body = batch(write_key, track(), track())
        return [await client.post("/v1/batch", json=body) for _ in range(2)]

    first, second = through(conversation)
    assert first.status_code == 200
    assert second.status_code == 429
    assert 0 < int(second.headers["Retry-After"]) <= 60
    assert IngestCount.objects.get(outcome="rejected", reason="rate_limited").count == 2


def test_without_valkey_events_are_taken_in_uncounted(write_key, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert post("/v1/track", json={**track(), "writeKey": write_key}).status_code == 200


def test_without_the_database_it_is_503_and_never_200(write_key, settings):
    call = {**track(), "writeKey": write_key}
    settings.WEB_DATABASE_URL = "postgres://halfhour_web@127.0.0.1:1/nothing"
    answer = post("/v1/track", json=call, reachable=False)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.json()["code"] == "unavailable"


def test_a_browser_of_any_origin_may_send(write_key):
    async def conversation(client):
        origin = {"Origin": "https://shop.example"}
        asked = {
            **origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, content-type",
        }
        preflight = await client.options("/v1/t", headers=asked)
        body = json.dumps({**track(), "writeKey": write_key})
        text = {**origin, "Content-Type": "text/plain;charset=UTF-8"}
        return preflight, await client.post("/v1/t", content=body, headers=text)

    preflight, sent = through(conversation)
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Headers"] == "authorization, content-type"
    for answer in (preflight, sent):
        assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.example"
        assert answer.headers["Vary"] == "Origin"
    assert sent.status_code == 200


def test_an_unknown_call_is_404_and_a_get_405(write_key):
    async def conversation(client):
        return await client.post("/v1/dance", json={}), await client.get("/v1/batch")

    unknown, read = through(conversation)
    assert (unknown.status_code, read.status_code) == (404, 405)


def test_analytics_js_is_told_where_to_send(write_key):
    async def conversation(client):
        known = await client.get(f"/v1/projects/{write_key}/settings")
        return known, await client.get("/v1/projects/nothing/settings")

    known, unknown = through(conversation)
    told = known.json()["integrations"]["Segment.io"]
    assert (told["apiKey"], told["apiHost"]) == (write_key, "localhost/v1")
    assert unknown.status_code == 401


def test_the_door_owns_its_paths_and_no_others():
    owned = ["/v1/batch", "/v1/projects/x/settings", "/_hh/forms/F-1", "/s/shop/_hh/forms/F-1"]
    others = ["/", "/about", "/_hh/preview/x", "/v1", "/s/shop/about", "/x/v1/batch"]
    assert all(Door.owns(path) for path in owned)
    assert not any(Door.owns(path) for path in others)


def test_events_go_into_their_months_partition(write_key):
    now = timezone.now()
    post("/v1/batch", json=batch(write_key, track(), track("old", timestamp="2020-02-03")))
    with connection.cursor() as cursor:
        cursor.execute("select event_name, tableoid::regclass::text from journeys_event")
        found = dict(cursor.fetchall())
    assert found["bought"] == f"journeys_event_y{now:%Y}m{now:%m}"
    assert found["old"] == "journeys_event_default"


def test_a_session_id_that_is_no_uuid_becomes_one_and_the_same(write_key):
    calls = [track(context={"sessionId": 1730000000000}) for _ in range(2)]
    calls.append(track(context={"sessionId": 1730000000001}))
    post("/v1/batch", json=batch(write_key, *calls))
    sessions = list(Event.objects.order_by("id").values_list("session_id", flat=True))
    assert sessions[0] == sessions[1] != sessions[2]
    assert isinstance(sessions[0], uuid.UUID)


def test_an_event_of_a_site_that_was_deleted_is_kept_without_it(workspace_at_door):
    from accounts.keys import issue_key

    _key, secret = issue_key(
        workspace=workspace_at_door, kind="ingest", name="x", scopes=[f"project:{uuid.uuid4()}"]
    )
    assert post("/v1/track", json={**track(), "writeKey": secret}).status_code == 200
    assert Event.objects.get().project is None
