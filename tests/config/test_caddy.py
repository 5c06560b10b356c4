"""The committed Caddyfile: understood by Caddy, a customer's site served through it over TLS."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import time

import httpx
import pytest
from django.utils import timezone

from builder import domains, publishing
from builder.models import SiteDomain
from tests.builder.edge import web_database_url
from tests.builder.factories import ProjectFactory
from tests.config.embedded_servers import ROOT
from tests.journeys.served import serving

CADDY = shutil.which("caddy")
pytestmark = pytest.mark.skipif(CADDY is None, reason="caddy is not installed (apt-get install)")
HOST = "www.dune-house.example"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def told(**more):
    return {
        "PATH": os.environ["PATH"],
        "ACME_EMAIL": "tls@example.com",
        "OFFICE_HOST": "console.example.com",
        **more,
    }


def caddy(*arguments, home, **more):
    done = subprocess.run(
        [CADDY, *arguments, "--config", "Caddyfile", "--adapter", "caddyfile"],
        cwd=ROOT, env=told(HOME=str(home), **more), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_caddy_understands_the_file(tmp_path):
    caddy("validate", home=tmp_path)
    formatted = subprocess.run(
        [CADDY, "fmt", "Caddyfile"], cwd=ROOT, env=told(HOME=str(tmp_path)),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert formatted.stdout == (ROOT / "Caddyfile").read_text()


def test_it_says_what_the_settings_say(tmp_path):
    options = {"ACME_CA": "https://acme.example/dir", "TLS_ASK_URL": "http://edge:8000/_hh/tls/s"}
    config = json.loads(caddy("adapt", home=tmp_path, **options, EDGE="edge:8000"))
    tls = config["apps"]["tls"]["automation"]
    assert tls["on_demand"]["ask"] == "http://edge:8000/_hh/tls/s"
    on_demand = [each for each in tls["policies"] if each.get("on_demand")]
    assert len(on_demand) == 1
    issuers = [issuer for each in tls["policies"] for issuer in each.get("issuers", ())]
    assert {each["ca"] for each in issuers if each["module"] == "acme"} == {
        "https://acme.example/dir"
    }
    text = json.dumps(config)
    assert "edge:8000" in text
    assert "console.example.com" in text


@pytest.fixture
def site(db, settings):
    """A published site with a verified host; another host is claimed only."""
    settings.WEB_DATABASE_URL = web_database_url()
    settings.SITES_DOMAIN = "sites.example"
    settings.PUBLIC_SITES_URL = "https://sites.example"
    settings.TRUSTED_PROXIES = 1
    project = ProjectFactory(name="Dune House")
    publishing.publish(project=project, user=project.owner)
    domain = domains.claim(project=project, host=HOST)
    SiteDomain.objects.filter(pk=domain.pk).update(verified_at=timezone.now())
    domains.claim(project=project, host="claimed.example")
    return project


@pytest.fixture
def proxy(site, tmp_path):
    """Caddy's ports before a running edge, and the authority of its own that it gets its
    certificates from."""
    http, https = free_port(), free_port()
    with serving() as served:
        ports = f"http_port {http}\nhttps_port {https}"
        options = f"local_certs\nskip_install_trust\nadmin off\n{ports}"
        process = subprocess.Popen(
            [CADDY, "run", "--config", "Caddyfile", "--adapter", "caddyfile"],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=told(
                HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path), CADDY_OPTIONS=options,
                EDGE=f"127.0.0.1:{served.port}",
                TLS_ASK_URL=f"http://127.0.0.1:{served.port}/_hh/tls",
            ),
        )  # fmt: skip
        try:
            wait_for(https, process)
            yield http, https, tmp_path / "caddy/pki/authorities/local/root.crt"
        finally:
            process.terminate()
            process.wait(20)


def wait_for(port, process):
    for _ in range(200):
        assert process.poll() is None
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("caddy did not open")


def ask(port, root, host, path="/", **headers):
    """One request over TLS, the certificate checked for the host."""
    context = ssl.create_default_context(cafile=str(root))
    with (
        socket.create_connection(("127.0.0.1", port), timeout=20) as link,
        context.wrap_socket(link, server_hostname=host) as secure,
    ):
        sent = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        line = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{sent}\r\n"
        secure.sendall(line.encode())
        answer = b""
        while part := secure.recv(65_536):
            answer += part
        return int(answer.split(b" ", 2)[1]), answer, secure.getpeercert()


@pytest.mark.django_db(transaction=True)
def test_a_verified_host_gets_a_certificate_and_its_site(proxy):
    http, https, root = proxy
    status, answer, certificate = ask(https, root, HOST, "/practice")
    assert (status, b"Five people" in answer) == (200, True)
    assert ("DNS", HOST) in certificate["subjectAltName"]
    assert ask(https, root, "dune-house.sites.example")[0] == 200
    # Nobody gets a certificate for a host that is not ours, whatever they say.
    for host in ("claimed.example", "nobody.sites.example", "evil.example"):
        with pytest.raises(ssl.SSLError):
            ask(https, root, host)
    # What Caddy asks is not for the public.
    assert ask(https, root, HOST, f"/_hh/tls?domain={HOST}")[0] == 404
    plain = httpx.get(f"http://127.0.0.1:{http}/practice", headers={"host": HOST})
    assert plain.status_code == 308
    assert plain.headers["location"].startswith(f"https://{HOST}")
