"""The built-in templates: each is whole, in both languages, and unlike the others."""

import itertools
from functools import cache

import pytest

from builder import template_check
from builder.color_difference import difference
from builder.sections import registry
from builder.template_library import load
from builder.template_sites import languages_of, render_template
from tests.builder.pages import Outline

TEMPLATES = {template.slug: template for template in load()}
# A page with its drawings within it, before it is compressed; compressed it is about a sixth.
MOST_PAGE_BYTES = 260_000
MOST_STYLESHEET_BYTES = 90_000


@pytest.fixture(params=sorted(TEMPLATES))
def template(request):
    return TEMPLATES[request.param]


@cache
def site_of(slug):
    return render_template(TEMPLATES[slug], base_url="https://site.example")


@cache
def outlines_of(slug):
    return {path: Outline(page.html) for path, page in site_of(slug).pages.items()}


def test_a_template_has_no_fault(template):
    assert list(template_check.faults(template)) == []


def test_no_two_templates_are_alike(template):
    assert list(template_check.faults_among(template, load())) == []


def test_accents_are_apart():
    accents = [template_check.accent_of(template) for template in load()]
    least = min(difference(one, other) for one, other in itertools.combinations(accents, 2))
    assert least >= 15


def test_a_template_is_in_both_languages(template):
    assert sorted(languages_of(template)) == ["ar", "en"]
    assert set(template.name) == set(template.description) == {"en", "ar"}
    assert len(site_of(template.slug).pages) == 2 * len(template.pages) >= 6


def test_templates_are_made_of_known_sections_and_each_has_a_form():
    used = {
        template.slug: {item["type"] for page in template.pages for item in page.layout["content"]}
        for template in load()
    }
    assert set().union(*used.values()) <= set(registry())
    forms = {kind for kind in registry() if registry()[kind].form_fields.__name__ != "no_fields"}
    assert all(types & forms for types in used.values())


def test_pages_are_well_formed_with_one_title_and_unique_ids(template):
    for path, outline in outlines_of(template.slug).items():
        assert outline.faults == outline.open == [], path
        assert len(outline.all("h1")) == 1, path
        ids = [attrs["id"] for _tag, attrs in outline.elements if "id" in attrs]
        assert len(ids) == len(set(ids)), path


def test_links_within_the_site_lead_somewhere(template):
    pages = outlines_of(template.slug)
    ids = {
        path: {attrs.get("id") for _tag, attrs in outline.elements}
        for path, outline in pages.items()
    }
    for path, outline in pages.items():
        for link in outline.all("a"):
            if not link["href"].startswith(("./", "../", "#")):
                assert link["href"].startswith(("mailto:", "tel:", "https:"))
                continue
            target, _, fragment = link["href"].partition("#")
            there = "/" + target.replace("../", "").removeprefix("./") if target else path
            assert there in pages, f"{path}: {link['href']}"
            assert not fragment or fragment in ids[there], f"{path}: {link['href']}"


def test_pages_are_light(template):
    site = site_of(template.slug)
    sizes = {path: len(page.html.encode()) for path, page in site.pages.items()}
    assert max(sizes.values()) <= MOST_PAGE_BYTES, sizes
    assert len(site.stylesheet.encode()) <= MOST_STYLESHEET_BYTES


def test_a_page_names_itself_in_the_other_language(template):
    (own, other) = languages_of(template)
    for path, outline in outlines_of(template.slug).items():
        language = other if f"{path}/".startswith(f"/{other}/") else own
        (html,) = outline.all("html")
        assert (html["lang"], html["dir"]) == (language, "rtl" if language == "ar" else "ltr")
        named = {link["hreflang"] for link in outline.all("link") if link["rel"] == "alternate"}
        assert named == {"ar", "en", "x-default"}


WIDTHS = (320, 390, 820, 1440)
BEYOND = """width => {
  const scrolls = (each) => {
    for (let at = each.parentElement; at; at = at.parentElement)
      if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
    return false;
  };
  const beyond = (each) => {
    const box = each.getBoundingClientRect();
    return box.width && box.height && (box.left < -1 || box.right > width + 1);
  };
  const told = "h1, h2, h3, p, dd, td, a, input, select, textarea, button";
  const found = [...document.querySelectorAll(told)]
    .filter((each) => each.checkVisibility({visibilityProperty: true}))
    .filter((each) => beyond(each) && !scrolls(each))
    .map((each) => each.innerText || each.name || each.tagName);
  if (document.documentElement.scrollWidth > width + 1) found.push("the page itself");
  return found;
}"""


@pytest.mark.long
def test_pages_are_no_wider_than_the_screen_and_work_without_javascript(template, tmp_path):
    from playwright.sync_api import sync_playwright

    site = site_of(template.slug)
    for path, body in site.files():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        view = browser.new_context(java_script_enabled=False).new_page()
        for path, page in site.pages.items():
            file = tmp_path / f"{path.strip('/') or 'home'}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page.html, encoding="utf-8")
            view.goto(file.as_uri())
            for width in WIDTHS:
                view.set_viewport_size({"width": width, "height": 900})
                assert _beyond(view, width) == [], (path, width)
                _open_menu(view, path, width)
        browser.close()


def _open_menu(view, path, width):
    """Open and close the menu, where the screen is so small that there is one."""
    summary = view.locator(".nav__menu > summary")
    if summary.count() and summary.first.is_visible():
        summary.first.click()
        assert view.locator(".nav__menu .nav__link").first.is_visible()
        assert _beyond(view, width) == [], (path, width)
        summary.first.click()


def _beyond(view, width):
    """What of the page's text and fields reaches past the screen's sides, unless it is scrolled to
    within a box that does not.
    """
    return view.evaluate(BEYOND, width)
