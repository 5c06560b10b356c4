"""Published clients, unmodified, with only a host and a key set, over real HTTP."""

import pytest
import segment.analytics

from journeys.models import Contact, Event, IngestCount
from tests.journeys.served import serving


@pytest.fixture
def served(edge_database):
    with serving() as served:
        yield served


@pytest.mark.parametrize("gzip", [False, True])
def test_segment_analytics_python_is_taken_in_whole(served, write_key, gzip):
    errors = []
    client = segment.analytics.Client(
        write_key, host=served.url, gzip=gzip, on_error=lambda error, _: errors.append(error)
    )
    client.identify("u1", {"email": "layan@example.com", "plan": "pro"}, anonymous_id="a1")
    for number in range(250):
        client.track("u1", "bought", {"number": number})
    client.page(anonymous_id="a2", name="Home", properties={"path": "/"})
    client.screen("u1", name="Start")
    client.group("u1", "g1", {"size": 3})
    client.alias("a2", "u2")
    client.flush()
    client.shutdown()
    assert errors == []
    assert Event.objects.count() == 255
    assert Event.objects.filter(event_name="bought").count() == 250
    assert set(Event.objects.values_list("type", flat=True)) == {
        "identify", "track", "page", "screen", "group", "alias",
    }  # fmt: skip
    assert Contact.objects.count() == 2
    assert Contact.objects.get(email="layan@example.com").traits["plan"] == "pro"
    assert IngestCount.objects.totals() == {"accepted": 255}


def test_a_wrong_key_reaches_the_clients_error_handler(served):
    errors = []
    client = segment.analytics.Client(
        "hh_ingest_nothing", host=served.url, on_error=lambda error, _: errors.append(error)
    )
    client.track("u1", "bought")
    client.flush()
    client.shutdown()
    assert [error.status for error in errors] == [401]
    assert [error.code for error in errors] == ["unknown_key"]
