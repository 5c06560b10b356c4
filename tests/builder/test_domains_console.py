"""Domains, redirects, passwords and addresses in the console."""

import pytest
from django.urls import reverse
from django.utils import timezone

from builder import domains, redirects, site_passwords
from builder.models import SiteDomain, SitePassword, SiteRedirect
from tests.builder.factories import ProjectFactory
from tests.builder.name_server import name_server
from tests.builder.test_console import fields_of
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def console(client, workspace):
    user = UserFactory(is_staff=True)
    client.force_login(MembershipFactory(workspace=workspace, role="admin", user=user).user)
    return client


@pytest.fixture
def domain(project, settings):
    settings.SITES_ADDRESSES = ["192.0.2.10"]
    return domains.claim(project=project, host="www.bücher.example")


def at(name, *args):
    return reverse(f"admin:builder_{name}", args=args)


def told(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(("language", "word"), [("en", "Copy"), ("ar", "نسخ")])
def test_what_to_set_is_shown_to_be_copied(console, domain, language, word):
    page = console.get(at("sitedomain_change", domain.pk), headers={"accept-language": language})
    text = page.content.decode()
    assert "www.bücher.example" in text
    for value in (
        "_halfhour.www.xn--bcher-kva.example",
        f"halfhour-verification={domain.token}",
        "dune-house.",
        "192.0.2.10",
    ):
        assert f'data-copy="{value}' in text
    assert f">{word}</button>" in text
    assert "builder/copy.js" in text


def test_a_domain_is_claimed_and_looked_up(console, project, settings):
    body = {"project": str(project.pk), "host": "WWW.Dune.Example", "redirects": "on"}
    made = console.post(at("sitedomain_add"), body)
    assert made.status_code == 302, made.context["adminform"].form.errors
    domain = SiteDomain.objects.get()
    assert (domain.host, domain.workspace_id) == ("www.dune.example", project.workspace_id)
    again = console.post(at("sitedomain_add"), body)
    assert again.context["adminform"].form.errors["host"] == [
        "The workspace has this domain already."
    ]
    with name_server() as (zone, address):
        settings.DNS_SERVERS = [address]
        action = reverse("admin:builder_sitedomain_verify", args=[domain.pk])
        page = console.post(action, {"_form_submitted": "on"}, follow=True)
        assert told(page) == ["There is no such name in DNS."]
        zone.set("_halfhour.www.dune.example", "TXT", f"halfhour-verification={domain.token}")
        page = console.post(action, {"_form_submitted": "on"}, follow=True)
        assert told(page) == ["The domain is verified."]
    domain.refresh_from_db()
    assert domain.is_verified


@pytest.mark.parametrize("host", ["https://x.example", "10.0.0.1", "x.local", ""])
def test_a_host_that_is_none_is_said_at_its_field(console, project, host):
    page = console.post(at("sitedomain_add"), {"project": str(project.pk), "host": host})
    assert "host" in page.context["adminform"].form.errors


def test_one_domain_takes_the_place_of_another_as_primary(console, project, domain):
    other = domains.claim(project=project, host="other.example", is_primary=True)
    page = console.get(at("sitedomain_change", domain.pk))
    data = {**fields_of(page), "is_primary": "on"}
    assert console.post(at("sitedomain_change", domain.pk), data).status_code == 302
    other.refresh_from_db()
    domain.refresh_from_db()
    assert (domain.is_primary, other.is_primary) == (True, False)


def test_the_state_of_a_domain_is_told(console, domain):
    listing = at("sitedomain_changelist")
    assert "waits for its record" in console.get(listing).content.decode()
    mine = SiteDomain.objects.filter(pk=domain.pk)
    mine.update(verified_at=timezone.now(), last_checked_at=timezone.now(), method="txt")
    assert "TXT record" in console.get(at("sitedomain_change", domain.pk)).content.decode()
    mine.update(failing_since=timezone.now(), failure="no_record")
    assert "its record is missing" in console.get(listing).content.decode()


def test_a_redirect_is_checked_at_its_fields(console, project):
    body = {"project": str(project.pk), "from_path": "/old/", "to": "/contact", "status": "301"}
    assert console.post(at("siteredirect_add"), body).status_code == 302
    assert SiteRedirect.objects.get().from_path == "/old"
    for changes, field in (
        ({}, "from_path"),
        ({"from_path": "/practice"}, "from_path"),
        ({"from_path": "/x", "to": "javascript:x"}, "to"),
        ({"from_path": "/contact", "to": "/old", "replaces_page": "on"}, "to"),
    ):
        page = console.post(at("siteredirect_add"), {**body, **changes})
        assert field in page.context["adminform"].form.errors, changes


def test_a_table_is_imported_and_each_fault_named(console, project):
    address = reverse("admin:builder_siteredirect_load")
    table = "from,to\n/one,/contact\n/two,javascript:x\n"
    body = {"project": str(project.pk), "table": table, "_form_submitted": "on"}
    page = console.post(address, body, follow=True)
    stored, faulty = told(page)
    assert stored == "1 of 2 rows were stored."
    assert "Line 3:" in faulty
    page = console.post(address, {**body, "table": "a,b"}, follow=True)
    assert "columns" in told(page)[0]
    theirs = ProjectFactory()
    console.post(address, {**body, "project": str(theirs.pk)}, follow=True)
    assert not SiteRedirect.objects.filter(project=theirs).exists()


def test_a_password_is_set_changed_and_never_shown(console, project):
    body = {"project": str(project.pk), "password": "before the opening"}
    assert console.post(at("sitepassword_add"), body).status_code == 302
    record = SitePassword.objects.get()
    before = record.password
    page = console.get(at("sitepassword_change", record.pk))
    assert before not in page.content.decode()
    assert "md5" not in console.get(at("sitepassword_changelist")).content.decode()
    changed = console.post(at("sitepassword_change", record.pk), {"password": "another door"})
    assert changed.status_code == 302
    record.refresh_from_db()
    assert record.password != before
    short = console.post(at("sitepassword_change", record.pk), {"password": "x"})
    assert "password" in short.context["adminform"].form.errors
    assert console.post(at("sitepassword_delete", record.pk), {"post": "yes"}).status_code == 302
    assert not SitePassword.objects.exists()


def test_an_address_that_is_changed_stays_and_redirects(console, project):
    address = project.addresses.get()
    page = console.get(at("siteaddress_change", address.pk))
    data = {**fields_of(page), "label": "north-house"}
    assert console.post(at("siteaddress_change", address.pk), data).status_code == 302
    shown = project.addresses.values_list("label", "is_primary", "redirects")
    assert sorted(shown) == [("dune-house", False, True), ("north-house", True, False)]


def test_strangers_records_are_not_there(console):
    theirs = ProjectFactory()
    records = [
        domains.claim(project=theirs, host="theirs.example"),
        redirects.save(
            redirect=SiteRedirect(
                workspace=theirs.workspace, project=theirs, from_path="/a", to="/b"
            )
        ),
        site_passwords.set_password(project=theirs, password="before the opening"),
    ]
    for record in records:
        name = record._meta.model_name
        assert console.get(at(f"{name}_change", record.pk)).status_code == 302
        assert "theirs.example" not in console.get(at(f"{name}_changelist")).content.decode()
