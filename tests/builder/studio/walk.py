"""A browser at the studio's door, and the edge on which sites go live."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client

playwright = pytest.importorskip("playwright.sync_api")

PASSWORD = "correct horse battery"
HERO = "[data-hh-component=Hero] h1"


def signed_in(user):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@contextmanager
def browser():
    with playwright.sync_playwright() as player:
        chromium = player.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        try:
            yield chromium
        finally:
            chromium.close()
            # Beside the player's loop Django has connections of its own.
            connections.close_all()


class Visitor:
    """Somebody with a browser window, whose page must say nothing in its console."""

    def __init__(self, chromium, url, *, language="en", width=1440, height=900, **options):
        self.url = url
        self.context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=language, **options
        )
        self.language = language
        self.page = self.context.new_page()
        self.problems = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(message.text)

    @property
    def frame(self):
        return self.page.frame_locator("#preview")

    def sign_in(self, email):
        self.page.goto(f"{self.url}/")
        self.page.locator("input[name=login]").fill(email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("form [type=submit], main form button").last.click()
        self.page.wait_for_url(f"{self.url}/studio/")

    def enter(self, client):
        """As `sign_in`, by the session of a client that has done so."""
        cookies = {"halfhour_session": client.cookies["halfhour_session"].value}
        cookies["halfhour_language"] = self.language
        self.context.add_cookies(
            [{"name": name, "value": value, "url": self.url} for name, value in cookies.items()]
        )

    def open(self, project, page="home"):
        self.page.goto(f"{self.url}/studio/{project.pk}/?page={page}")
        self.ready()

    def ready(self):
        self.page.wait_for_selector("html[data-ready]", timeout=60_000)
        self.frame.locator(HERO).wait_for(timeout=60_000)

    def saved(self):
        self.state("saved")

    def state(self, state):
        self.page.wait_for_selector(f"#status[data-state={state}]", timeout=60_000)

    def write_title(self, words):
        """Write on the page itself, as it is shown."""
        title = self.frame.locator(HERO)
        title.click()
        title.press("Control+a")
        title.press_sequentially(words)
        title.press("Enter")

    def picture(self, name):
        """A picture of the window, where STUDIO_PICTURES says where to put it."""
        folder = os.environ.get("STUDIO_PICTURES")
        if folder:
            self.page.wait_for_timeout(700)
            self.page.screenshot(path=Path(folder) / f"studio-{name}-{self.language}.png")
