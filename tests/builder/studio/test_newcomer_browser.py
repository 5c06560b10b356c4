"""From sign-in through a template to a live site, with the studio alone; and what goes wrong."""

import sys
import time

import pytest
from allauth.account.models import EmailAddress

from builder.models import VersionHistory
from tests.builder.factories import ProjectFactory, built_in
from tests.builder.studio.documents import layout_with, page_of, save
from tests.builder.studio.walk import HERO, Visitor, browser, signed_in
from tests.factories import MembershipFactory
from tests.journeys.served import serving

pytestmark = pytest.mark.long

WORDS = {
    "en": {"name": "Dune House", "title": "Houses for a dry wind"},
    "ar": {"name": "بيت الكثبان", "title": "بيوت لريح جافة"},
}


@pytest.fixture(autouse=True)
def _rows_beside_a_loop(monkeypatch):
    """Playwright runs an event loop in this thread, beside which Django would read no rows."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def member(transactional_db):
    built_in()
    membership = MembershipFactory(role="editor")
    EmailAddress.objects.create(
        user=membership.user, email=membership.user.email, verified=True, primary=True
    )
    return membership


@pytest.fixture
def project(member):
    return ProjectFactory(workspace=member.workspace, owner=member.user, name="Dune House")


def title_of(project):
    content = page_of(project).layout["content"]
    return next(each["props"]["title"] for each in content if each["type"] == "Hero")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_newcomer_has_a_live_site(live_server, member, settings, language):
    from tests.journeys.doorway import web_database_url

    settings.WEB_DATABASE_URL = web_database_url()
    words = WORDS[language]
    with serving() as edge, browser() as chromium:
        settings.PUBLIC_SITES_URL = f"http://localhost:{edge.port}"
        visitor = Visitor(chromium, live_server.url, language=language)
        began = time.monotonic()
        visitor.sign_in(member.user.email)
        page = visitor.page
        visitor.picture("start")
        page.locator(".empty a.button").click()
        page.wait_for_url("**/studio/new/**")
        visitor.picture("gallery")
        page.locator(".card__name a").first.click()
        page.locator("input[name=name]").fill(words["name"])
        page.locator(f"input[name=language][value={language}]").check(force=True)
        visitor.picture("choose")
        page.locator(".choose button.button--main").click()
        visitor.ready()
        visitor.write_title(words["title"])
        visitor.saved()
        visitor.picture("editor")
        page.locator("#publish").click()
        page.locator("#publish-body button.button--main").click()
        live = page.locator("#live-link")
        live.wait_for(timeout=60_000)
        took = time.monotonic() - began
        visitor.picture("live")
        with page.expect_popup() as opened:
            live.click()
        site = opened.value
        site.wait_for_selector("h1")
        assert site.locator("h1").inner_text() == words["title"]
        assert site.locator("html").get_attribute("lang") == language
        assert visitor.problems == []
        sys.stdout.write(f"\nfrom sign-in to a live site, {language}: {took:.1f} s\n")


def test_what_is_typed_without_a_network_is_kept_and_sent_later(live_server, member, project):
    with browser() as chromium:
        visitor = Visitor(chromium, live_server.url)
        visitor.enter(signed_in(member.user))
        visitor.open(project)
        visitor.context.set_offline(True)
        visitor.write_title("Written in a tunnel")
        visitor.state("offline")
        kept = visitor.page.evaluate("Object.values(localStorage).join()")
        assert "Written in a tunnel" in kept
        # The window is closed, and another opened once there is a network again.
        visitor.page.on("dialog", lambda dialog: dialog.accept())
        visitor.page.close(run_before_unload=False)
        visitor.context.set_offline(False)
        visitor.page = visitor.context.new_page()
        visitor.open(project)
        visitor.saved()
        assert title_of(project) == "Written in a tunnel"
        assert "Written in a tunnel" not in visitor.page.evaluate(
            "Object.values(localStorage).join()"
        )


@pytest.mark.parametrize("answer", ["mine", "aside"])
def test_two_who_save_at_once_keep_both(live_server, member, project, answer):
    other = MembershipFactory(workspace=member.workspace, role="editor").user
    with browser() as chromium:
        visitor = Visitor(chromium, live_server.url)
        visitor.enter(signed_in(member.user))
        visitor.open(project)
        assert save(signed_in(other), project, layout_with(project, title="Theirs")).status_code
        visitor.write_title("Mine")
        visitor.state("stale")
        dialog = visitor.page.locator("#conflict-dialog")
        dialog.locator("[data-conflict=look]").click()
        visitor.frame.get_by_text("Theirs").wait_for()
        visitor.page.locator("#banner button").click()
        dialog.locator(f"[data-conflict={answer}]").click()
        visitor.saved()
        assert title_of(project) == {"mine": "Mine", "aside": "Theirs"}[answer]
        versions = VersionHistory.objects.of(page_of(project))
        kept = [str(version.data["layout"]) for version in versions]
        assert any("Mine" in each for each in kept)
        assert any("Theirs" in each for each in kept)


def test_history_outlives_a_reload(live_server, member, project):
    before = title_of(project)
    with browser() as chromium:
        visitor = Visitor(chromium, live_server.url)
        visitor.enter(signed_in(member.user))
        visitor.open(project)
        visitor.write_title("Another")
        visitor.saved()
        visitor.page.reload()
        visitor.ready()
        visitor.page.locator("#undo").click()
        visitor.saved()
        assert title_of(project) == before
        visitor.page.locator("#redo").click()
        visitor.saved()
        assert title_of(project) == "Another"


def test_by_keyboard_alone(live_server, member, project):
    content = page_of(project).layout["content"]
    ids = [each["props"]["id"] for each in content]
    with browser() as chromium:
        visitor = Visitor(chromium, live_server.url)
        visitor.enter(signed_in(member.user))
        visitor.open(project)
        press = visitor.page.keyboard.press
        focused = "document.activeElement.closest('li')?.dataset.id"
        press("F6")
        while visitor.page.evaluate(focused) != ids[0]:
            press("Tab")
        press("ArrowDown")
        assert visitor.page.evaluate(focused) == ids[1]
        press("Alt+ArrowDown")
        assert visitor.page.evaluate(focused) == ids[1]
        press("Control+d")
        press("h")
        press("Enter")
        assert visitor.page.evaluate("document.activeElement.closest('.panel')?.id") == "panel-form"
        visitor.saved()
        now = page_of(project).layout["content"]
        assert [each["props"]["id"] for each in now][1:3] == [ids[2], ids[1]]
        assert now[3]["type"] == content[1]["type"]
        assert now[3]["props"]["hidden"] is True
        assert visitor.problems == []


def test_a_fault_is_said_at_its_field_and_nothing_is_lost(live_server, member, project):
    before = title_of(project)
    with browser() as chromium:
        visitor = Visitor(chromium, live_server.url)
        visitor.enter(signed_in(member.user))
        visitor.open(project)
        visitor.frame.locator(HERO).click()
        field = visitor.page.locator("#field-title")
        field.fill("")
        visitor.state("faulty")
        assert field.get_attribute("aria-invalid") == "true"
        assert visitor.page.locator("#field-title-fault").is_visible()
        assert title_of(project) == before
        field.fill("<img src=x onerror=alert(1)>")
        visitor.saved()
        shown = visitor.frame.get_by_text("<img src=x onerror=alert(1)>")
        shown.wait_for()
        assert visitor.problems == []
