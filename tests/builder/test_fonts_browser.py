"""Fonts that come late move nothing, and pages load under the policy that sites are served with."""

import http.server
import threading
import time
from functools import partial

import pytest

from builder.serving.answers import PLAIN
from builder.template_library import load
from builder.template_sites import render_template

pytestmark = pytest.mark.long

FONT_DELAY = 0.6
# What Google calls good, and these fonts are late (web.dev/cls).
MOST_SHIFT = 0.1
WATCH = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


class Handler(http.server.BaseHTTPRequestHandler):
    files = {}

    def do_GET(self):
        body = self.files.get(self.path)
        if "/fonts/" in self.path:
            time.sleep(FONT_DELAY)
        self.send_response(200 if body is not None else 404)
        kinds = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}
        kind = next((kinds[end] for end in kinds if self.path.endswith(end)), "text/html")
        self.send_header("content-type", f"{kind}; charset=utf-8")
        for name, value in PLAIN:
            self.send_header(name.decode(), value.decode())
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args):
        pass


@pytest.fixture
def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def start(site):
        Handler.files = {f"/{path}": body for path, body in site.files()}
        Handler.files |= {path: page.html.encode() for path, page in site.pages.items()}
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield browser
        browser.close()


def _note_errors(errors, message):
    if message.type == "error":
        errors.append(message.text)


@pytest.mark.parametrize("template", load(), ids=lambda each: each.slug)
@pytest.mark.parametrize("width", [390, 1440])
def test_late_fonts_move_nothing_and_the_policy_lets_the_page_in(template, width, serve, browser):
    # With an address, so that pages have their structured data too.
    site = render_template(template, base_url="https://site.example")
    root = serve(site)
    for path in [path for path in site.pages if path.strip("/") in ("", "en", "ar")]:
        context = browser.new_context(viewport={"width": width, "height": 900})
        view = context.new_page()
        refused = []
        view.on("console", partial(_note_errors, refused))
        view.add_init_script(WATCH)
        view.goto(root + path)
        view.wait_for_timeout(1000 * FONT_DELAY + 500)
        loaded = view.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length")
        shift = view.evaluate("window.shift")
        told = view.locator('script[type="application/ld+json"]').count()
        context.close()
        assert told == 1
        assert refused == []
        assert loaded >= 2
        assert shift <= MOST_SHIFT, f"{path}: {shift:.3f}"
