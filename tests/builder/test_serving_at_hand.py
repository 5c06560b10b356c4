"""What is served from memory without being looked at twice, and files that are gone."""

import asyncio
import time

import pytest

from builder import publishing
from builder.models import ReleaseFile, SiteAddress, Wireframe
from builder.serving import Sites, hot
from builder.serving.catalogue import Catalogue
from config.routing import Edge
from tests.builder.edge import elsewhere, eventually, serving, visit, web_database_url
from tests.builder.factories import ProjectFactory

pytestmark = pytest.mark.django_db(transaction=True)
HOST = "http://dune-house.localhost"


@pytest.fixture(autouse=True)
def _web_login(settings, db):
    settings.WEB_DATABASE_URL = web_database_url()
    settings.SITES_DOMAIN = "localhost"


@pytest.fixture
def release(project):
    return publishing.publish(project=project, user=project.owner)


class NoDoor:
    def owns(self, path):
        return path.startswith("/v1/")

    async def __call__(self, scope, receive, send):
        raise AssertionError("no event was sent")


def edge(requests, *, catalogue=None):
    """The whole edge's answers to (method, url, headers), and which of them were at hand."""
    found = []

    class Watched(Sites):
        def ready(self, scope):
            messages = super().ready(scope)
            found.append(messages is not None)
            return messages

    async def scenario():
        async with serving(catalogue=catalogue) as client:
            sites = Watched(catalogue=catalogue)
            app = Edge(sites=sites, door=NoDoor(), ready=sites.ready)
            client._transport.app = app
            return [
                await client.request(method, url, headers=headers)
                for method, url, headers in requests
            ]

    return asyncio.run(scenario()), found


PLAIN = {"accept-encoding": "identity"}


def test_the_second_visitor_gets_the_same_answer_from_memory(release):
    for headers in (PLAIN, {"accept-encoding": "gzip"}, {"accept-encoding": "gzip, deflate, br"}):
        (first, second), at_hand = edge([("GET", f"{HOST}/practice", headers)] * 2)
        assert at_hand == [False, True]
        assert (second.status_code, second.content) == (200, first.content)
        assert dict(second.headers) == dict(first.headers)


def test_what_has_not_changed_is_said_from_memory(release):
    tag = visit(f"{HOST}/", accept_encoding="identity").headers["etag"]
    asked = [
        ("GET", f"{HOST}/", PLAIN),
        ("GET", f"{HOST}/", {**PLAIN, "if-none-match": tag}),
        ("GET", f"{HOST}/", {**PLAIN, "if-none-match": f'"other", {tag}'}),
        ("GET", f"{HOST}/", {**PLAIN, "if-none-match": '"other"'}),
    ]
    answers, at_hand = edge(asked)
    assert [each.status_code for each in answers] == [200, 304, 304, 200]
    assert at_hand == [False, True, False, False]
    assert answers[1].content == b""
    assert "content-length" not in answers[1].headers
    assert answers[1].headers["etag"] == tag


def test_only_a_get_of_the_same_host_path_and_coding_is_alike(release):
    other = ProjectFactory(name="Other house")
    publishing.publish(project=other, user=other.owner)
    asked = [
        ("GET", f"{HOST}/", PLAIN),
        ("HEAD", f"{HOST}/", PLAIN),
        ("POST", f"{HOST}/", PLAIN),
        ("GET", f"{HOST}/", {"accept-encoding": "br"}),
        ("GET", "http://other-house.localhost/", PLAIN),
        ("GET", f"{HOST}/contact", PLAIN),
        ("GET", f"{HOST}/nothing", PLAIN),
        ("GET", f"{HOST}/nothing", PLAIN),
    ]
    answers, at_hand = edge(asked)
    assert not any(at_hand)
    assert [each.status_code for each in answers] == [200, 200, 405, 200, 200, 200, 404, 404]
    assert answers[4].text != answers[0].text


def test_a_query_changes_nothing(release):
    answers, at_hand = edge([("GET", f"{HOST}/?n={number}", PLAIN) for number in range(3)])
    assert at_hand == [False, True, True]
    assert len({each.content for each in answers}) == 1


def test_an_asset_is_at_hand_and_immutable(release):
    sheet = next(path for path in release.manifest if path.endswith(".css"))
    answers, at_hand = edge([("GET", HOST + sheet, PLAIN)] * 2)
    assert at_hand == [False, True]
    assert answers[1].headers["cache-control"] == "public, max-age=31536000, immutable"


def test_it_is_asked_for_again_after_its_time(release, monkeypatch):
    answers, at_hand = edge([("GET", f"{HOST}/", PLAIN)] * 2)
    assert at_hand == [False, True]
    from builder.serving import catalogue

    monkeypatch.setattr(catalogue, "FRESH_SECONDS", 0.0)
    answers, at_hand = edge([("GET", f"{HOST}/", PLAIN)] * 2)
    assert at_hand == [False, False]
    assert answers[1].status_code == 200


def test_news_empties_it_and_what_was_read_before_is_not_kept(release):
    """A publish that comes between looking a site up and keeping its answer."""

    class Interrupted(Catalogue):
        async def body(self, site, sha256):
            self.forget(site.project_id)
            return await super().body(site, sha256)

    _answers, at_hand = edge([("GET", f"{HOST}/", PLAIN)] * 3, catalogue=Interrupted())
    assert at_hand == [False, False, False]


def test_a_publish_shows_within_a_second_although_the_page_was_at_hand(project, release):
    def change():
        home = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
        home.layout["content"][1]["props"]["title"] = "Fresh paint"
        home.save()
        publishing.publish(project=project, user=project.owner)

    async def scenario():
        catalogue = Catalogue()
        async with serving(catalogue=catalogue, news=True) as client:
            sites = Sites(catalogue=catalogue)
            client._transport.app = Edge(sites=sites, door=NoDoor(), ready=sites.ready)

            async def shows():
                return "Fresh paint" in (await client.get(f"{HOST}/")).text

            assert not await shows()
            assert not await shows()
            assert catalogue.hot._kept
            await asyncio.sleep(0.3)
            await elsewhere(change)
            return await eventually(shows, seconds=1)

    assert asyncio.run(scenario()) < 1


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(hot, "MOST_ANSWERS", 3)
    monkeypatch.setattr(hot, "MOST_BYTES", 100)
    kept = hot.HotAnswers()

    def keep(number, size):
        key = (b"host", b"", f"/{number}")
        kept.keep(key, until=time.monotonic() + 9, tag=b'"t"', headers=[], content=b"x" * size)

    for number in range(10):
        keep(number, 1)
        assert len(kept._kept) <= 3
    for number in range(10):
        keep(number, 60)
        assert sum(len(each.body["body"]) for each in kept._kept.values()) <= 100


def test_a_file_that_is_gone_is_our_fault_and_said_so(project, release, caplog):
    sha256 = release.manifest["/practice"]["sha256"]
    ReleaseFile.objects.filter(sha256=sha256).delete()
    answer = visit(f"{HOST}/practice")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert answer.headers["cache-control"] == "no-store"
    assert 'lang="ar" dir="rtl"' in answer.text
    assert "release_file.missing" in caplog.text
    assert str(release.pk) in caplog.text
    # Other pages and other sites are as they were.
    assert visit(f"{HOST}/").status_code == 200
    assert visit(f"{HOST}/contact").status_code == 200
    publishing.publish(project=project, user=project.owner)
    assert visit(f"{HOST}/practice").status_code == 200


def test_a_not_found_page_that_is_gone_is_still_a_404(release):
    ReleaseFile.objects.filter(sha256=release.manifest["/404.html"]["sha256"]).delete()
    answer = visit(f"{HOST}/nothing")
    assert answer.status_code == 404
    assert "There is no site at this address." in answer.text


def test_two_requests_for_one_host_at_once_are_never_at_hand(release):
    scope = {
        "headers": [(b"host", b"dune-house.localhost"), (b"host", b"other.localhost")],
        "path": "/",
    }
    answers, _at_hand = edge([("GET", f"{HOST}/", PLAIN)])
    assert answers[0].status_code == 200
    assert Sites().ready(scope) is None


def test_a_label_that_moves_takes_its_answers_along(project, release):
    async def scenario():
        catalogue = Catalogue()
        async with serving(catalogue=catalogue, news=True) as client:
            sites = Sites(catalogue=catalogue)
            client._transport.app = Edge(sites=sites, door=NoDoor(), ready=sites.ready)
            for _ in range(2):
                assert (await client.get(f"{HOST}/")).status_code == 200

            async def gone():
                return (await client.get(f"{HOST}/")).status_code == 404

            def move():
                SiteAddress.objects.filter(project=project).update(label="north-house")

            await asyncio.sleep(0.3)
            await elsewhere(move)
            return await eventually(gone, seconds=1)

    assert asyncio.run(scenario()) < 1


def test_hosts_are_compared_as_they_were_sent(release):
    asked = [("GET", "http://x.invalid/", {**PLAIN, "host": host})
             for host in ("dune-house.localhost", "DUNE-house.localhost:8000")]  # fmt: skip
    answers, at_hand = edge(asked * 2)
    assert at_hand == [False, False, True, True]
    assert {each.status_code for each in answers} == {200}
