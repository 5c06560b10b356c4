"""One visitor has one id: the page deciders' cookie and the tracker's are the same.

In a browser, on a published page whose hero is decided by the visitor's id.
"""

import re
import time
import uuid

import pytest

from builder import publishing
from builder.serving.deciding import needs_visitor_id
from journeys.models import Contact, Event
from tests.builder.factories import ProjectFactory
from tests.journeys.served import serving
from tests.journeys.test_tracker_browser import browse

pytestmark = pytest.mark.long
pytest.importorskip("playwright.sync_api")

HERE = "tests.journeys.test_tracker_visitor"
OLD = "0f6c2f0e-6f3d-4b8e-9d5a-0c1d2e3f4a5b"
DAY = 86_400_000
asked: list[str | None] = []


@needs_visitor_id
async def by_visitor(visit, blocks):
    asked.append(visit.visitor_id)
    return {}


@pytest.fixture(autouse=True)
def _beside_a_loop(monkeypatch):
    """Playwright runs an event loop in this thread, beside which Django would read no rows."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    asked.clear()


@pytest.fixture
def project(edge_database, workspace_at_door, user):
    return ProjectFactory(workspace=workspace_at_door, owner=user, name="Dar Al Qahwa")


def publish(project, *, decided=True):
    home = project.current_sitemap.wireframes.get(page_key="home")
    hero = next(each for each in home.layout["content"] if each["type"] == "Hero")
    variants = {"variants": {"evening": {"title": "Good evening"}}}
    dynamic = {hero["props"]["id"]: variants} if decided else {}
    home.layout["root"]["props"]["dynamic"] = dynamic
    home.save()
    publishing.publish(project=project, user=project.owner)
    return project.addresses.get().label


@pytest.fixture
def edge(project, settings):
    settings.BUILDER_PAGE_DECIDERS = [f"{HERE}.by_visitor"]
    label = publish(project)
    with serving() as served:
        yield f"http://{label}.localhost:{served.port}/", served, label


def seen(count):
    """The stored events once there are that many: type, id and contact."""
    for _ in range(100):
        rows = list(Event.objects.order_by("id").values_list("type", "anonymous_id", "contact"))
        if len(rows) >= count:
            return rows
        time.sleep(0.05)
    raise AssertionError(rows)


def jar(page):
    return [each for each in page.context.cookies() if each["name"] == "hh_id"]


def stored(page, name="hh_id"):
    return page.evaluate(f"localStorage.getItem({name!r})")


def keep(page, **values):
    """Have the browser keep these before the first page is seen."""
    lines = [f"if (!localStorage.{name}) localStorage.{name} = {value!r};"
             for name, value in values.items()]  # fmt: skip
    page.add_init_script("".join(lines))


def test_the_id_that_decided_is_the_one_that_events_bear(edge):
    address, *_ = edge

    def visit(page):
        page.goto(address)
        seen(1)
        page.reload()
        seen(2)
        (cookie,) = jar(page)
        return cookie, stored(page)

    cookie, kept = browse(visit)
    assert asked == [kept, kept]
    assert [row[:2] for row in seen(2)] == [("page", kept), ("page", kept)]
    assert (cookie["value"], cookie["path"], cookie["sameSite"]) == (kept, "/", "Lax")
    assert (cookie["httpOnly"], cookie["secure"]) == (False, False)


def test_an_id_from_before_is_the_same_visitors(edge):
    """The cookie's wins, the other is told once to be the same visitor's: nothing is lost."""
    address, *_ = edge
    Contact.objects.all().delete()

    def visit(page):
        keep(page, hh_id=OLD)
        page.goto(address)
        seen(2)
        page.reload()
        seen(3)
        return jar(page)[0]["value"], stored(page)

    now, kept = browse(visit)
    assert now == kept != OLD
    assert [row[:2] for row in seen(3)] == [("alias", now), ("page", now), ("page", now)]
    contact = Contact.objects.get()
    names = set(contact.identities.values_list("kind", "value"))
    assert names == {("anonymous_id", OLD), ("anonymous_id", now)}


def test_an_id_from_before_without_a_cookie_is_the_one_that_decides_next(project, settings):
    settings.BUILDER_PAGE_DECIDERS = [f"{HERE}.by_visitor"]
    label = publish(project, decided=False)
    with serving() as served:
        address = f"http://{label}.localhost:{served.port}/"

        def visit(page):
            keep(page, hh_id=OLD)
            page.goto(address)
            seen(1)
            assert asked == []
            publish(project)
            served.sites.catalogue.forget(project.pk)
            page.goto(address)
            seen(2)
            return jar(page)

        (cookie,) = browse(visit)
    assert cookie["value"] == OLD
    assert asked == [OLD]
    assert [row[:2] for row in seen(2)] == [("page", OLD), ("page", OLD)]
    assert 179 * DAY < (cookie["expires"] - time.time()) * 1000 <= 180 * DAY


def test_under_a_path_each_site_has_its_own(edge, project):
    _address, served, label = edge
    other = ProjectFactory(workspace=project.workspace, owner=project.owner, name="Other")
    second = publish(other)

    def visit(page):
        for name in (label, second, label):
            page.goto(f"http://localhost:{served.port}/s/{name}/")
            seen(len(asked))
        return {each["path"]: each["value"] for each in jar(page)}

    cookies = browse(visit)
    assert set(cookies) == {f"/s/{label}/", f"/s/{second}/"}
    one, two = cookies[f"/s/{label}/"], cookies[f"/s/{second}/"]
    assert one != two
    assert asked == [one, two, one]
    assert [row[:2] for row in seen(3)] == [("page", one), ("page", two), ("page", one)]


def test_a_form_bears_the_id_that_decided(edge):
    address, *_ = edge

    def visit(page):
        page.goto(address)
        return page.evaluate(
            """() => { const form = document.createElement("form");
            form.setAttribute("data-hh-form", ""); document.body.append(form);
            form.addEventListener("submit", (event) => event.preventDefault());
            form.requestSubmit(); return new FormData(form).get("_anonymous_id"); }"""
        )

    assert browse(visit) == asked[0]


def test_an_id_is_forgotten_after_its_180_days(edge):
    """Where the cookie has ended by itself, what is kept beside it does not bring it back."""
    address, *_ = edge

    def visit(page):
        keep(page, hh_id=OLD, hh_since=str(int(time.time() * 1000) - 181 * DAY))
        page.goto(address)
        seen(1)
        return stored(page)

    kept = browse(visit)
    assert kept == asked[0] != OLD
    assert [row[:2] for row in seen(1)] == [("page", kept)]


def test_a_cookie_that_is_no_id_is_replaced_by_both_alike(edge):
    address, *_ = edge

    def visit(page):
        page.context.add_cookies([{"name": "hh_id", "value": "rubbish", "url": address}])
        page.goto(address)
        seen(1)
        return jar(page)[0]["value"]

    value = browse(visit)
    assert uuid.UUID(value)
    assert asked == [value]
    assert seen(1)[0][:2] == ("page", value)


class TestConsent:
    """Where a site asks for consent first, both wait for it."""

    @pytest.fixture
    def asking(self, project, settings):
        settings.BUILDER_PAGE_DECIDERS = [f"{HERE}.by_visitor"]
        project.settings = {"consent": "required"}
        project.save()
        label = publish(project)
        with serving() as served:
            yield f"http://{label}.localhost:{served.port}/"

    def test_nothing_is_kept_and_nothing_sent_before(self, asking):
        def visit(page):
            page.goto(asking)
            page.wait_for_load_state("networkidle")
            return page.context.cookies(), page.evaluate("localStorage.length")

        assert browse(visit) == ([], 0)
        assert asked == [None]
        assert not Event.objects.exists()

    def test_then_there_is_one_id(self, asking):
        def visit(page):
            page.goto(asking)
            page.evaluate("document.cookie = 'hh_consent=granted; path=/'")
            page.reload()
            seen(1)
            return jar(page)[0]["value"]

        value = browse(visit)
        assert asked == [None, value]
        assert seen(1)[0][:2] == ("page", value)


def test_who_asks_not_to_be_tracked_gets_no_cookie(project):
    label = publish(project, decided=False)

    def visit(page):
        page.add_init_script("Object.defineProperty(navigator, 'doNotTrack', {value: '1'})")
        page.goto(f"http://{label}.localhost:{served.port}/")
        page.wait_for_load_state("networkidle")
        return page.context.cookies()

    with serving() as served:
        assert browse(visit) == []


def test_by_https_the_cookie_is_for_https_only(project):
    label = publish(project, decided=False)
    with serving() as served:

        def behind_a_proxy(route):
            below = route.request.url.split("/", 3)[3]
            headers = {**route.request.headers, "host": f"{label}.localhost"}
            route.fulfill(response=route.fetch(url=f"{served.url}/{below}", headers=headers))

        def visit(page):
            page.add_init_script(
                "Object.defineProperty(Document.prototype, 'cookie', "
                "{get: () => '', set: (value) => { window.written = value; }})"
            )
            page.route("https://shop.example/**", behind_a_proxy)
            page.goto("https://shop.example/")
            page.wait_for_function("window.written")
            return page.evaluate("window.written")

        written = browse(visit)
    assert re.fullmatch(
        r"hh_id=[0-9a-f-]{36}; Max-Age=15552000; Path=/; SameSite=Lax; Secure", written
    )
