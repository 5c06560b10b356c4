"""The tracker in a browser, on a published page."""

import time

import pytest
from django.db import connections

from builder import components, publishing
from journeys.models import Contact, Event
from tests.builder.factories import ProjectFactory
from tests.journeys.served import serving

pytestmark = pytest.mark.long
playwright = pytest.importorskip("playwright.sync_api")

LAYOUT = {
    "root": {"props": {}},
    "content": [
        {
            "type": "Hero",
            "props": {
                "id": "Hero-1",
                "title": "Dates and coffee",
                "actions": [{"label": "Our menu", "href": "#Contact-1", "track": "hero-menu"}],
            },
        },
        {
            "type": "ContactForm",
            "props": {
                "id": "Contact-1",
                "title": "Write to us",
                "fields": [
                    {"name": "name", "label": "Your name", "required": True},
                    {"name": "email", "label": "E-mail", "kind": "email", "required": True},
                ],
            },
        },
    ],
    "zones": {},
}


@pytest.fixture
def label(edge_database, workspace_at_door, user):
    project = ProjectFactory(workspace=workspace_at_door, owner=user, name="Dar Al Qahwa")
    home = project.current_sitemap.wireframes.get(page_key="home")
    home.layout = LAYOUT
    home.save()
    components.register(wireframe=home)
    publishing.publish(project=project, user=user)
    return project.addresses.get().label


@pytest.fixture(autouse=True)
def _rows_beside_a_loop(monkeypatch):
    """Playwright runs an event loop in this thread, beside which Django would read no rows."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def address(label):
    with serving() as served:
        yield f"http://{label}.localhost:{served.port}/"


def browse(visit, **options):
    """Run `visit(page)` in a browser of its own; returns what it returns."""
    with playwright.sync_playwright() as player:
        arguments = ["--no-sandbox"]
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        try:
            page = browser.new_context(**options).new_page()
            return visit(page)
        finally:
            browser.close()
            # Beside the player's loop Django has a connection of its own; the test's stays open.
            connections.close_all()


def events(count):
    """The names of the stored events once there are that many."""
    for _ in range(100):
        found = list(Event.objects.order_by("id").values_list("event_name", flat=True))
        if len(found) >= count:
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def fill_in(page):
    page.get_by_label("Your name").fill("Layan")
    page.get_by_label("E-mail").fill("layan@example.com")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/#Contact-1-sent")
    assert page.locator("#Contact-1-sent").is_visible()


def test_a_visit_is_seen_from_the_first_page_to_the_form(address):
    def visit(page):
        problems = []
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"{address}?utm_source=news&utm_campaign=launch")
        page.get_by_text("Our menu").click()
        fill_in(page)
        events(4)
        return problems

    assert browse(visit) == []
    assert events(4)[:3] == ["page_view", "click", "form_submitted"]
    contact = Contact.objects.get()
    assert contact.email == "layan@example.com"
    first, click, form, *_ = Event.objects.order_by("id")
    assert first.contact == click.contact == form.contact == contact
    assert first.session_id == click.session_id == form.session_id is not None
    assert first.properties["path"] == "/"
    assert first.context["campaign"] == {"source": "news", "name": "launch"}
    assert (click.properties["name"], click.properties["component_id"]) == ("hero-menu", "Hero-1")
    assert form.properties["fields"] == {"name": "Layan", "email": "layan@example.com"}


@pytest.mark.parametrize(
    "script",
    [
        "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})",
        "Object.defineProperty(navigator, 'doNotTrack', {value: '1'})",
    ],
    ids=["GPC", "DNT"],
)
def test_whoever_asks_not_to_be_tracked_is_not_and_the_form_still_works(address, script):
    def visit(page):
        page.add_init_script(script)
        page.goto(address)
        page.get_by_text("Our menu").click()
        fill_in(page)
        return page.evaluate("localStorage.length")

    assert browse(visit) == 0
    assert events(1) == ["form_submitted"]
    assert Event.objects.get().anonymous_id == ""


def test_the_form_works_without_javascript(address):
    def visit(page):
        page.goto(address)
        fill_in(page)

    browse(visit, java_script_enabled=False)
    assert events(1) == ["form_submitted"]


def test_a_second_page_is_the_same_visit(address):
    def visit(page):
        page.goto(address)
        page.reload()
        events(2)

    browse(visit)
    first, second = Event.objects.order_by("id")
    assert (first.anonymous_id, first.session_id) == (second.anonymous_id, second.session_id)


def test_under_the_path_form_paths_are_the_sites(address, label):
    below = address.replace(f"{label}.", "", 1) + f"s/{label}/"

    def visit(page):
        page.goto(below)
        fill_in(page)
        assert page.url == f"{below}#Contact-1-sent"

    browse(visit)
    events(2)
    paths = {event.properties["path"] for event in Event.objects.all()}
    assert paths == {"/"}
