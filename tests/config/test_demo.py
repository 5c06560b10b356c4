"""The demonstration as a newcomer runs it, recounted over the API and looked at in a browser."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("demo")]

ROOT = Path(__file__).resolve().parents[2]
VISITORS = 50
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A fresh VAR_DIR with ports of its own, as the environment of every command here."""
    environment = environment_in(tmp_path_factory.mktemp("demo"))
    yield environment
    manage(environment, "services", "stop")


def environment_in(var):
    var.chmod(0o755)
    clean = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DATABASE_URL", "WEB_DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
        and not key.startswith("PYTEST")
    }
    return {
        **clean,
        "VAR_DIR": str(var),
        "EDGE_PORT": str(free_port()),
        "OFFICE_PORT": str(free_port()),
    }


def manage(environment, *arguments, check=True):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=check,
        timeout=300,
    )


def demo(environment, *arguments):
    done = manage(
        environment, "demo", "--no-serve", "--visitors", str(VISITORS), "--json", *arguments,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def first(home):
    return demo(home)


def produced(result):
    return {each["name"]: each["produced"] for each in result["milestones"]}


@pytest.fixture(scope="module")
def served(home, first):
    """`manage.py serve` over the demo's data; ends with Ctrl-C, in good order."""
    output = Path(home["VAR_DIR"]) / "serve.log"
    with output.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=home, stdout=log, stderr=log
        )
    for _ in range(600):
        if process.poll() is not None or "Ctrl-C stops all of it" in output.read_text():
            break
        time.sleep(0.1)
    assert process.poll() is None, output.read_text()[-3000:]
    yield first
    process.send_signal(2)
    assert process.wait(40) == 0, output.read_text()[-3000:]


@pytest.fixture
def client(home, served):
    token = json.loads((Path(home["VAR_DIR"]) / "demo.json").read_text())["token"]
    base = f"http://127.0.0.1:{home['OFFICE_PORT']}/api/v1/"
    with httpx.Client(
        base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=30
    ) as made:
        yield made


def rows(client, path, **query):
    found, page = [], client.get(path, params={"limit": 200, **query}).json()
    while True:
        found += page["results"]
        if not page["next"]:
            return found
        page = client.get(page["next"]).json()


def test_every_milestone_left_something(first):
    counts = produced(first)
    assert counts["Database ready"]["templates"] >= 3
    assert counts["Visitors browse and write"]["contacts"] == VISITORS
    forms = counts["Visitors browse and write"]["forms"]
    assert 1 <= forms <= VISITORS
    assert counts["Workflows run"] == {"runs": forms, "leads": forms, "mails": 2 * forms}
    # Some come back, and a visit over midnight is one of both days.
    assert VISITORS <= counts["Traffic rolled up"]["visits"] <= 2 * VISITORS
    assert counts["Traffic rolled up"]["leads"] == forms


def test_a_second_run_adds_nothing(home, first):
    again = demo(home)
    assert produced(again) == produced(first)
    assert again["project"] == first["project"]


def test_a_reset_begins_anew(tmp_path):
    """What was there is gone, whatever its rows point at, and the same comes again."""
    environment = environment_in(tmp_path)
    try:
        before = demo(environment, "--visitors", "6")
        after = demo(environment, "--visitors", "6", "--reset")
    finally:
        manage(environment, "services", "stop")
    assert after["project"] != before["project"]
    assert produced(after)["Visitors browse and write"]["contacts"] == 6
    assert produced(after)["Site published"] == produced(before)["Site published"]


def test_the_numbers_are_the_same_over_the_api(client, first):
    counts = produced(first)
    browsed, ran = counts["Visitors browse and write"], counts["Workflows run"]
    contacts = rows(client, "contacts/")
    assert len(contacts) == browsed["contacts"]
    assert all(contact["traits"]["simulated"] is True for contact in contacts)
    events = rows(client, "events/")
    assert len(events) == browsed["events"]
    assert sum(event["event_name"] == "form_submitted" for event in events) == browsed["forms"]
    assert len(rows(client, "leads/")) == ran["leads"]
    runs = rows(client, "workflow-executions/")
    assert [run["status"] for run in runs] == ["succeeded"] * ran["runs"]
    mails = rows(client, "mail-messages/")
    assert [mail["status"] for mail in mails] == ["sent"] * ran["mails"]
    days = rows(client, "traffic/", granularity="day")
    assert sum(day["visits"] for day in days) == counts["Traffic rolled up"]["visits"]


def test_each_mail_lies_in_the_mailbox_folder(home, first):
    mails = produced(first)["Workflows run"]["mails"]
    text = "".join(
        path.read_text(errors="replace") for path in (Path(home["VAR_DIR"]) / "mailbox").iterdir()
    )
    assert len(re.findall(r"^Message-ID: ", text, re.MULTILINE)) == mails


def test_a_taken_port_is_told_in_one_line(home, first):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = manage(home, "demo", "--no-serve", "--edge-port", port, check=False)
    assert done.returncode == 1
    assert port in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
def test_a_browser_fills_in_the_form_and_finds_the_lead_in_the_console(home, served):
    from playwright.sync_api import sync_playwright

    office = f"http://localhost:{home['OFFICE_PORT']}"
    password = new_password(home, "staff@demo.halfhour.example")
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        page = browser.new_page()
        failures = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        assert page.goto(served["addresses"]["Studio"]).url.startswith(f"{office}/account/")
        page.goto(served["addresses"]["Live site"])
        page.get_by_role("link", name="Tell us about your site").click()
        page.get_by_label("Name").first.fill("Salma Browser")
        page.get_by_label("E-mail").first.fill("salma.browser@visitors.example")
        page.locator("form[data-hh-form] textarea").first.fill("A house above the flood line.")
        page.locator("form[data-hh-form] button").click()
        page.wait_for_url("**#*-sent")
        page.goto(f"{office}/console/journeys/lead/")
        page.locator("input[name=login]").fill("staff@demo.halfhour.example")
        page.locator("input[name=password]").fill(password)
        page.locator("main button").click()
        for _ in range(60):
            page.goto(f"{office}/console/journeys/lead/?q=salma.browser")
            if page.get_by_text("Salma Browser").count():
                break
            page.wait_for_timeout(500)
        assert page.get_by_text("Salma Browser").count() >= 1
        page.goto(f"{office}/console/")
        assert page.get_by_text("Salma Browser").count() == 1
        assert page.locator("canvas.chart").count() == 2
        assert failures == []
        browser.close()


def new_password(environment, email):
    """Passwords are shown once, so the test gives the staff user another."""
    code = (
        "from accounts.models import User;"
        f"u = User.objects.get(email={email!r}); u.set_password('pw-of-the-test'); u.save()"
    )
    manage(environment, "shell", "--no-imports", "-c", code)
    return "pw-of-the-test"


class Person:
    """Somebody with a browser and a mailbox, who fills in the office's forms."""

    email = "new.person@example.com"

    def __init__(self, home, web):
        self.office = str(web.base_url).rstrip("/")
        self.mailbox = Path(home["VAR_DIR"]) / "mailbox"
        self.web = web

    def fill_in(self, path, **fields):
        """Send the form of a page; returns the path that this leads to."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.web.get(path).text)[1]
        sent = {**fields, "csrfmiddlewaretoken": token}
        answer = self.web.post(path, data=sent, headers={"Referer": self.office + path})
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.url.path

    def call(self, method, path, body=None):
        headers = {"X-CSRFToken": self.web.cookies["halfhour_csrf"], "Referer": self.office}
        return self.web.request(method, f"/api/v1/{path}", json=body, headers=headers)

    def link(self, pattern):
        """The newest mail's address of that form."""
        found = []
        for path in sorted(self.mailbox.iterdir(), key=lambda path: path.stat().st_mtime):
            found += re.findall(pattern, path.read_text(errors="replace"))
        return found[-1]


@pytest.fixture
def person(home, served):
    office = f"http://localhost:{home['OFFICE_PORT']}"
    with httpx.Client(base_url=office, follow_redirects=True, timeout=30) as web:
        yield Person(home, web)


def test_a_person_gets_in_works_and_gets_in_again(person):
    """Here the office is the login `halfhour_web`: other tests sign in as the tables' owner."""
    phrase = "a long pass phrase"
    person.fill_in("/account/signup/", email=person.email, password1=phrase, password2=phrase)
    person.fill_in(person.link(r"/account/confirm-email/[^\s/]+/"))
    assert person.fill_in("/account/login/", login=person.email, password=phrase) == "/"

    assert person.call("POST", "workspaces/", {"name": "Their own"}).status_code == 201
    assert person.call("PATCH", "me/", {"first_name": "New"}).status_code == 200
    mine = person.call("GET", "workspace/").json()["results"][0]["id"]
    assert person.call("PATCH", f"workspace/{mine}/", {"timezone": "Mars"}).status_code == 400
    assert person.call("PATCH", f"workspace/{mine}/", {"timezone": "Asia/Dubai"}).status_code == 200
    key = person.call("POST", "api-keys/", {"name": "mine", "kind": "personal"})
    assert key.status_code == 201
    assert person.call("POST", f"api-keys/{key.json()['id']}/revoke/").status_code == 200
    for page in ("/account/sessions/", "/account/2fa/", "/account/email/"):
        assert person.web.get(page).status_code == 200

    person.fill_in("/account/logout/")
    person.fill_in("/account/password/reset/", email=person.email)
    opened = person.web.get(person.link(r"/account/password/reset/key/[^\s]+/"))
    person.fill_in(opened.url.path, password1=phrase + "!", password2=phrase + "!")
    assert (
        person.fill_in("/account/login/", login=person.email, password=phrase + "!") == "/studio/"
    )
