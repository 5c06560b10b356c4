"""Every page of every template, judged by others: axe in Chromium, and a checker of HTML."""

from pathlib import Path

import pytest

from builder.template_library import load
from builder.template_sites import render_template
from tests.builder import node_packages

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("node")]
HERE = Path(__file__).parent / "page_checks"
TEMPLATES = {template.slug: template for template in load()}
WIDTHS = (390, 1440)
RUN = """axe.run(document, {resultTypes: ["violations"]}).then((found) => found.violations.flatMap(
  (rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}`)))"""


@pytest.fixture(scope="module")
def folder(pytestconfig):
    return node_packages.installed(pytestconfig, HERE)


@pytest.fixture(scope="module")
def view():
    """A browser's tab."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield browser.new_context(reduced_motion="reduce").new_page()
        browser.close()


@pytest.fixture(scope="module")
def axe(folder):
    return (folder / "node_modules/axe-core/axe.min.js").read_text()


def violations(view, axe, address):
    """What axe finds on a page, on a telephone and on a wide screen."""
    view.goto(address)
    view.evaluate(axe)
    found = []
    for width in WIDTHS:
        view.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px, {told}" for told in view.evaluate(RUN)]
    return found


@pytest.mark.parametrize("slug", sorted(TEMPLATES))
def test_axe_finds_nothing(view, axe, slug, tmp_path):
    site = render_template(TEMPLATES[slug], base_url="https://site.example")
    for path, body in site.files():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    found = {}
    for path, page in site.pages.items():
        file = tmp_path / f"{path.strip('/') or 'home'}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.html, encoding="utf-8")
        if told := violations(view, axe, file.as_uri()):
            found[path] = told
    assert found == {}


def test_every_page_is_valid_html(folder):
    pages = {
        slug + path: page.html
        for slug, template in TEMPLATES.items()
        for path, page in render_template(template, base_url="https://site.example").pages.items()
    }
    told = node_packages.run(folder, "html_oracle.js", pages)
    assert {name: faults for name, faults in told.items() if faults} == {}


def test_what_is_wrong_is_found(view, axe, folder, tmp_path):
    html = '<!doctype html><title>x</title><p style="color:#ccc">faint<ul><div>a</div></ul>'
    file = tmp_path / "wrong.html"
    file.write_text(html, encoding="utf-8")
    found = {told.split(", ")[1].split(":")[0] for told in violations(view, axe, file.as_uri())}
    assert {"html-has-lang", "color-contrast", "list"} <= found
    told = node_packages.run(folder, "html_oracle.js", {"wrong": html})["wrong"]
    assert any("element-permitted-content" in fault for fault in told)
