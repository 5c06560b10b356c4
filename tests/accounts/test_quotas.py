"""Quotas of a tier: counted, healed, refused with a way out."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client
from redis.exceptions import ConnectionError as RedisAway

from accounts import quotas
from accounts.models import User
from accounts.quotas import counters
from accounts.quotas.limits import month_end, month_start, seconds_left
from builder import projects
from builder.library import load_templates
from builder.models import Template

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("tier", ["free", "pro", "enterprise", "unheard of"])
def test_every_tier_has_a_limit_of_every_kind(tier):
    assert all(quotas.limit_of(tier, kind) > 0 for kind in quotas.Kind)


def test_months_are_whole_in_utc():
    now = dt.datetime(2026, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
    assert month_start(now).day == 1
    assert (month_end(now).year, month_end(now).month) == (2027, 1)
    assert seconds_left(now) == 1


def test_spending_stops_at_the_limit_and_takes_nothing_when_it_refuses(workspace, settings):
    settings.QUOTAS = {"free": {"requests": 5}}
    spend = {"workspace_id": workspace.pk, "kind": quotas.Kind.REQUESTS}
    quotas.spend(**spend, amount=4)
    with pytest.raises(quotas.QuotaExceededError) as refused:
        quotas.spend(**spend, amount=2)
    assert refused.value.retry_after > 0
    quotas.spend(**spend, amount=1)
    with pytest.raises(quotas.QuotaExceededError):
        quotas.check(**spend)


def test_cost_is_counted_in_millionths_and_noted_beyond_the_limit(workspace, settings):
    settings.QUOTAS = {"free": {"ai_cost": 0.5}}
    cost = {"workspace_id": workspace.pk, "kind": quotas.Kind.AI_COST}
    quotas.check(**cost, amount=Decimal("0.4"))
    quotas.note(**cost, amount=Decimal("0.4999995"))
    quotas.note(**cost, amount=Decimal("0.25"))
    with pytest.raises(quotas.QuotaExceededError):
        quotas.check(**cost, amount=0)
    standing = {s.kind: s for s in quotas.standings(workspace_id=workspace.pk, tier="free")}
    assert standing["ai_cost"].used == Decimal("0.75")
    assert standing["ai_cost"].remaining == 0


def test_a_flushed_counter_begins_with_what_the_database_knows(workspace, settings):
    settings.QUOTA_SOURCES = {"events": "tests.accounts.test_quotas.seven"}
    settings.QUOTAS = {"free": {"events": 10}}
    events = {"workspace_id": workspace.pk, "kind": quotas.Kind.EVENTS}
    quotas.spend(**events, amount=2)
    cache.clear()
    quotas.spend(**events, amount=3)
    with pytest.raises(quotas.QuotaExceededError):
        quotas.spend(**events)


def seven(workspace_id, since):
    return 7


def test_without_valkey_nothing_is_refused(workspace, monkeypatch):
    def away(*arguments, **named):
        raise RedisAway

    monkeypatch.setattr(counters, "get_redis_connection", away)
    quotas.spend(workspace_id=workspace.pk, kind=quotas.Kind.REQUESTS)
    quotas.check(workspace_id=workspace.pk, kind=quotas.Kind.REQUESTS)


def test_requests_over_the_month_are_told_what_to_do(acting, settings):
    settings.QUOTAS = {"free": {"requests": 2}}
    owner = acting("owner")
    assert [owner.get("/api/v1/workspace/").status_code for _ in range(2)] == [200, 200]
    refused = owner.get("/api/v1/workspace/")
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert int(refused["Retry-After"]) > 0
    problem = refused.json()
    assert problem["code"] == "quota_exceeded"
    assert "larger tier" in problem["detail"]
    assert problem["errors"][0]["code"] == "quota_requests"


def test_projects_are_as_many_as_the_tier_has(workspace, user, settings):
    settings.QUOTAS = {"free": {"projects": 1}}
    load_templates()
    template = Template.objects.get(slug="marram")
    make = {"workspace": workspace, "owner": user, "template": template}
    projects.create_from_template(**make, name="One")
    with pytest.raises(quotas.QuotaExceededError, match="at most 1"):
        projects.create_from_template(**make, name="Two")


def test_every_member_sees_how_the_workspace_stands(acting, settings):
    settings.QUOTAS = {"free": {"seats": 4}}
    viewer = acting("viewer")
    rows = {row["kind"]: row for row in viewer.get("/api/v1/quotas/").json()}
    assert set(rows) == {kind.value for kind in quotas.Kind}
    assert (rows["seats"]["used"], rows["seats"]["limit"]) == ("1.000000", "4.000000")
    assert rows["seats"]["resets_at"] is None
    assert rows["events"]["resets_at"] is not None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_console_shows_bars(workspace, language):
    client = Client(headers={"accept-language": language})
    client.force_login(User.objects.create_superuser("root@example.com", "x"))
    page = client.get(f"/console/accounts/workspace/{workspace.pk}/change/").content.decode()
    assert page.count("hh-meter-rest") == len(quotas.Kind)
