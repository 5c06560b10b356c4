"""Sections of content in a browser, under the policy that sites are served with."""

import pytest

from builder.rendering import ScriptTag, render_stylesheet
from builder.rendering.scripts import section_script
from builder.sections import registry
from builder.serving.answers import PLAIN
from tests.builder.pages import a_site, html_of
from tests.builder.test_sections_content import CONTENT

pytestmark = pytest.mark.long

ADDRESS = "https://site.example/"
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def opened(browser):
    """Opens components as a page of a site, answered from memory; errors are in `page.errors`."""
    contexts = []

    def open_page(*parts, language="en", width=1440, scripts=True):
        direction = "rtl" if language == "ar" else "ltr"
        types = [kind for kind, _id, _props in parts]
        script = section_script(section_types=types) if scripts else None
        tags = (ScriptTag("site.js"),) if script else ()
        site = a_site(language=language, direction=direction, scripts=tags)
        files = {
            "": (html_of(*parts, site=site).encode(), "text/html"),
            "assets/site.css": (
                render_stylesheet(tokens={}, section_types=types).encode(),
                "text/css",
            ),
            "site.js": (script.body if script else b"", "text/javascript"),
        }
        headers = {name.decode(): value.decode() for name, value in PLAIN}

        def answer(route):
            body, kind = files[route.request.url.split("#")[0].removeprefix(ADDRESS)]
            route.fulfill(body=body, headers=headers | {"content-type": f"{kind}; charset=utf-8"})

        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.errors = []
        page.on("console", lambda message: page.errors.append(message.text))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.route("**/*", answer)
        page.goto(ADDRESS)
        return page

    yield open_page
    for context in contexts:
        context.close()


def a_part(kind, variant, *, language="en", key="one", **props):
    example = registry()[kind].example(language=language)
    return (kind, key, {**example, "variant": variant, **props})


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", CONTENT)
def test_nothing_is_wider_than_a_small_screen_and_nothing_breaks_the_policy(opened, kind, language):
    variants = enumerate(registry()[kind].variants)
    parts = [a_part(kind, each, language=language, key=f"s{n}") for n, each in variants]
    page = opened(*parts, language=language, width=320)
    assert page.evaluate(OVERFLOW) <= 0
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.evaluate(OVERFLOW) <= 0
    assert page.errors == []


@pytest.mark.parametrize(("language", "forth"), [("en", "ArrowRight"), ("ar", "ArrowLeft")])
def test_pictures_over_the_page_are_turned_by_links_and_keys(opened, language, forth):
    page = opened(a_part("Gallery", "lightbox", language=language), language=language)
    page.locator('a[href="#one-view-2"]').first.click()
    assert page.locator("#one-view-2").is_visible()
    page.keyboard.press(forth)
    assert page.locator("#one-view-3").is_visible()
    assert not page.locator("#one-view-2").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".gallery__view:visible").count() == 0


def test_code_is_chosen_without_a_script_and_copied_with_one(opened):
    plain = opened(a_part("CodeSample", "tabs"), scripts=False)
    assert plain.locator(".code__file:visible").count() == 1
    plain.locator(".code__tab", has_text="Python").click()
    assert plain.locator(".code__file:visible").inner_text().startswith("Python")
    assert plain.locator(".code__copy").count() == 0

    page = opened(a_part("CodeSample", "tabs"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".code__copy:visible").click()
    page.wait_for_function('document.querySelector(".code__copy").textContent === "Copied"')
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == registry()["CodeSample"].example(language="en")["files"][0]["code"]
