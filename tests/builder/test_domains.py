"""Hosts of the customers' own: who may claim one, and what proves that it is theirs."""

import datetime

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import tenancy
from builder import dns_records, domains, hosts, projects, publishing
from builder.models import SiteDomain
from tests.builder.factories import ProjectFactory
from tests.builder.name_server import name_server

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
HOST = "www.dune-house.example"


@pytest.fixture
def zone(settings):
    with name_server() as (zone, address):
        settings.DNS_SERVERS = [address]
        settings.SITES_DOMAIN = "sites.example"
        yield zone


@pytest.fixture
def domain(project, zone):
    return domains.claim(project=project, host=HOST)


@pytest.fixture
def other(zone):
    """The same host, claimed by somebody of another workspace."""
    return domains.claim(project=ProjectFactory(name="Squat"), host=HOST)


def prove(zone, domain, by="TXT"):
    record = next(each for each in dns_records.records(domain) if each.kind == by)
    zone.set(record.name, record.kind, *zone.records.get((record.name, by), ()), record.value)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("WWW.Example.COM", "www.example.com"),
        ("  example.com. ", "example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("مثال.إختبار", "xn--mgbh0fb.xn--kgbechtv"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("a.b.c.d.example", "a.b.c.d.example"),
    ],
)
def test_a_host_has_one_spelling(text, host):
    assert hosts.normalise(text) == host


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("https://example.com", "invalid_host"),
        ("example.com/path", "invalid_host"),
        ("example.com:8000", "invalid_host"),
        ("user@example.com", "invalid_host"),
        ("exa mple.com", "invalid_host"),
        ("example..com", "invalid_host"),
        ("-a.example", "invalid_host"),
        ("*.example.com", "invalid_host"),
        ("_dmarc.example.com", "invalid_host"),
        ("192.0.2.7", "invalid_host"),
        ("[2001:db8::1]", "invalid_host"),
        ("2001:db8::1", "invalid_host"),
        ("example", "invalid_host"),
        ("", "invalid_host"),
        ("a" * 64 + ".example", "invalid_host"),
        (".".join(["label"] * 50) + ".example", "invalid_host"),
        ("example.com\x00", "invalid_host"),
        ("example.com\r\nx: y", "invalid_host"),
        ("printer.local", "not_public"),
        ("sub.localhost", "not_public"),
        ("other.sites.example", "reserved_host"),
        ("sites.example", "reserved_host"),
        ("console.halfhour.example", "reserved_host"),
    ],
)
def test_what_is_no_host_of_a_customers_is_refused(settings, text, code):
    settings.SITES_DOMAIN = "sites.example"
    settings.PUBLIC_OFFICE_URL = "https://console.halfhour.example"
    with pytest.raises(hosts.HostError) as refused:
        hosts.normalise(text)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [("/host", code)]


@given(st.text(max_size=80))
def test_whatever_is_written_becomes_a_host_or_is_refused(text):
    try:
        host = hosts.normalise(text)
    except hosts.HostError:
        return
    assert hosts.normalise(host) == host
    assert host.isascii()
    assert not set(host) & set("/:@?#*_ \\")


@pytest.mark.parametrize(("by", "method"), [("TXT", "txt"), ("CNAME", "cname")])
def test_either_record_proves_a_host(zone, domain, by, method):
    prove(zone, domain, by)
    domains.verify(domain=domain, now=NOW)
    assert (domain.verified_at, domain.method, domain.failure) == (NOW, method, "")
    assert domain.last_checked_at == NOW


def test_a_long_text_record_in_parts_is_read_whole(zone, domain):
    value = f"{dns_records.TXT_PREFIX}{domain.token}"
    zone.set(f"_halfhour.{HOST}", "TXT", [value[:10].encode(), value[10:].encode()])
    assert domains.verify(domain=domain, now=NOW).is_verified


@pytest.mark.parametrize(
    ("prepare", "failure", "detail"),
    [
        (lambda zone: None, "not_found", ""),
        (lambda zone: zone.set(HOST, "A", "192.0.2.1"), "no_record", ""),
        (lambda zone: zone.set(f"_halfhour.{HOST}", "TXT", "hi"), "wrong_record", "hi"),
        (
            lambda zone: zone.set(HOST, "CNAME", "else.sites.example"),
            "wrong_record",
            "else.sites.example",
        ),
        (lambda zone: setattr(zone, "failing", "SERVFAIL"), "server_failed", ""),
        (lambda zone: setattr(zone, "failing", "REFUSED"), "server_failed", ""),
    ],
)
def test_why_a_host_is_not_verified_is_told(zone, domain, prepare, failure, detail):
    prepare(zone)
    domains.verify(domain=domain, now=NOW)
    assert (domain.failure, domain.failure_detail, domain.verified_at) == (failure, detail, None)
    assert domain.get_failure_display()


def test_name_servers_that_say_nothing_are_not_waited_for(zone, domain, monkeypatch):
    monkeypatch.setattr(dns_records, "LIFETIME_SECONDS", 0.4)
    zone.silent = 1.0
    began = timezone.now()
    domains.verify(domain=domain, now=NOW)
    assert domain.failure == "timeout"
    assert (timezone.now() - began).total_seconds() < 2


def test_an_address_of_ours_alone_proves_nothing(zone, domain, settings):
    """Everybody's site is behind the same addresses."""
    settings.SITES_ADDRESSES = ["192.0.2.10", "2001:db8::10"]
    zone.set(HOST, "A", "192.0.2.10")
    zone.set(HOST, "AAAA", "2001:db8::10")
    assert not domains.verify(domain=domain, now=NOW).is_verified
    shown = [(each.kind, each.value) for each in dns_records.records(domain) if not each.proves]
    assert shown == [("A", "192.0.2.10"), ("AAAA", "2001:db8::10")]


def test_another_projects_label_proves_nothing(zone, domain, other):
    zone.set(HOST, "CNAME", dns_records.target_of(other))
    assert not domains.verify(domain=domain, now=NOW).is_verified
    assert domains.verify(domain=other, now=NOW).is_verified


def test_who_only_claims_keeps_nobody_from_the_host(zone, other, domain):
    prove(zone, domain)
    assert not domains.verify(domain=other, now=NOW).is_verified
    assert domains.verify(domain=domain, now=NOW).is_verified


def test_who_proved_first_keeps_the_host_while_the_record_stands(zone, other, domain):
    prove(zone, other)
    domains.verify(domain=other, now=NOW)
    prove(zone, domain)
    domains.verify(domain=domain, now=NOW)
    assert (domain.failure, domain.verified_at) == ("taken", None)
    other.refresh_from_db()
    assert other.is_verified


def test_a_host_that_changed_hands_goes_to_who_proves_it_now(zone, other, domain):
    prove(zone, other)
    domains.verify(domain=other, now=NOW)
    zone.drop(f"_halfhour.{HOST}", "TXT")
    prove(zone, domain)
    assert domains.verify(domain=domain, now=NOW).is_verified
    other.refresh_from_db()
    assert (other.is_verified, other.failure) == (False, "wrong_record")


def test_two_rows_of_one_host_are_never_verified_both(zone, other, domain):
    SiteDomain.objects.filter(pk=other.pk).update(verified_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteDomain.objects.filter(pk=domain.pk).update(verified_at=NOW)


def test_a_tenant_does_not_say_that_a_host_is_verified(domain, workspace, member):
    scope = tenancy.tenant(workspace_id=workspace.pk, user_id=member.user_id, role="editor")
    mine = SiteDomain.objects.filter(pk=domain.pk)
    for changes in ({"verified_at": NOW}, {"verified_at": NOW, "host": "bank.example"}):
        with pytest.raises(ProgrammingError) as refused, transaction.atomic(), scope:
            mine.update(**changes)
        assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
        scope = tenancy.tenant(workspace_id=workspace.pk, user_id=member.user_id, role="editor")
    SiteDomain.objects.filter(pk=domain.pk).update(verified_at=NOW)
    with pytest.raises(ProgrammingError), transaction.atomic(), scope:
        mine.update(host="bank.example")
    with tenancy.tenant(workspace_id=workspace.pk, user_id=member.user_id, role="editor"):
        assert mine.update(redirects=False) == 1


def test_a_record_that_is_gone_has_three_days_to_come_back(zone, domain):
    prove(zone, domain)
    domains.verify(domain=domain, now=NOW)
    zone.drop(f"_halfhour.{HOST}", "TXT")
    domains.verify(domain=domain, now=NOW + datetime.timedelta(days=1))
    assert domain.is_verified
    assert domain.failing_since == NOW + datetime.timedelta(days=1)
    domains.verify(domain=domain, now=NOW + datetime.timedelta(days=3, hours=23))
    assert domain.is_verified
    domains.verify(domain=domain, now=NOW + datetime.timedelta(days=4))
    assert (domain.is_verified, domain.method, domain.failing_since) == (False, "", None)


def test_name_servers_that_are_ill_take_no_host_away(zone, domain):
    prove(zone, domain)
    domains.verify(domain=domain, now=NOW)
    zone.failing = "SERVFAIL"
    for days in (1, 5, 30):
        domains.verify(domain=domain, now=NOW + datetime.timedelta(days=days))
    assert domain.is_verified
    zone.failing = None
    domains.verify(domain=domain, now=NOW + datetime.timedelta(days=31))
    assert (domain.failure, domain.failing_since) == ("", None)


def test_the_clock_asks_for_each_when_its_turn_comes(zone, domain, project):
    now = timezone.now()
    later = [now + datetime.timedelta(minutes=minutes) for minutes in (0, 5, 11)]
    assert [domains.check_due(now=at) for at in later] == [1, 0, 1]
    prove(zone, domain)
    assert domains.check_due(now=now + datetime.timedelta(minutes=30)) == 1
    domain.refresh_from_db()
    assert domain.is_verified
    assert domains.check_due(now=now + datetime.timedelta(hours=20)) == 0
    assert domains.check_due(now=now + datetime.timedelta(hours=25)) == 1


def test_what_was_claimed_long_ago_and_never_proved_is_asked_for_no_more(zone, domain):
    assert domains.check_due(now=timezone.now() + datetime.timedelta(days=31)) == 0


def test_a_site_has_at_most_twenty_domains_and_each_once(project, zone, monkeypatch):
    monkeypatch.setattr(domains, "MOST_OF_PROJECT", 2)
    domains.claim(project=project, host="one.example")
    with pytest.raises(domains.DomainError) as refused:
        domains.claim(project=project, host="ONE.example.")
    assert refused.value.faults[0].code == "duplicate_host"
    domains.claim(project=project, host="two.example")
    with pytest.raises(domains.DomainError) as refused:
        domains.claim(project=project, host="three.example")
    assert refused.value.faults[0].code == "too_many_domains"


def test_one_domain_is_primary_and_once_verified_the_sites_own_address(zone, domain, project):
    second = domains.claim(project=project, host="dune-house.example", is_primary=True)
    assert "sites.example" in projects.site_url(project=project)
    prove(zone, second)
    domains.verify(domain=second, now=NOW)
    fresh = type(project).objects.get(pk=project.pk)
    assert projects.site_url(project=fresh) == "http://dune-house.example:8000"
    release = publishing.publish(project=fresh, user=fresh.owner)
    assert "/sitemap.xml" in release.manifest
    domains.change(domain=domain, is_primary=True, redirects=True)
    second.refresh_from_db()
    assert not second.is_primary


def test_members_alone_claim_for_their_workspace(api, project, zone):
    body = {"project": str(project.pk), "host": "Bücher.example", "is_primary": True}
    made = api.post("/api/v1/site-domains/", body, format="json")
    assert made.status_code == 201, made.json()
    told = made.json()
    assert (told["host"], told["readable_host"]) == ("xn--bcher-kva.example", "bücher.example")
    assert [each["kind"] for each in told["records"]] == ["TXT", "CNAME"]
    again = api.post("/api/v1/site-domains/", body, format="json")
    assert again.status_code == 400
    assert again.json()["errors"][0]["pointer"] == "/host"
    theirs = ProjectFactory()
    stranger = api.post("/api/v1/site-domains/", {**body, "project": str(theirs.pk)}, format="json")
    assert stranger.status_code == 400
    assert stranger.json()["errors"][0]["code"] == "does_not_exist"


@pytest.mark.parametrize("host", ["http://x.example", "localhost", "10.0.0.1", "a..example", ""])
def test_a_host_that_is_none_is_a_400_with_its_pointer(api, project, zone, host):
    answer = api.post(
        "/api/v1/site-domains/", {"project": str(project.pk), "host": host}, format="json"
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/host"


def test_looking_up_over_the_api_says_what_was_found(api, project, zone):
    body = {"project": str(project.pk), "host": HOST}
    made = api.post("/api/v1/site-domains/", body, format="json").json()
    url = f"/api/v1/site-domains/{made['id']}/"
    told = api.post(f"{url}verify/").json()
    assert (told["is_verified"], told["failure"]) == (False, "not_found")
    assert told["failure_text"] == "There is no such name in DNS."
    prove(zone, SiteDomain.objects.get(pk=made["id"]))
    assert api.post(f"{url}verify/").json()["is_verified"] is True
    for change in ({"verified_at": None}, {"is_verified": False}, {"token": "x"}):
        api.patch(url, change, format="json")
    assert api.get(url).json()["is_verified"] is True
    assert api.patch(url, {"host": "else.example"}, format="json").status_code == 400
    assert api.patch(url, {"redirects": False}, format="json").json()["redirects"] is False
    assert api.delete(url).status_code == 204


def test_a_strangers_domain_is_not_there(api, other):
    url = f"/api/v1/site-domains/{other.pk}/"
    answers = [api.get(url), api.patch(url, {}, format="json"), api.post(f"{url}verify/")]
    assert {each.status_code for each in [*answers, api.delete(url)]} == {404}
