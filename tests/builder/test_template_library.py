"""The built-in templates are complete, valid, readable and as wide as the screen."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import builder.template_library
from builder.rendering import NavPage, PageInput, SiteInput, render_page, render_stylesheet, tokens
from builder.sections import registry, validate_layout
from builder.template_library import load
from tests.builder.pages import Outline

TEMPLATES = {template.slug: template for template in load()}
DRAWINGS = sorted(Path(builder.template_library.__file__).parent.glob("*/art/*.svg"))
LARGE, NORMAL = 3.0, 4.5
# What stands on what; rules and drawings carry no text.
PAIRS = [
    ("text", "background", NORMAL),
    ("text", "surface", NORMAL),
    ("muted", "background", NORMAL),
    ("muted", "surface", NORMAL),
    ("link", "background", NORMAL),
    ("link", "surface", NORMAL),
    ("on-accent", "accent", NORMAL),
    ("on-inverse", "inverse", NORMAL),
    ("inverse-muted", "inverse", NORMAL),
    ("inverse-accent", "inverse", NORMAL),
    ("emphasis", "background", LARGE),
    ("field", "background", LARGE),
    ("focus", "background", LARGE),
    ("focus", "surface", LARGE),
]


@pytest.fixture(params=sorted(TEMPLATES))
def template(request):
    return TEMPLATES[request.param]


def site_of(template):
    pages = tuple(NavPage(page.key, page.title, page.path) for page in template.pages)
    return SiteInput(
        name=template.site_name,
        language=template.language,
        direction=template.direction,
        tokens=template.tokens,
        pages=pages,
        stylesheet_path="site.css",
    )


def rendered(template):
    """The template's pages by path."""
    site = site_of(template)
    inputs = (
        PageInput(page.key, page.path, page.title, page.layout, page.description)
        for page in template.pages
    )
    return {page.path: render_page(page=page, site=site) for page in inputs}


def luminance(hex_color):
    """Relative luminance (WCAG 2.2)."""
    channels = [int(hex_color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_there_are_three_trades_and_one_of_them_arabic():
    assert len({template.trade for template in load()}) == 3
    assert [t.slug for t in load() if (t.language, t.direction) == ("ar", "rtl")] == ["suhail"]


def test_a_template_is_valid_and_described_in_both_languages(template):
    assert set(template.name) == set(template.description) == {"en", "ar"}
    assert tokens.validate(template.tokens) == []
    assert set(template.tokens) == set(tokens.GROUPS)
    keys = {page.key for page in template.pages}
    assert len(keys) == 3
    assert template.pages[0].path == "/"
    for page in template.pages:
        assert validate_layout(page.layout, page_keys=keys) == []


def test_the_templates_show_every_section_and_each_has_a_form():
    used = {
        template.slug: {item["type"] for page in template.pages for item in page.layout["content"]}
        for template in load()
    }
    assert set().union(*used.values()) == set(registry())
    assert all("ContactForm" in types for types in used.values())


def test_pages_are_well_formed_with_one_title_and_unique_ids(template):
    for page in rendered(template).values():
        outline = Outline(page.html)
        assert outline.faults == outline.open == []
        assert len(outline.all("h1")) == 1
        ids = [attrs["id"] for _tag, attrs in outline.elements if "id" in attrs]
        assert len(ids) == len(set(ids))


def test_links_within_the_site_lead_somewhere(template):
    pages = {path: Outline(page.html) for path, page in rendered(template).items()}
    ids = {
        path: {attrs.get("id") for _tag, attrs in outline.elements}
        for path, outline in pages.items()
    }
    for path, outline in pages.items():
        for link in outline.all("a"):
            if not link["href"].startswith(("./", "#")):
                assert link["href"].startswith(("mailto:", "tel:", "https:"))
                continue
            target, _, fragment = link["href"].partition("#")
            there = "/" + target.removeprefix("./") if target else path
            assert there in pages
            assert not fragment or fragment in ids[there]


def test_texts_stand_out_from_what_they_stand_on(template):
    variables = tokens.to_css_variables(template.tokens)
    for text, ground, least in PAIRS:
        ratio = contrast(variables[f"--color-{text}"], variables[f"--color-{ground}"])
        assert ratio >= least, f"{text} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_a_drawing_is_plain_svg_in_the_sites_colours(path):
    text = path.read_text(encoding="utf-8")
    assert len(text) < 64_000
    root = ElementTree.fromstring(text)  # noqa: S314  our own file
    assert root.tag == "svg"
    assert root.get("viewBox")
    for element in root.iter():
        assert element.tag in {"svg", "g", "path", "rect", "circle", "ellipse", "text"}
        assert not {"style", "id", "href"} & set(element.keys())
        for name in ("fill", "stroke"):
            assert re.fullmatch(r"none|var\(--color-[a-z0-9-]+\)", element.get(name, "none"))


def test_every_drawing_is_shown():
    shown = {
        name for template in load() for name in re.findall(r"'art': '([^']+)'", str(template.pages))
    }
    assert shown == {f"{path.parts[-3]}/{path.stem}" for path in DRAWINGS}


@pytest.mark.long
@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_pages_are_no_wider_than_the_screen_and_work_without_javascript(template, width, tmp_path):
    from playwright.sync_api import sync_playwright

    pages = rendered(template)
    kinds = {kind for page in pages.values() for kind in page.section_types}
    css = render_stylesheet(tokens=template.tokens, section_types=kinds)
    (tmp_path / "site.css").write_text(css, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        view = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=False
        ).new_page()
        for number, page in enumerate(pages.values()):
            file = tmp_path / f"{number}.html"
            file.write_text(page.html, encoding="utf-8")
            view.goto(file.as_uri())
            assert _beyond(view, width) == []
            if width < 700:
                view.locator("summary").first.click()
                assert view.locator(".nav__menu .nav__link").first.is_visible()
                assert _beyond(view, width) == []
        browser.close()


def _beyond(view, width):
    """What of the page's text and fields reaches past the screen's sides."""
    boxes = [
        (item.inner_text(), item.bounding_box())
        for item in view.locator("h1, h2, h3, p, dd, a, input, select, textarea, button").all()
        if item.is_visible()
    ]
    return [text for text, box in boxes if box["x"] < -1 or box["x"] + box["width"] > width + 1]
