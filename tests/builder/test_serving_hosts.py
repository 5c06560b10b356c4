"""Sites at hosts of the customers' own: which host shows what, and what a TLS proxy is told."""

import asyncio

import httpx
import pytest
from django.utils import timezone

from builder import domains, publishing, site_addresses
from builder.models import SiteAddress, SiteDomain
from builder.serving.addresses import host_of, parse
from builder.serving.asking import PER_SECOND
from tests.builder.edge import elsewhere, eventually, serving, visit, web_database_url
from tests.builder.factories import ProjectFactory

pytestmark = pytest.mark.django_db(transaction=True)
LABEL = "http://dune-house.localhost"
OWN = "www.dune-house.example"


@pytest.fixture(autouse=True)
def _web_login(settings, db):
    settings.WEB_DATABASE_URL = web_database_url()
    settings.SITES_DOMAIN = "localhost"
    settings.PUBLIC_SITES_URL = "http://localhost:8000"
    settings.PUBLIC_OFFICE_URL = "http://localhost:8001"


@pytest.fixture
def release(project):
    return publishing.publish(project=project, user=project.owner)


def verified(project, host=OWN, **more):
    domain = domains.claim(project=project, host=host, **more)
    SiteDomain.objects.filter(pk=domain.pk).update(verified_at=timezone.now())
    return domain


def at(host, path="/", **headers):
    return visit(f"http://edge.invalid{path}", host=host, **headers)


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("Dune-House.LOCALHOST:8000", "dune-house.localhost"),
        ("dune-house.localhost.", "dune-house.localhost"),
        ("dune-house.localhost.:80", "dune-house.localhost"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "[::1]"),
        ("[::1]", "[::1]"),
        ("::1", ""),
        ("a..b", ""),
        (".example.com", ""),
        ("example.com..", ""),
        ("example.com:80:80", ""),
        ("example.com:", ""),
        ("example.com:http", ""),
        ("user@example.com", ""),
        ("user:secret@example.com", ""),
        ("example.com/path", ""),
        ("example.com#f", ""),
        ("example.com, other.example", ""),
        ("exam ple.com", ""),
        ("example.com\t", ""),
        ("bücher.example", ""),
        ("dune-house%2elocalhost", ""),
        ("*.localhost", ""),
        ("-a.localhost", ""),
        ("a" * 64 + ".localhost", ""),
        ("a." * 200 + "example", ""),
        ("", ""),
    ],
)
def test_a_host_header_is_read_strictly(header, host):
    assert host_of(header) == host


@pytest.mark.parametrize(
    ("host", "path", "expected"),
    [
        ("dune-house.localhost", "/a", ("site", "dune-house", "/a")),
        (OWN, "/a", ("site", OWN, "/a")),
        (OWN, "/s/other/a", ("site", OWN, "/s/other/a")),
        ("localhost", "/s/other/a", ("site", "other", "/a")),
        ("127.0.0.1", "/s/other/", ("site", "other", "/")),
        ("[::1]", "/s/other/", ("site", "other", "/")),
        ("localhost", "/_hh/preview/token/a", ("preview", "token", "/a")),
        ("127.0.0.1:8000", "/_hh/preview/token/", ("preview", "token", "/")),
        # Nobody's draft is to be shown under somebody else's name.
        (OWN, "/_hh/preview/token/a", ("site", OWN, "/_hh/preview/token/a")),
        ("dune-house.localhost", "/_hh/preview/t/", ("site", "dune-house", "/_hh/preview/t/")),
        ("a.b.localhost", "/", ("site", "a.b.localhost", "/")),
        ("other", "/s/other/", ("nowhere", "", "/s/other/")),
        ("a..b", "/s/other/", ("nowhere", "", "/s/other/")),
        ("", "/s/other/", ("nowhere", "", "/s/other/")),
    ],
)
def test_a_customers_host_shows_that_customers_site_only(host, path, expected):
    address = parse(host=host, path=path, domain="localhost")
    assert (address.kind, address.name, address.path) == expected


def test_a_verified_host_shows_the_site_and_any_other_does_not(project, release):
    verified(project)
    claimed = domains.claim(project=project, host="claimed.example")
    page = at(OWN, "/practice")
    assert page.status_code == 200
    assert "Five people" in page.text
    assert at(OWN.upper() + ".:8000").status_code == 200
    for host in (claimed.host, f"x.{OWN}", "dune-house.example", f"{OWN}.evil.example"):
        assert at(host).status_code == 404
    # Behind one customer's host no other's site is to be had, and no path form of its own.
    assert at(OWN, "/s/dune-house/").status_code == 404


def test_a_host_in_another_script_is_met_in_punycode(project, release):
    verified(project, "bücher.example")
    assert at("xn--bcher-kva.example").status_code == 200
    assert at("XN--BCHER-KVA.example").status_code == 200


def test_a_request_with_two_hosts_is_for_none(project, release):
    verified(project)

    async def ask():
        async with serving() as client:
            headers = [("host", OWN), ("host", "dune-house.localhost")]
            request = client.build_request("GET", "http://localhost/")
            request.headers = httpx.Headers(headers)
            first = await client.send(request)
            assert (await client.get(f"{LABEL}/")).status_code == 200
            return first.status_code, (await client.send(request)).status_code

    assert asyncio.run(ask()) == (404, 404)


@pytest.mark.parametrize("public", ["http://localhost:8000", "https://sites.example"])
def test_other_hosts_lead_to_the_primary_one(project, release, settings, public):
    settings.PUBLIC_SITES_URL = public
    root = {"http://localhost:8000": f"http://{OWN}:8000"}.get(public, f"https://{OWN}")
    verified(project, is_primary=True)
    verified(project, "dune-house.example")
    verified(project, "stays.example", redirects=False)
    moved = at("dune-house.example", "/practice?a=1&b=%2F")
    assert (moved.status_code, moved.headers["location"]) == (308, f"{root}/practice?a=1&b=%2F")
    assert at("stays.example").status_code == 200
    assert at(OWN).status_code == 200
    # The platform's own address stays as it is unless it is said to redirect.
    assert at("dune-house.localhost").status_code == 200
    SiteAddress.objects.filter(project=project).update(redirects=True)
    assert at("dune-house.localhost", "//evil.example/").headers["location"] == (
        f"{root}/evil.example/"
    )
    assert at("localhost", "/s/dune-house/").status_code == 200


def test_a_primary_host_that_is_not_verified_leads_nobody_away(project, release):
    domains.claim(project=project, host=OWN, is_primary=True)
    verified(project, "dune-house.example")
    assert at("dune-house.example", "/practice").status_code == 200
    assert at("dune-house.localhost", "/practice").status_code == 200
    assert at(OWN).status_code == 404


def test_a_renamed_site_keeps_its_old_address_for_whoever_has_it(project, release):
    site_addresses.rename(project=project, slug="north-house")
    for old, new in (
        (f"{LABEL}/practice?a=1", "http://north-house.localhost:8000/practice?a=1"),
        ("http://localhost/s/dune-house/practice", "/s/north-house/practice"),
        ("http://localhost/s/dune-house", "/s/north-house/"),
    ):
        answer = visit(old)
        assert (answer.status_code, answer.headers["location"]) == (308, new)
    assert visit("http://north-house.localhost/practice").status_code == 200
    site_addresses.rename(project=project, slug="dune-house")
    assert visit(f"{LABEL}/practice").status_code == 200
    back = visit("http://north-house.localhost/practice")
    assert back.headers["location"] == "http://dune-house.localhost:8000/practice"
    project.refresh_from_db()
    assert project.slug == "dune-house"


@pytest.mark.parametrize("slug", ["api", "no_underscores", "UPPER", "-x", "", "a" * 64])
def test_a_slug_that_is_no_address_is_refused(project, slug):
    with pytest.raises(site_addresses.AddressError) as refused:
        site_addresses.rename(project=project, slug=slug)
    assert refused.value.faults[0].pointer == "/slug"


def test_a_name_that_others_have_is_not_taken_from_them(project, workspace, user):
    theirs = ProjectFactory(name="Their place")
    mine = ProjectFactory(workspace=workspace, owner=user, name="Mine too")
    for slug, code in ((theirs.slug, "duplicate_label"), (mine.slug, "duplicate_slug")):
        with pytest.raises(site_addresses.AddressError) as refused:
            site_addresses.rename(project=project, slug=slug)
        assert [(each.pointer, each.code) for each in refused.value.faults] == [("/slug", code)]
    project.refresh_from_db()
    assert project.slug == "dune-house"
    assert [each.label for each in project.addresses.all()] == ["dune-house"]


def test_old_names_are_given_free_in_the_end(project, monkeypatch):
    monkeypatch.setattr(site_addresses, "MOST_OF_PROJECT", 2)
    for slug in ("one", "two", "three", "four"):
        site_addresses.rename(project=project, slug=slug)
    labels = project.addresses.order_by("id").values_list("label", "is_primary", "redirects")
    assert sorted(labels) == [
        ("four", True, False), ("three", False, True), ("two", False, True),
    ]  # fmt: skip


def test_a_slug_is_changed_over_the_api(api, project, release):
    url = f"/api/v1/projects/{project.pk}/"
    told = api.patch(url, {"slug": "north-house"}, format="json")
    assert told.status_code == 200, told.json()
    assert told.json()["site_url"] == "http://north-house.localhost:8000"
    assert visit(f"{LABEL}/").status_code == 308
    refused = api.patch(url, {"slug": "api"}, format="json")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/slug")


def test_processes_learn_of_a_host_and_of_its_end_within_a_second(project, release):
    def prove():
        verified(project)

    def lose():
        SiteDomain.objects.filter(host=OWN).update(verified_at=None)

    async def scenario():
        async with serving(news=True) as client:

            async def shows(status):
                answer = await client.get("http://edge.invalid/", headers={"host": OWN})
                return answer.status_code == status

            assert await shows(404)
            await asyncio.sleep(0.3)
            await elsewhere(prove)
            took = [await eventually(lambda: shows(200), seconds=1)]
            await elsewhere(lose)
            took.append(await eventually(lambda: shows(404), seconds=1))
            return took

    assert max(asyncio.run(scenario())) < 1


def test_names_that_somebody_makes_up_drive_no_site_out(project, release, monkeypatch):
    from builder.serving import catalogue

    monkeypatch.setattr(catalogue, "MOST_SITES", 3)
    monkeypatch.setattr(catalogue, "MOST_UNKNOWN", 3)

    async def scenario():
        kept = catalogue.Catalogue()
        async with serving(catalogue=kept) as client:
            await client.get(f"{LABEL}/")
            for number in range(6):
                await client.get("http://x.invalid/", headers={"host": f"n{number}.example"})
            return list(kept._sites), len(kept._unknown)

    assert asyncio.run(scenario()) == (["dune-house"], 3)


def ask(host, *, path="/_hh/tls", client=("127.0.0.1", 1234), **headers):
    async def scenario():
        async with serving() as browser:
            browser._transport.client = client
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            url = f"http://edge.invalid{path}"
            return await browser.get(url, params={"domain": host}, headers=sent)

    return asyncio.run(scenario()).status_code


def test_a_proxy_gets_certificates_for_our_hosts_only(project, release):
    verified(project)
    domains.claim(project=project, host="claimed.example")
    yes = [OWN, OWN.upper(), "dune-house.localhost", "localhost"]
    no = ["claimed.example", "nobody.localhost", "x.y.localhost", "evil.example", "127.0.0.1", ""]
    assert {ask(host) for host in yes} == {200}
    assert {ask(host) for host in no} == {404}


def test_only_the_proxy_may_ask(project, release, settings):
    verified(project)
    assert ask(OWN, client=("203.0.113.9", 1)) == 404
    # What the proxy passes on from the public comes over loopback too.
    assert ask(OWN, x_forwarded_for="203.0.113.9") == 404
    settings.TLS_ASK_SECRET = "a-secret-of-24-characters"
    assert ask(OWN, path="/_hh/tls/a-secret-of-24-characters", client=("203.0.113.9", 1)) == 200
    assert ask(OWN, path="/_hh/tls/another-secret", client=("127.0.0.1", 1)) == 404
    settings.TLS_ASK_SECRET = ""
    assert ask(OWN, path="/_hh/tls/a-secret-of-24-characters") == 404


def test_questions_have_a_limit(project, release):
    async def scenario():
        async with serving() as client:
            client._transport.client = ("127.0.0.1", 1)
            return [
                (await client.get(f"http://x.invalid/_hh/tls?domain=n{n}.example")).status_code
                for n in range(3 * PER_SECOND)
            ]

    assert 429 in asyncio.run(scenario())
