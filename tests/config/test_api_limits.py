"""Requests are limited by the workspace's tier, and the answers say how one stands."""

import re

import pytest
from rest_framework.test import APIClient

from accounts import quotas
from accounts.addresses import client_address
from config.api.throttling import count
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def left(response):
    return int(re.fullmatch(r'"\w+";r=(\d+);t=\d+', response["RateLimit"]).group(1))


def test_the_answer_tells_the_policy_and_what_is_left(api, settings):
    settings.REQUESTS_PER_MINUTE = 5
    first, second = api.get("/api/v1/memberships/"), api.get("/api/v1/memberships/")
    assert first["RateLimit-Policy"] == '"free";q=5;w=60'
    assert left(first) - left(second) in (1, 4 - 5 + 1)  # the minute may have turned between
    assert left(first) == 4


def test_past_the_limit_one_is_told_when_to_come_back(api, settings):
    settings.REQUESTS_PER_MINUTE = 2
    answers = [api.get("/api/v1/memberships/") for _ in range(6)]
    assert answers[-1].status_code == 429
    assert answers[-1].json()["code"] == "throttled"
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert left(answers[-1]) == 0


def test_a_higher_tier_has_more(api, settings, workspace):
    settings.REQUESTS_PER_MINUTE = 2
    workspace.subscription_tier = "pro"
    workspace.save()
    assert api.get("/api/v1/memberships/")["RateLimit-Policy"] == '"pro";q=20;w=60'


def test_a_workspace_shares_its_limit_and_another_has_its_own(api, member):
    from accounts.keys import issue_key

    def client(workspace, user):
        _key, secret = issue_key(workspace=workspace, kind="personal", name="x", user=user)
        other = APIClient()
        other.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return other

    colleague = MembershipFactory(workspace=member.workspace)
    stranger = MembershipFactory()
    first = left(api.get("/api/v1/memberships/"))
    assert left(client(colleague.workspace, colleague.user).get("/api/v1/memberships/")) < first
    assert left(client(stranger.workspace, stranger.user).get("/api/v1/memberships/")) == first


def test_windows_are_counted_apart():
    at = {"policy": "free", "caller": "test", "limit": 2}
    assert [count(**at, now=t)[0].allowed for t in (0, 30, 59, 60, 61)] == [
        True,
        True,
        False,
        True,
        True,
    ]
    assert count(**at, now=130)[0].reset == 50


def test_minute_and_month_are_counted_in_one_exchange(api, monkeypatch):
    from redis.connection import AbstractConnection

    api.get("/api/v1/memberships/")
    sent = []
    send = AbstractConnection.send_packed_command

    def counted(connection, command, **named):
        sent.append(command)
        return send(connection, command, **named)

    monkeypatch.setattr(AbstractConnection, "send_packed_command", counted)
    assert api.get("/api/v1/memberships/").status_code == 200
    assert len(sent) == 1
    assert b"throttle:" in b"".join(sent[0])
    assert b"quota:" in b"".join(sent[0])


def test_what_the_minute_refuses_uses_up_nothing_of_the_month(api, settings, workspace):
    def month():
        rows = quotas.standings(workspace_id=workspace.pk, tier="free")
        return next(row.used for row in rows if row.kind == quotas.Kind.REQUESTS)

    settings.REQUESTS_PER_MINUTE = 3
    statuses = [api.get("/api/v1/memberships/").status_code for _ in range(9)]
    assert statuses.count(429) >= 3
    assert month() == statuses.count(200)


def test_without_valkey_the_api_goes_on(api, monkeypatch):
    from redis.exceptions import ConnectionError as Gone

    def gone(*_args, **_kwargs):
        raise Gone

    monkeypatch.setattr("redis.client.Pipeline.execute", gone)
    response = api.get("/api/v1/memberships/")
    assert response.status_code == 200
    assert "RateLimit" not in response


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 9.9.9.9", "9.9.9.9"),
        (2, "6.6.6.6, 9.9.9.9, 10.0.0.1", "9.9.9.9"),
        (2, "9.9.9.9", "9.9.9.9"),
        (1, "", "127.0.0.1"),
    ],
)
def test_an_address_is_believed_as_far_as_proxies_are_ours(
    rf, settings, proxies, forwarded, expected
):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", headers={"X-Forwarded-For": forwarded} if forwarded else {})
    assert client_address(request) == expected
