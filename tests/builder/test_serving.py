import asyncio
import datetime
import re

import httpx
import psycopg
import pytest
from django.utils import timezone

from accounts.tenancy import edge as edge_connections
from builder import previews, publishing
from builder.models import Project, Release, ReleaseFile, SiteAddress, Wireframe
from builder.serving.catalogue import Catalogue
from tests.builder.edge import elsewhere, eventually, serving, visit, web_database_url
from tests.builder.factories import ProjectFactory

pytestmark = pytest.mark.django_db(transaction=True)
HOST = "http://dune-house.localhost"
BY_PATH = "http://localhost/s/dune-house"


@pytest.fixture(autouse=True)
def _web_login(settings, db):
    settings.WEB_DATABASE_URL = web_database_url()
    settings.SITES_DOMAIN = "localhost"


@pytest.fixture
def release(project):
    return publishing.publish(project=project, user=project.owner)


def asset(release, ending):
    return next(path for path in release.manifest if path.endswith(ending))


def test_a_page_by_host_and_by_path_is_the_same_bytes(release):
    by_host, by_path = visit(f"{HOST}/practice"), visit(f"{BY_PATH}/practice")
    assert by_host.status_code == by_path.status_code == 200
    assert by_host.headers["content-type"] == "text/html; charset=utf-8"
    assert "Five people" in by_host.text
    assert by_host.content == by_path.content


def test_every_link_and_asset_of_a_page_leads_somewhere(release):
    for root in (HOST, BY_PATH):
        for page in ("/", "/practice", "/contact"):
            url = httpx.URL(root + page)
            html = visit(url).text
            for href in set(re.findall(r'(?:href|src)="([^"#]+)', html)):
                target = url.join(href.replace("&amp;", "&"))
                if target.scheme == "http" and "dune-house" in str(target):
                    assert visit(target).status_code == 200, (url, href)


def test_pages_are_revalidated_and_assets_are_kept_for_ever(release):
    page, sheet = visit(f"{HOST}/"), visit(HOST + asset(release, ".css"))
    assert page.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert sheet.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"


def test_the_tag_is_the_hash_and_spares_the_body(release):
    first = visit(f"{HOST}/", accept_encoding="identity")
    tag = first.headers["etag"]
    assert tag == f'"{release.manifest["/"]["sha256"]}"'
    for condition in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = visit(f"{HOST}/", accept_encoding="identity", if_none_match=condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert "content-length" not in again.headers
    assert visit(f"{HOST}/", if_none_match='"other"').status_code == 200


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
def test_bodies_come_compressed_as_the_visitor_can_read_them(release, accepted, coding):
    page = visit(f"{HOST}/", accept_encoding=accepted)
    assert page.headers.get("content-encoding") == coding
    assert page.headers["vary"] == "accept-encoding"
    assert "lean into" in page.text
    plain = visit(f"{HOST}/", accept_encoding="identity")
    if coding:
        assert page.headers["etag"] != plain.headers["etag"]
        assert int(page.headers["content-length"]) < int(plain.headers["content-length"]) / 2


def test_head_says_what_get_would(release):
    get, head = visit(f"{HOST}/"), visit(f"{HOST}/", method="HEAD")
    assert head.content == b""
    assert dict(head.headers) == dict(get.headers)


def test_other_methods_are_refused(release):
    answer = visit(f"{HOST}/", method="POST")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_page_keeps_to_itself(release):
    headers = visit(f"{HOST}/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        (f"{HOST}/practice/?a=1", "/practice?a=1"),
        (f"{BY_PATH}/practice/", "/s/dune-house/practice"),
        (BY_PATH, "/s/dune-house/"),
        (f"{HOST}//practice/", None),
    ],
)
def test_an_address_has_one_spelling(release, asked, location):
    answer = visit(asked)
    if location is None:
        assert answer.status_code == 404
    else:
        assert (answer.status_code, answer.headers["location"]) == (308, location)


@pytest.mark.parametrize(("root", "base"), [(HOST, "/"), (BY_PATH, "/s/dune-house/")])
def test_a_missing_page_is_the_sites_own_and_leads_back(release, root, base):
    for path in ("/nothing/here", "/404.html"):
        answer = visit(root + path)
        assert answer.status_code == 404
        assert f'href="{base}practice"' in answer.text
        assert f'href="{base}{asset(release, ".css")[1:]}"' in answer.text
        assert "_hh_base_" not in answer.text


@pytest.mark.parametrize(
    "url",
    [
        "http://nobody.localhost/",
        "http://localhost/",
        "http://localhost/s/nobody/",
        "http://a.b.localhost/",
        "http://dune-house.example.com/",
        "http://[::1]/",
    ],
)
def test_where_no_site_is_a_plain_page_says_so_in_two_languages(release, url):
    answer = visit(url)
    assert answer.status_code == 404
    assert "There is no site at this address." in answer.text
    assert 'lang="ar" dir="rtl"' in answer.text


def test_hosts_are_not_case_sensitive_and_may_name_a_port(release):
    assert visit("http://localhost/", host="Dune-House.LOCALHOST:8000").status_code == 200
    assert visit("http://localhost/", host="dune-house.localhost.").status_code == 200


def test_a_site_never_published_is_not_found_and_one_taken_down_is_gone(project):
    assert visit(f"{HOST}/").status_code == 404
    publishing.publish(project=project, user=project.owner)
    publishing.unpublish(project=project)
    answer = visit(f"{HOST}/")
    assert answer.status_code == 410
    assert "closed" in answer.text


def test_an_archived_project_is_gone(project, release):
    Project.objects.filter(pk=project.pk).update(status="archived")
    assert visit(f"{HOST}/practice").status_code == 410


def test_a_preview_shows_the_draft_to_whoever_has_the_link(project, release):
    wireframe = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    wireframe.layout["content"][1]["props"]["title"] = "Not for everyone yet"
    wireframe.save()
    preview = previews.create(project=project, user=project.owner)
    path = preview.url.split("/", 3)[3]
    page = visit(f"http://localhost/{path}")
    assert "Not for everyone yet" in page.text
    assert "<script" not in page.text
    assert page.headers["x-robots-tag"] == "noindex"
    assert page.headers["cache-control"] == "no-store"
    sheet = re.search(r'stylesheet" href="\./([^"]+)"', page.text)[1]
    assert visit(f"http://localhost/{path}{sheet}").status_code == 200
    assert visit(f"http://localhost/{path}practice").status_code == 200
    assert visit(f"http://localhost/{path.rstrip('/')}").headers["location"] == f"/{path}"
    assert "Not for everyone yet" not in visit(f"{HOST}/").text


def test_a_link_that_was_made_up_or_is_too_old_opens_nothing(project, release):
    preview = previews.create(project=project, user=project.owner).release
    now = timezone.now()
    old = previews.sign(release=preview, expires_at=now - datetime.timedelta(seconds=1))
    # A release that was published is no preview, whoever signs for it.
    live = previews.sign(release=release, expires_at=now + datetime.timedelta(hours=1))
    good = previews.sign(release=preview, expires_at=now + datetime.timedelta(hours=1))
    for token, status in ((old, 404), (live, 404), ("x", 404), (good[:-1], 404), (good, 200)):
        assert visit(f"http://localhost/_hh/preview/{token}/").status_code == status


def test_expired_previews_go_and_take_their_files_with_them(project, release):
    wireframe = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    wireframe.layout["content"][1]["props"]["title"] = "Never mind"
    wireframe.save()
    kept = ReleaseFile.objects.count()
    preview = previews.create(project=project, user=project.owner)
    assert ReleaseFile.objects.count() > kept
    assert previews.prune(now=timezone.now()) == 0
    assert previews.prune(now=timezone.now() + datetime.timedelta(hours=25)) == 1
    assert list(Release.objects.all()) == [release]
    # What the preview shared with the live release stays; the rest goes.
    shas = {entry["sha256"] for entry in release.manifest.values()}
    assert set(ReleaseFile.objects.values_list("sha256", flat=True)) == shas
    assert visit(f"http://localhost/{preview.url.split('/', 3)[3]}").status_code == 404
    assert visit(f"{HOST}/").status_code == 200


def change(project, title):
    wireframe = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    wireframe.layout["content"][1]["props"]["title"] = title
    wireframe.save()
    publishing.publish(project=project, user=project.owner)


def test_running_processes_learn_of_every_change_within_a_second(project, release):
    async def scenario():
        async with serving(news=True) as client:

            async def shows(text, status=200):
                answer = await client.get(f"{HOST}/")
                return answer.status_code == status and text in answer.text

            assert await shows("lean into")
            await asyncio.sleep(0.3)  # until the listener stands
            await elsewhere(change, project, "Fresh paint")
            took = [await eventually(lambda: shows("Fresh paint"), seconds=1)]
            await elsewhere(publishing.unpublish, project=project)
            took.append(await eventually(lambda: shows("closed", 410), seconds=1))
            await elsewhere(publishing.rollback, project=project, release=release)
            took.append(await eventually(lambda: shows("lean into"), seconds=1))
            return took

    assert max(asyncio.run(scenario())) < 1


def test_the_poll_finds_what_no_notification_told(project, release):
    """Behind a transaction pooler LISTEN hears nothing."""

    class Deaf(Catalogue):
        def forget(self, project_id):
            self.told.append(project_id)
            super().forget(project_id)

    from builder.serving import news

    async def scenario():
        catalogue = Deaf()
        catalogue.told = []
        async with serving(catalogue=catalogue, news=True) as client:
            await client.get(f"{HOST}/")
            await asyncio.sleep(1.3)
            await elsewhere(change, project, "Found by looking")

            async def shows():
                return "Found by looking" in (await client.get(f"{HOST}/")).text

            await eventually(shows, seconds=2.5)
            await asyncio.sleep(2.2)
            return catalogue.told

    channel, news.CHANNEL = news.CHANNEL, "nothing_is_said_here"
    try:
        told = asyncio.run(scenario())
    finally:
        news.CHANNEL = channel
    # Told once, not again at every poll of the overlap (and once for the address made before).
    assert told.count(project.pk) <= 2


def test_a_new_address_answers_within_a_second_and_an_old_one_no_more(project, release):
    def move():
        SiteAddress.objects.filter(project=project).update(label="north-house")

    async def scenario():
        async with serving(news=True) as client:

            async def moved():
                new = await client.get("http://north-house.localhost/")
                old = await client.get(f"{HOST}/")
                return (new.status_code, old.status_code) == (200, 404)

            assert not await moved()
            await asyncio.sleep(0.3)
            await elsewhere(move)
            return await eventually(moved, seconds=1)

    assert asyncio.run(scenario()) < 1


def test_a_deleted_project_is_served_no_more(project, release):
    async def scenario():
        async with serving(news=True) as client:

            async def missing():
                return (await client.get(f"{HOST}/")).status_code == 404

            assert not await missing()
            await asyncio.sleep(0.3)
            await elsewhere(project.delete)
            return await eventually(missing, seconds=1)

    assert asyncio.run(scenario()) < 1


def test_what_is_in_memory_is_served_while_the_database_is_away(project, release):
    async def scenario():
        catalogue = Catalogue()
        async with serving(catalogue=catalogue) as client:
            await client.get(f"{HOST}/")
            pool = edge_connections._pools["edge"]
            await pool.close()
            catalogue._sites = type(catalogue._sites)(
                (label, (0.0, site)) for label, (_until, site) in catalogue._sites.items()
            )
            page = await client.get(f"{HOST}/")
            with pytest.raises(psycopg.OperationalError):
                await client.get("http://other.localhost/")
            return page.status_code

    assert asyncio.run(scenario()) == 200


def test_visitors_who_come_together_cost_one_look_up(project, release):
    loads = []

    class Counting(Catalogue):
        async def _load_site(self, label):
            loads.append(label)
            return await super()._load_site(label)

        async def _load_body(self, site, sha256):
            loads.append(sha256)
            return await super()._load_body(site, sha256)

    async def scenario():
        async with serving(catalogue=Counting()) as client:
            answers = await asyncio.gather(*(client.get(f"{HOST}/") for _ in range(30)))
            return {answer.status_code for answer in answers}

    assert asyncio.run(scenario()) == {200}
    assert sorted(loads) == sorted(["dune-house", release.manifest["/"]["sha256"]])


def test_a_site_in_arabic_reads_right_to_left(workspace, user):
    project = ProjectFactory(workspace=workspace, owner=user, name="Dune House", language="ar")
    publishing.publish(project=project, user=user)
    assert '<html lang="ar" dir="rtl">' in visit(f"{HOST}/").text


def test_paths_may_be_in_arabic(project):
    sitemap = project.current_sitemap
    sitemap.pages["practice"]["path"] = "/عن-المكتب"
    sitemap.save()
    release = publishing.publish(project=project, user=project.owner)
    assert "/عن-المكتب" in release.manifest
    for root in (HOST, BY_PATH):
        home = visit(f"{root}/").text
        (href,) = set(re.findall(r'href="(\./[^"#]*عن-المكتب)"', home))
        page = visit(httpx.URL(f"{root}/").join(href))
        assert "Five people" in page.text
    slashed = visit(f"{HOST}/عن-المكتب/")
    assert slashed.status_code == 308
    assert visit(httpx.URL(HOST).join(slashed.headers["location"])).status_code == 200
    assert "%D8%B9%D9%86-" in visit(f"{HOST}/sitemap.xml").text


def test_the_edges_login_calls_the_look_ups_and_reads_no_table(release, settings):
    with psycopg.connect(settings.WEB_DATABASE_URL, autocommit=True) as connection:
        found = connection.execute("select state from builder_site_by_label('dune-house')")
        assert found.fetchone() == ("live",)
        for table in ("project", "release", "releasefile", "siteaddress", "template"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"select * from builder_{table}")  # noqa: S608
