import time

import pytest
import redis
from django.conf import settings

from journeys.workflows import nudge


@pytest.fixture
def sent(monkeypatch):
    """The moments at which hints go out."""
    moments = []

    def note(*_, **__):
        moments.append(time.monotonic())

    monkeypatch.setattr(nudge.current_app, "send_task", note, raising=False)
    yield moments
    time.sleep(nudge.PAUSE * 2)


def test_many_hints_become_few_and_the_last_is_not_forgotten(sent):
    began = time.monotonic()
    for _ in range(200):
        nudge.nudge()
    assert time.monotonic() - began < 0.1, "it never waits"
    time.sleep(nudge.PAUSE * 2.5)
    assert 1 <= len(sent) <= 2
    nudge.nudge()
    time.sleep(nudge.PAUSE * 2)
    assert len(sent) <= 3
    assert sent[-1] - began > nudge.PAUSE * 2


def test_a_hint_reaches_the_broker():
    nudge._send()
    client = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    queued = client.lrange("celery:celery", 0, -1)
    client.delete("celery:celery")
    assert any(nudge.TASK.encode() in message for message in queued)


def test_without_a_broker_the_hint_is_lost_and_nothing_else(monkeypatch):
    def away(*_, **__):
        raise redis.exceptions.ConnectionError

    monkeypatch.setattr(nudge.current_app, "send_task", away, raising=False)
    nudge._send()
