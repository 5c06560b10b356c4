"""Sections in a browser: what opens and closes, with scripts and without them.

Pages are served under the policy of published ones.
"""

import functools
import http.server
import shutil
import threading

import pytest

from builder.rendering import ScriptTag, render_stylesheet, section_script
from builder.sections import registry
from builder.serving.answers import PLAIN
from tests.builder.pages import a_site, html_of

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed"),
]
playwright = pytest.importorskip("playwright.sync_api")

KINDS = ("Announcement", "Navigation", "Hero", "Tabs", "Countdown", "ChatWidget", "PopupModal")
CHANGED = {"PopupModal": {"opens": "time", "after": 0}, "Countdown": {"variant": "poster"}}


def page(language):
    """A page with what opens and closes."""
    content = [
        (kind, kind, {**registry()[kind].example(language=language), **CHANGED.get(kind, {})})
        for kind in KINDS
    ]
    direction = "rtl" if language == "ar" else "ltr"
    script = (ScriptTag("site.js"),)
    return html_of(
        *content,
        site=a_site(
            language=language, direction=direction, scripts=script, stylesheet_path="site.css"
        ),
    )


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files with the headers of published pages."""

    def end_headers(self):
        for name, value in PLAIN:
            self.send_header(name.decode(), value.decode())
        super().end_headers()

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    for language in ("en", "ar"):
        (folder / f"{language}.html").write_text(page(language), "utf-8")
    (folder / "site.css").write_text(render_stylesheet(tokens={}, section_types=set(KINDS)))
    (folder / "site.js").write_bytes(section_script(section_types=set(KINDS)).body)
    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield found
        found.close()


@pytest.fixture
def opened(browser):
    """Opens a page and wants it to say nothing of errors."""
    contexts, said = [], []

    def opening(url, **options):
        contexts.append(browser.new_context(viewport={"width": 390, "height": 844}, **options))
        tab = contexts[-1].new_page()
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("console", lambda note: said.append(note.text) if note.type == "error" else None)
        tab.goto(url)
        return tab

    yield opening
    for context in contexts:
        context.close()
    assert [each for each in said if "favicon" not in each] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_pop_up_comes_once_and_closes_with_escape(opened, address, language):
    tab = opened(f"{address}/{language}.html")
    dialog = tab.locator("dialog.popup")
    dialog.wait_for(state="visible")
    assert tab.evaluate("document.activeElement.tagName") == "DIALOG"
    tab.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    tab.reload()
    tab.wait_for_timeout(300)
    assert dialog.is_hidden()
    tab.goto(f"{address}/{language}.html#PopupModal")
    tab.reload()
    dialog.wait_for(state="visible")
    tab.locator(".popup__close").click()
    dialog.wait_for(state="hidden")


def test_an_announcement_stays_away_until_it_says_something_else(opened, address):
    tab = opened(f"{address}/en.html")
    tab.locator("dialog.popup").wait_for(state="visible")
    tab.keyboard.press("Escape")
    tab.locator(".news__close").click()
    assert tab.locator(".news").is_hidden()
    tab.reload()
    assert tab.locator(".news").is_hidden()
    tab.evaluate("localStorage.setItem('hh-news:Announcement', 'other words')")
    tab.reload()
    assert tab.locator(".news").is_visible()


def test_the_chat_opens_and_closes_with_escape_and_a_click_elsewhere(opened, address):
    tab = opened(f"{address}/en.html")
    tab.locator("dialog.popup").wait_for(state="visible")
    tab.keyboard.press("Escape")
    panel = tab.locator(".chat__panel")
    tab.locator(".chat__button").click()
    assert panel.is_visible()
    tab.keyboard.press("Escape")
    assert panel.is_hidden()
    assert tab.evaluate("document.activeElement.className") == "chat__button"
    tab.locator(".chat__button").click()
    tab.mouse.click(5, 5)
    assert panel.is_hidden()


def test_a_clock_runs_in_the_page_s_digits_and_has_the_hijri_date(opened, address):
    tab = opened(f"{address}/ar.html")
    assert tab.locator("[data-hijri]").inner_text() == "١ ربيع الآخر ١٤٤٩ هـ"
    figures = tab.locator(".countdown__figure").all_inner_texts()
    assert all(set(each) <= set("٠١٢٣٤٥٦٧٨٩") for each in figures)
    assert len(figures) == 4


def test_without_scripts_all_of_it_is_there(opened, address):
    tab = opened(f"{address}/en.html", java_script_enabled=False)
    assert tab.locator("section.popup").is_visible()
    assert tab.locator(".news__close").is_hidden()
    assert tab.locator(".countdown__when time").is_visible()
    tab.locator(".chat__button").click()
    assert tab.locator(".chat__panel").is_visible()
    tab.locator(".chat__button").click()
    tab.locator(".tabs__tab").nth(1).click()
    titles = tab.locator(".tabs__title")
    assert [each.is_visible() for each in titles.all()] == [False, True, False]
    tab.locator(".nav__menu > summary").click()
    tab.locator(".nav__menu .nav__more > summary").click()
    assert tab.locator(".nav__menu .nav__sub").first.is_visible()
