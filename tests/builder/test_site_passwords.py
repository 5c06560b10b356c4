"""Sites behind a password: nothing of them is shown to who has it not."""

import asyncio
import re
import time
from contextlib import asynccontextmanager

import pytest
from django.core import signing
from django.db import connection
from redis import Redis

from accounts import tenancy
from builder import previews, publishing, site_passwords
from builder.models import SitePassword
from builder.serving import attempts, passwords
from tests.builder.edge import elsewhere, eventually, serving, web_database_url
from tests.builder.factories import ProjectFactory

pytestmark = pytest.mark.django_db(transaction=True)
HOST = "http://dune-house.localhost"
SECRET = "before the opening"
PAGE = {"accept": "text/html,application/xhtml+xml"}


@pytest.fixture(autouse=True)
def _web_login(settings, db):
    settings.WEB_DATABASE_URL = web_database_url()
    settings.SITES_DOMAIN = "localhost"
    settings.PUBLIC_SITES_URL = "http://localhost:8000"
    yield
    store = Redis.from_url(settings.REDIS_URL)
    for key in store.scan_iter("site_password:*"):
        store.delete(key)
    store.close()


@pytest.fixture
def release(project):
    made = publishing.publish(project=project, user=project.owner)
    site_passwords.set_password(project=project, password=SECRET)
    return made


@asynccontextmanager
async def browser(address="203.0.113.7"):
    async with serving() as client:
        client._transport.client = (address, 4321)
        client.headers.update(PAGE)
        yield client


def run(scenario):
    return asyncio.run(scenario())


async def enter(client, password=SECRET, *, root=HOST, next="/practice"):
    return await client.post(
        f"{root}/_hh/password", data={"password": password, "next": next},
    )  # fmt: skip


def test_only_the_hash_is_kept_and_no_tenant_reads_it(project, workspace, member, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    site_passwords.set_password(project=project, password=SECRET)
    stored = SitePassword.objects.get()
    assert stored.password.startswith("argon2$argon2id$")
    with tenancy.tenant(workspace_id=workspace.pk, user_id=member.user_id, role="editor"):
        assert SitePassword.objects.get().password is None
        with connection.cursor() as cursor:
            cursor.execute(
                "select has_column_privilege('builder_sitepassword', 'password', 'select')"
            )
            assert cursor.fetchone() == (False,)
        # Another password over the one that is not to be seen.
        changed = site_passwords.set_password(project=project, password="another door")
        assert changed.version != stored.version
    assert SitePassword.objects.get().password.startswith("argon2$")


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_a_password_has_a_length(project, password):
    with pytest.raises(site_passwords.SitePasswordError) as refused:
        site_passwords.set_password(project=project, password=password)
    assert refused.value.faults[0].pointer == "/password"


def test_nothing_of_the_site_is_shown(project, release):
    paths = [
        *release.manifest,
        "/nothing",
        "/practice/",
        "/sitemap.xml",
        "/robots.txt",
        "/404.html",
    ]

    async def scenario():
        async with browser() as client:
            for path in paths:
                for headers in (PAGE, {"accept": "*/*"}):
                    answer = await client.get(HOST + path, headers=headers)
                    assert answer.status_code == 401, path
                    assert answer.headers["cache-control"] == "no-store"
                    assert answer.headers["x-robots-tag"] == "noindex"
                    assert "basic" not in answer.headers["www-authenticate"].lower()
                    for word in ("Dune", "Five people", "lean into", "stylesheet"):
                        assert word not in answer.text
            picture = await client.get(f"{HOST}/assets/x.css", headers={"accept": "text/css"})
            assert picture.headers["content-type"].startswith("text/plain")

    run(scenario)


def test_whoever_knows_it_comes_in(project, release):
    async def scenario():
        async with browser() as client:
            asked = await client.get(f"{HOST}/practice")
            action, wanted = re.findall(r'(?:action|name="next" value)="([^"]+)"', asked.text)
            assert (action, wanted) == ("/_hh/password", "/practice")
            sent = await enter(client)
            assert (sent.status_code, sent.headers["location"]) == (303, "/practice")
            cookie = sent.headers["set-cookie"]
            assert re.search(r"; Max-Age=604800; Path=/; SameSite=Lax; HttpOnly$", cookie)
            page = await client.get(f"{HOST}/practice")
            assert page.status_code == 200
            assert "Five people" in page.text
            assert page.headers["cache-control"] == "private, no-cache"
            assert "cookie" in page.headers["vary"]
            assert page.headers["x-robots-tag"] == "noindex"
            sheet = next(path for path in release.manifest if path.endswith(".css"))
            kept = await client.get(HOST + sheet)
            assert kept.headers["cache-control"] == "private, max-age=31536000, immutable"
            assert (await client.get(f"{HOST}/nothing")).status_code == 404
        # Another browser of the same process is asked: nothing was kept for everyone.
        async with browser() as client:
            assert (await client.get(f"{HOST}/practice")).status_code == 401

    run(scenario)


def test_under_https_the_cookie_is_secure(project, release, settings):
    settings.PUBLIC_SITES_URL = "https://sites.example"

    async def scenario():
        async with browser() as client:
            return (await enter(client)).headers["set-cookie"]

    assert run(scenario).endswith("; Secure")


def test_below_a_path_the_cookie_is_that_sites_alone(project, release):
    root = "http://localhost/s/dune-house"

    async def scenario():
        async with browser() as client:
            asked = await client.get(f"{root}/practice")
            assert 'action="/s/dune-house/_hh/password"' in asked.text
            sent = await enter(client, root=root)
            assert sent.headers["location"] == "/s/dune-house/practice"
            assert "; Path=/s/dune-house/;" in sent.headers["set-cookie"]
            assert (await client.get(f"{root}/practice")).status_code == 200

    run(scenario)


@pytest.mark.parametrize(
    "next", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\r\nx: y", ""]
)
def test_a_password_leads_nowhere_else(project, release, next):
    async def scenario():
        async with browser() as client:
            return (await enter(client, next=next)).headers["location"]

    assert run(scenario) == "/"


def test_another_password_ends_what_the_old_one_opened(project, release):
    async def scenario():
        async with serving(news=True) as client:
            client._transport.client = ("203.0.113.7", 1)
            client.headers.update(PAGE)
            await enter(client)

            async def answers(status):
                return (await client.get(f"{HOST}/practice")).status_code == status

            assert await answers(200)
            await asyncio.sleep(0.3)
            change = {"project": project, "password": "another door"}
            await elsewhere(site_passwords.set_password, **change)
            await eventually(lambda: answers(401), seconds=1)
            assert (await enter(client)).status_code == 401
            assert (await enter(client, "another door")).status_code == 303
            assert await answers(200)
            await elsewhere(site_passwords.remove_password, project=project)
            client.cookies.clear()
            await eventually(lambda: answers(200), seconds=1)
            opened = await client.get(f"{HOST}/practice")
            return opened.headers["cache-control"]

    assert run(scenario) == "public, max-age=0, must-revalidate"


def test_a_cookie_is_not_made_up_not_anothers_and_not_for_ever(project, release, monkeypatch):
    version = SitePassword.objects.get().version
    other = ProjectFactory(name="Other house")
    publishing.publish(project=other, user=other.owner)
    theirs = site_passwords.set_password(project=other, password=SECRET).version

    def ticket(project_id, version, *, salt="builder.site_password"):
        return signing.TimestampSigner(salt=salt).sign(f"{project_id.hex}.{version}")

    good = ticket(project.pk, version)
    with monkeypatch.context() as patch:
        past = time.time() - passwords.LIFETIME_SECONDS - 5
        patch.setattr(time, "time", lambda: past)
        old = ticket(project.pk, version)
    bad = [
        "", "x", good[:-1], f"{project.pk.hex}.{version}", old, ticket(project.pk, theirs),
        ticket(other.pk, theirs), ticket(project.pk, version, salt="another"),
    ]  # fmt: skip
    name = f"hh_in_{project.pk.hex[:12]}"

    async def scenario():
        async with browser() as client:
            found = []
            for value in (*bad, good):
                headers = {"cookie": f"a=b; {name}={value}; c"}
                found.append((await client.get(f"{HOST}/practice", headers=headers)).status_code)
            return found

    assert run(scenario) == [401] * len(bad) + [200]


def test_tries_are_counted_by_address_and_site(project, release, monkeypatch):
    monkeypatch.setattr(attempts, "MOST_OF_ADDRESS", 3)
    other = ProjectFactory(name="Other house")
    publishing.publish(project=other, user=other.owner)
    site_passwords.set_password(project=other, password=SECRET)

    async def scenario():
        async with browser() as client:
            tries = [await enter(client, "wrong password") for _ in range(3)]
            assert [each.status_code for each in tries] == [401] * 3
            assert "That is not the password" in tries[0].text
            # The right one comes too late as well: whoever guesses learns nothing.
            late = await enter(client)
            assert late.status_code == 429
            assert 0 < int(late.headers["retry-after"]) <= attempts.WINDOW_SECONDS
            assert "set-cookie" not in late.headers
            assert "Too many tries" in late.text
            assert (await enter(client, root="http://other-house.localhost")).status_code == 303
        async with browser("203.0.113.8") as client:
            assert (await enter(client)).status_code == 303

    run(scenario)


def test_a_network_of_ipv6_is_one_party(project, release, monkeypatch):
    monkeypatch.setattr(attempts, "MOST_OF_ADDRESS", 2)

    async def scenario():
        found = []
        for address in ("2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1"):
            async with browser(address) as client:
                found.append((await enter(client, "wrong password")).status_code)
        return found

    assert run(scenario) == [401, 401, 429, 401]


def test_many_addresses_have_a_limit_together(project, release, monkeypatch):
    monkeypatch.setattr(attempts, "MOST_OF_SITE", 2)

    async def scenario():
        found = []
        for number in range(3):
            async with browser(f"203.0.113.{number}") as client:
                found.append((await enter(client, "wrong password")).status_code)
        return found

    assert run(scenario) == [401, 401, 429]


def test_what_is_sent_is_bounded_and_other_methods_are_refused(project, release):
    async def scenario():
        async with browser() as client:
            big = await client.post(f"{HOST}/_hh/password", content=b"password=" + b"x" * 100_000)
            assert big.status_code == 401
            assert (await client.get(f"{HOST}/_hh/password")).status_code == 405
            assert (await client.post(f"{HOST}/practice")).status_code == 405
            nothing = await client.post(f"{HOST}/_hh/password", content=b"\xff\xfe")
            assert nothing.status_code == 401

    run(scenario)


def test_previews_and_open_sites_are_as_before(project, release):
    preview = previews.create(project=project, user=project.owner)
    path = preview.url.split("/", 3)[3]
    other = ProjectFactory(name="Other house")
    publishing.publish(project=other, user=other.owner)

    async def scenario():
        async with browser() as client:
            assert (await client.get(f"http://localhost/{path}practice")).status_code == 200
            assert (await client.get("http://other-house.localhost/practice")).status_code == 200
            open_site = await enter(client, "x", root="http://other-house.localhost")
            assert (open_site.status_code, open_site.headers["location"]) == (303, "/practice")

    run(scenario)


def test_an_arabic_site_asks_in_arabic(workspace, user):
    project = ProjectFactory(workspace=workspace, owner=user, name="Dune House", language="ar")
    publishing.publish(project=project, user=user)
    site_passwords.set_password(project=project, password=SECRET)

    async def scenario():
        async with browser() as client:
            return (await client.get(f"{HOST}/")).text, (await enter(client, "wrong one")).text

    asked, again = run(scenario)
    assert '<html lang="ar" dir="rtl">' in asked
    assert "كلمة المرور" in asked
    assert 'role="alert"' in again
    assert "password is" not in asked + again


def test_over_the_api_it_is_set_and_removed_and_never_read(api, project):
    url = "/api/v1/site-passwords/"
    body = {"project": str(project.pk), "password": SECRET}
    made = api.post(url, body, format="json")
    assert made.status_code == 201, made.json()
    again = api.post(url, {**body, "password": "another door"}, format="json").json()
    assert again["id"] == made.json()["id"]
    one = f"{url}{again['id']}/"
    changed = api.patch(one, {"password": "third door"}, format="json")
    assert changed.status_code == 200
    told = [made, changed, api.get(one), api.get(url), api.get(f"{url}export/")]
    for answer in told:
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"door" not in text
        assert b"md5$" not in text
    short = api.post(url, {**body, "password": "x"}, format="json")
    assert short.json()["errors"][0]["pointer"] == "/password"
    theirs = site_passwords.set_password(project=ProjectFactory(), password=SECRET)
    stranger = f"{url}{theirs.pk}/"
    assert {api.get(stranger).status_code, api.delete(stranger).status_code} == {404}
    assert api.delete(one).status_code == 204
    assert not SitePassword.objects.filter(project=project).exists()
