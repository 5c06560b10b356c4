"""A release as files: served by servers that know nothing of us, every link followed."""

import functools
import html
import http.server
import io
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import zipfile
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from accounts.keys import issue_key
from builder import publishing, static_site
from builder.models import ReleaseFile, SitePassword, SiteRedirect
from tests.builder.factories import ProjectFactory

pytestmark = pytest.mark.django_db

EDGE = "http://sites.example"


@pytest.fixture
def release(project, settings):
    """A release in two languages, with a page deeper down and redirects."""
    settings.PUBLIC_SITES_URL = EDGE
    project.settings["locales"] = {"ar": {}}
    project.save()
    pages = project.current_sitemap.pages
    pages["home"]["translations"] = {"ar": {"title": "الرئيسية"}}
    pages["contact"]["translations"] = {"ar": {"title": "اتصل بنا"}}
    pages["practice"]["path"] = "/who/we-are"
    project.current_sitemap.save()
    for path, to, status in (
        ("/team", "/who/we-are", 301),
        ("/shop", "https://shop.example/", 302),
    ):
        SiteRedirect.objects.create(
            workspace=project.workspace, project=project, from_path=path, to=to, status=status
        )
    return publishing.publish(project=project, user=None)


@pytest.fixture
def site(release, tmp_path):
    call_command("export_site", release.project.slug, tmp_path / "out", stdout=io.StringIO())
    return tmp_path / "out"


def files_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def python_server(folder):
    """Python's own http.server; yields its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            """Nothing."""

    handler = functools.partial(Quiet, directory=str(folder / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def crawl(address):
    """Every page and file that links lead to, by address, with its status."""
    todo, seen = [f"{address}/"], {}
    with httpx.Client(follow_redirects=True) as client:
        while todo:
            url = todo.pop()
            answer = client.get(url)
            seen[url] = answer.status_code
            if "text/html" not in answer.headers.get("content-type", ""):
                continue
            for target in re.findall(r'(?:href|src)="([^"#]*)', answer.text):
                found = str(answer.url.join(html.unescape(target)))
                if found.startswith(address) and found not in seen:
                    todo.append(found)
    return seen


def test_a_page_is_its_folders_index_and_all_else_lies_where_it_was(site, release):
    found = files_in(site)
    assert {
        "site/index.html", "site/contact/index.html", "site/who/we-are/index.html",
        "site/ar/index.html", "site/ar/contact/index.html", "site/404.html", "site/ar/404.html",
        "site/sitemap.xml", "site/robots.txt", "site/_redirects", "Caddyfile", "nginx.conf",
    } <= found  # fmt: skip
    assets = [name for name in found if name.startswith("site/assets/")]
    fonts = [name for name in assets if name.startswith("site/assets/fonts/")]
    # The stylesheet and the tracker: menus without sub-menus want no script.
    assert (len(assets) - len(fonts), len(fonts)) == (2, 8)
    redirects = (site / "site/_redirects").read_text()
    assert redirects == (
        "/shop https://shop.example/ 302\n/team /who/we-are 301\n/ar/* /ar/404.html 404\n"
    )


def test_no_link_is_broken_on_pythons_own_server(site):
    with python_server(site) as address:
        found = crawl(address)
    assert set(found.values()) == {200}
    paths = {unquote(url.removeprefix(address)) for url in found}
    assert {"/", "/contact/", "/who/we-are/", "/ar/", "/ar/contact/"} <= paths
    assert any(path.startswith("/assets/site.") for path in paths)


def test_forms_and_the_script_are_addressed_at_the_platform(site):
    contact = (site / "site/ar/contact/index.html").read_text()
    (action,) = re.findall(r'<form[^>]* action="([^"]+)"', contact)
    assert action == f"{EDGE}/s/dune-house/_hh/forms/contact-form"
    scripts = re.findall(r'<script defer src="([^"]+)"', contact)
    (script,) = [each for each in scripts if "/tracker." in each]
    assert re.fullmatch(rf"{EDGE}/s/dune-house/assets/tracker\.[0-9a-f]+\.js", script)


def test_the_page_for_what_is_not_there_leads_home_from_any_depth(release, tmp_path):
    out = io.StringIO()
    folder = tmp_path / "below"
    call_command("export_site", release.project.slug, folder, base="/shop/", stdout=out)
    page = (folder / "site/404.html").read_text()
    assert 'href="/shop/contact/"' in page
    assert 'href="/shop/assets/site.' in page
    assert "_hh_base_" not in page
    arabic = (folder / "site/ar/404.html").read_text()
    assert '<html lang="ar" dir="rtl"' in arabic
    assert 'href="/shop/ar/contact/"' in arabic
    assert 'href="/shop/ar/"' in arabic
    assert "_hh_base_" not in arabic


def test_a_site_of_one_language_has_no_rules_for_others(project, tmp_path):
    publishing.publish(project=project, user=None)
    call_command("export_site", project.slug, tmp_path / "x", stdout=io.StringIO())
    assert not (tmp_path / "x/site/_redirects").exists()
    assert "location /ar/" not in (tmp_path / "x/nginx.conf").read_text()


def test_what_leads_elsewhere_stays(project, tmp_path):
    kept = ['href="https://x.example/a?b=1&amp;c=2#d"', 'href="mailto:a@b.example"', 'href="#top"',
            'href="//cdn.example/x"', 'src="data:image/png;base64,AA"']  # fmt: skip
    manifest = {"/": {"content_type": "text/html; charset=utf-8"}}
    page = "".join(f"<a {each}>" for each in kept).encode()
    linked = static_site._linked(page, "/deep/down", manifest, platform=EDGE, base="/")
    assert linked == page


def test_a_dry_run_writes_nothing(release, tmp_path):
    out = io.StringIO()
    call_command("export_site", str(release.project.pk), tmp_path / "x", dry_run=True, stdout=out)
    assert not (tmp_path / "x").exists()
    assert "site/contact/index.html" in out.getvalue()
    last = out.getvalue().strip().splitlines()[-1]
    assert last.startswith("Would write release #1 of dune-house: 5 pages, ")


def test_a_folder_with_files_is_left_alone_unless_forced(release, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    arguments = ("export_site", release.project.slug, tmp_path)
    with pytest.raises(CommandError, match="--force"):
        call_command(*arguments, stdout=io.StringIO())
    assert files_in(tmp_path) == {"mine.txt"}
    call_command(*arguments, force=True, stdout=io.StringIO())
    assert "site/index.html" in files_in(tmp_path)
    with pytest.raises(CommandError, match="is a file"):
        call_command("export_site", release.project.slug, tmp_path / "mine.txt")


def test_what_cannot_be_exported_is_said_in_one_line(release, tmp_path):
    project = release.project
    with pytest.raises(CommandError, match="no project nowhere"):
        call_command("export_site", "nowhere", tmp_path)
    with pytest.raises(CommandError, match="no release 9"):
        call_command("export_site", project.slug, tmp_path, release=9)
    other = ProjectFactory(name="Dune House")
    assert other.slug == project.slug
    with pytest.raises(CommandError, match="--workspace"):
        call_command("export_site", project.slug, tmp_path)
    with pytest.raises(CommandError, match="not live"):
        call_command("export_site", project.slug, tmp_path, workspace=other.workspace.slug)
    ReleaseFile.objects.filter(sha256=release.manifest["/"]["sha256"]).delete()
    with pytest.raises(CommandError, match="/release/manifest/~1: The file is gone"):
        call_command("export_site", str(project.pk), tmp_path)
    assert files_in(tmp_path) == set()


def test_a_password_that_does_not_come_along_is_said(release, tmp_path):
    project = release.project
    SitePassword.objects.create(workspace=project.workspace, project=project, password="x")
    told = io.StringIO()
    call_command("export_site", project.slug, tmp_path / "x", stdout=io.StringIO(), stderr=told)
    assert "password" in told.getvalue()


def test_the_api_gives_the_same_files_as_a_zip(site, release, workspace):
    _key, secret = issue_key(workspace=workspace, kind="server", name="s", user=None)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    url = f"/api/v1/releases/{release.pk}/download/"
    answer = client.get(url)
    assert answer.headers["content-type"] == "application/zip"
    assert "dune-house-1.zip" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.testzip() is None
        found = {name: packed.read(name) for name in packed.namelist()}
    assert found == {name: (site / name).read_bytes() for name in files_in(site)}
    assert client.get(url).content == answer.content


def test_values_cannot_leave_a_servers_configuration():
    rule = SiteRedirect(from_path='/a" { } ; evil', to="https://x/$host\n}", status=301)
    for text in (static_site._nginx([rule], []), static_site._caddyfile([rule], [])):
        (line,) = (each for each in text.splitlines() if "/a" in each and "evil" in each)
        assert line.count('"') == 4
        assert "$host" not in line


@pytest.fixture
def run():
    """Start a program until the test ends."""
    started = []

    def begin(*command, address):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        started.append(process)
        for _ in range(100):
            try:
                httpx.get(address)
            except httpx.HTTPError:
                time.sleep(0.05)
            else:
                return
        pytest.fail(f"{command[0]} did not come up")

    yield begin
    for process in started:
        process.terminate()
        process.wait(10)


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_serves_it_with_the_configuration_beside_it(site, run):
    port = free_port()
    server = (site / "nginx.conf").read_text().replace("listen 80;", f"listen 127.0.0.1:{port};")
    server = server.replace("/srv/site", str(site / "site"))
    places = "".join(
        f"{name}_temp_path {site}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = site / "whole.conf"
    whole.write_text(
        f"daemon off; pid {site}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {places} types {{ text/html html; text/css css; }}\n{server} }}"
    )
    # nginx as root gives its workers to another user, who must be able to read.
    ours = takewhile(lambda each: each != Path(tempfile.gettempdir()), [site, *site.parents])
    for folder in ours:
        folder.chmod(0o755)
    address = f"http://127.0.0.1:{port}"
    run(shutil.which("nginx"), "-c", str(whole), "-p", str(site), address=address)
    check_server(address)


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not installed")
def test_caddy_serves_it_with_the_configuration_beside_it(site, run):
    port = free_port()
    text = (site / "Caddyfile").read_text().replace("example.com {", f"http://127.0.0.1:{port} {{")
    text = "{\n\tadmin off\n}\n" + text.replace("root * ./site", f"root * {site}/site")
    (site / "Own").write_text(text)
    address = f"http://127.0.0.1:{port}"
    caddy = shutil.which("caddy")
    run(caddy, "run", "--config", str(site / "Own"), "--adapter", "caddyfile", address=address)
    check_server(address)


def check_server(address):
    """Every link leads somewhere; redirects, the 404 page and long-lived assets are as with us."""
    found = crawl(address)
    assert set(found.values()) == {200}
    assert any("/ar/contact" in url for url in found)
    moved = httpx.get(f"{address}/team")
    assert moved.status_code == 301
    assert moved.headers["location"].removeprefix(address) == "/who/we-are"
    missing = httpx.get(f"{address}/not/here")
    assert missing.status_code == 404
    assert 'href="/contact/"' in missing.text
    for path in ("/ar/not", "/ar/not/here/", "/ar/404.htm"):
        missing = httpx.get(f"{address}{path}")
        assert missing.status_code == 404
        assert '<html lang="ar" dir="rtl"' in missing.text
        assert 'href="/ar/contact/"' in missing.text
    assert '<html lang="en"' in httpx.get(f"{address}/arx/not").text
    sheet = next(url for url in found if url.endswith(".css"))
    assert "immutable" in httpx.get(sheet).headers["cache-control"]


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
@pytest.mark.django_db(transaction=True)
def test_a_browser_clicks_through_it(site, tmp_path):
    api = pytest.importorskip("playwright.sync_api")
    failed, visited = [], set()
    with python_server(site) as address, api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
        page.goto(f"{address}/")
        todo = {f"{address}/"}
        while todo:
            url = todo.pop()
            page.goto(url)
            visited.add(page.url.split("#")[0])
            links = page.eval_on_selector_all("a[href]", "found => found.map(a => a.href)")
            todo |= {each.split("#")[0] for each in links if each.startswith(address)}
            todo -= visited
        page.goto(f"{address}/")
        page.click("nav.nav__wide a >> nth=0")
        page.goto(f"{address}/ar/")
        direction = page.evaluate("getComputedStyle(document.body).direction")
        sheets = page.evaluate("document.styleSheets.length")
        browser.close()
    assert [url for url in failed if url.startswith(address)] == []
    assert direction == "rtl"
    assert sheets == 1
    paths = {unquote(url.removeprefix(address)) for url in visited}
    assert {"/", "/contact/", "/who/we-are/", "/ar/", "/ar/contact/"} <= paths
