"""What Segment's calls mean, without a database."""

import datetime
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.ingest.messages import MessageError, happened_at, is_too_deep, session_uuid
from journeys.ingest.segment import (
    CALLS,
    Origin,
    mend_surrogates,
    read_calls,
    read_envelope,
)

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
ORIGIN = Origin(received_at=NOW, ip_address="203.0.113.7", user_agent="tests")


def read(body, kind=""):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_calls(raw, envelope=read_envelope(raw), kind=kind, origin=ORIGIN)


def only(call):
    reading = read({"batch": [call]})
    assert reading.rejections == []
    return reading.messages[0]


def test_identify_tells_traits_and_an_address():
    message = only(
        {"type": "identify", "userId": "u1", "traits": {"email": "A@B.co", "plan": "pro"}}
    )
    assert (message.user_id, message.email) == ("u1", "a@b.co")
    assert message.traits == {"email": "A@B.co", "plan": "pro"}
    assert message.properties == {"traits": {"email": "A@B.co", "plan": "pro"}}
    assert [name.kind for name in message.names] == ["user_id", "email"]


def test_group_and_alias_keep_what_they_tell():
    group = only({"type": "group", "userId": "u", "groupId": "g", "traits": {"size": 3}})
    assert group.properties == {"group_id": "g", "traits": {"size": 3}}
    assert group.traits is None
    alias = only({"type": "alias", "userId": "u", "previousId": "before"})
    assert alias.names[1] == ("anonymous_id", "before")


def test_a_page_keeps_its_name_beside_its_properties():
    page = only({"type": "page", "anonymousId": "v", "name": "Menu", "properties": {"path": "/m"}})
    assert page.properties == {"name": "Menu", "path": "/m"}


def test_an_illegal_id_beside_a_legal_one_is_left_out():
    message = only({"type": "page", "userId": "null", "anonymousId": "v"})
    assert (message.user_id, message.anonymous_id) == ("", "v")


def test_a_message_without_an_id_is_given_one():
    first, second = (only({"type": "page", "anonymousId": "v"}) for _ in range(2))
    assert first.message_id != second.message_id


def test_a_batchs_context_is_every_calls_unless_it_is_large():
    call = {"type": "page", "anonymousId": "v", "context": {"locale": "ar"}}
    shared = {"locale": "en", "app": "x", "ip": "198.51.100.1"}
    message = read({"batch": [call], "context": shared}).messages[0]
    assert message.context == {"locale": "ar", "app": "x"}
    assert message.ip_address == "198.51.100.1"
    large = read({"batch": [call], "context": {"app": "x" * 3000}}).messages[0]
    assert large.context == {"locale": "ar"}


@pytest.mark.parametrize(
    ("timestamp", "sent_at", "expected"),
    [
        (None, None, NOW),
        (None, "2026-11-21T10:00:00Z", NOW),
        ("2026-11-21T10:00:00Z", None, NOW - datetime.timedelta(hours=2)),
        ("2026-11-21T10:00:00", None, NOW - datetime.timedelta(hours=2)),
        ("2026-11-21T13:00:00+03:00", None, NOW - datetime.timedelta(hours=2)),
        ("2020-01-01T00:00:00Z", "2020-01-01T00:01:00Z", NOW - datetime.timedelta(minutes=1)),
        ("2026-11-22T10:59:00Z", None, NOW + datetime.timedelta(hours=22, minutes=59)),
        ("2026-11-22T11:01:00Z", None, NOW),
    ],
)
def test_times(timestamp, sent_at, expected):
    assert happened_at(timestamp=timestamp, sent_at=sent_at, received_at=NOW) == expected


@pytest.mark.parametrize(
    "timestamp", ["", "yesterday", "30000-01-01", "0001-01-01T00:00:00+14:00", 5, [], "1999-12-31"]
)
def test_what_is_no_time_is_refused(timestamp):
    with pytest.raises(MessageError) as caught:
        happened_at(timestamp=timestamp, sent_at=None, received_at=NOW)
    assert caught.value.code == "invalid_timestamp"


def test_a_clock_beyond_all_times_is_refused():
    with pytest.raises(MessageError):
        happened_at(timestamp="9999-12-31T23:59:59Z", sent_at="2000-01-01", received_at=NOW)


def test_session_ids_are_uuids_or_become_one_of_the_visitor():
    given_id = "0b6f9a8e-7f6c-4b4e-9f0e-0d6a3d0b2c11"
    assert str(session_uuid(given_id, visitor="v")) == given_id
    assert session_uuid(17, visitor="v") == session_uuid("17", visitor="v")
    assert session_uuid(17, visitor="v") != session_uuid(17, visitor="w")
    assert [session_uuid(value, visitor="v") for value in (None, "", True, [])] == [None] * 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"\ud83d"', '"\ufffd"'),
        (r'"\ude00x"', '"\ufffdx"'),
        (r'"\ud83d\ude00"', '"😀"'),
        (r'"\\ud83d"', r'"\\ud83d"'),
        (r'"\\\ud83d"', '"\\\\\ufffd"'),
        (r'"\uD83D\uD83D\uDE00"', '"\ufffd😀"'),
        (r'"\n\u00e9"', '"\\n\u00e9"'),
    ],
)
def test_halves_of_surrogate_pairs_are_mended(text, expected):
    mended = msgspec.json.decode(mend_surrogates(text.encode()))
    assert mended == json.loads(expected)


def test_depth_is_counted_in_levels():
    assert not is_too_deep({"a": [{"b": 1}]}, levels=3)
    assert is_too_deep({"a": [{"b": 1}]}, levels=2)


numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
CALL = (
    '{"type": 0, "event": 0, "name": 0, "anonymousId": 0, "userId": 0, "messageId": 0,'
    '"timestamp": 0, "sentAt": 0, "properties": 0, "traits": 0, "context": 0, "previousId": 0}'
)
calls = st.fixed_dictionaries({}, optional=dict.fromkeys(json.loads(CALL), json_values))


@given(st.lists(calls | json_values, max_size=4), json_values, st.sampled_from(sorted(CALLS)))
def test_whatever_is_sent_each_call_is_a_message_or_a_rejection(batch, sent_at, path):
    kind = CALLS[path]
    if kind:
        body = batch[0] if batch and isinstance(batch[0], dict) else {}
    else:
        body = {"batch": batch, "sentAt": sent_at}
    raw = mend_surrogates(json.dumps(body).encode())
    reading = read_calls(raw, envelope=read_envelope(raw), kind=kind, origin=ORIGIN)
    assert len(reading.messages) + len(reading.rejections) == (1 if kind else len(batch))
    for message in reading.messages:
        stored = msgspec.json.encode([message.properties, message.context, message.traits])
        assert rb"\u0000" not in stored
        assert message.names
