"""/livez and /readyz of the office; the edge tells the same (test_routing.py)."""

import time

import pytest
from django.core.cache import cache
from django.db import connection
from redis.exceptions import ConnectionError as Gone

from config import health
from config.tasks import beat_heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def beating(db):
    beat_heartbeat()


def test_a_living_process_says_so_without_asking_anyone(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/livez")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_when_everything_is(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["status"] == "ok"
    assert set(response.json()["checks"]) == {"database", "migrations", "cache", "beat"}
    assert "no-store" in response["Cache-Control"]


def test_a_missing_migration_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from django_migrations where app = 'accounts' and name like '0002%%'"
        )
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == {"ok": False, "detail": "1 not applied"}


def test_without_the_database_it_is_not_ready_and_says_no_more(client, monkeypatch):
    from django.db import OperationalError

    def gone(*_args, **_kwargs):
        raise OperationalError("could not connect as halfhour_web to 10.0.0.7")

    monkeypatch.setattr(connection, "cursor", gone)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["database"] == {"ok": False, "detail": "unreachable"}
    assert response.json()["checks"]["migrations"]["detail"] == "not looked at"
    assert "10.0.0.7" not in response.content.decode()


def test_without_the_cache_it_is_not_ready(client, monkeypatch):
    def gone(*_args, **_kwargs):
        raise Gone

    with monkeypatch.context() as patch:
        patch.setattr("redis.client.Redis.execute_command", gone)
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["cache"]["ok"] is False


@pytest.mark.parametrize("seen", [None, 300])
def test_a_stopped_clock_is_told_but_takes_no_page_off_the_air(client, seen):
    cache.set(health.BEAT_KEY, time.time() - seen) if seen else cache.delete(health.BEAT_KEY)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["checks"]["beat"]["ok"] is False
    assert response.json()["checks"]["beat"]["detail"] == (
        "300 s ago" if seen else "no heartbeat yet"
    )


def test_probes_need_no_allowed_path_and_no_session(client, django_assert_num_queries):
    """A probe carries no cookie: nothing is looked up for it but what it asks."""
    with django_assert_num_queries(2):
        client.get("/readyz")
