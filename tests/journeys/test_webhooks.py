"""Calls to strangers' addresses: what goes out, and what does not."""

import base64
import hashlib
import hmac
import socket
import time

import pytest

from journeys.workflows import signatures, webhooks
from tests.journeys.receiver import receiver


@pytest.fixture
def hook(settings):
    with receiver() as played:
        settings.WEBHOOK_ALLOWED_HOSTS = [played.host]
        yield played


def call(url, body=b"{}"):
    return webhooks.call(url=url, body=body, headers={"Webhook-Id": "msg_1"})


def test_a_call_arrives_as_it_was_sent(hook):
    answer = call(hook.url + "?a=1", b'{"x":1}')
    assert answer.status == 200
    assert answer.body == b"ok"
    ((path, headers, body),) = hook.received
    assert (path, body) == ("/hook?a=1", b'{"x":1}')
    assert headers["Host"] == hook.host
    assert headers["Webhook-Id"] == "msg_1"
    assert headers["Content-Length"] == "7"


def test_a_private_address_is_refused_and_nothing_is_sent(hook, settings):
    settings.WEBHOOK_ALLOWED_HOSTS = []
    with pytest.raises(webhooks.WebhookRefusedError, match="private"):
        call(hook.url)
    assert hook.received == []


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f000001", "2130706433", "[::1]"])
def test_every_way_to_write_this_machine_is_refused(hook, settings, host):
    settings.WEBHOOK_ALLOWED_HOSTS = []
    with pytest.raises(webhooks.WebhookRefusedError, match="private"):
        call(f"http://{host}:{hook.port}/hook")
    assert hook.received == []


def answer_of_name_server(monkeypatch, *addresses):
    """Play the name server: each look-up gives the next list of addresses."""
    answers = list(addresses)

    def look_up(host, port, *_, **__):
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, port)) for text in found]

    monkeypatch.setattr(webhooks.socket, "getaddrinfo", look_up)


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    answer_of_name_server(monkeypatch, ["1.1.1.1", "10.0.0.1"])
    with pytest.raises(webhooks.WebhookRefusedError, match="private"):
        webhooks.resolve("crm.example.com", 443)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    """A name that answers with a public address first and a private one then (DNS rebinding)."""
    connected = []

    def note(self, host, port, **_):
        connected.append(host)
        raise webhooks.httpcore.ConnectError("not in a test")

    monkeypatch.setattr(webhooks.httpcore.SyncBackend, "connect_tcp", note)
    answer_of_name_server(monkeypatch, ["1.1.1.1"], ["127.0.0.1"])
    with pytest.raises(webhooks.WebhookError):
        call("http://rebound.example.com/hook")
    assert connected == ["1.1.1.1"]


def test_an_allowed_host_is_allowed_at_its_port_only(hook, settings):
    settings.WEBHOOK_ALLOWED_HOSTS = [f"127.0.0.1:{hook.port + 1}"]
    with pytest.raises(webhooks.WebhookRefusedError):
        call(hook.url)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "//example.com/",
        "https://",
        "https://user:password@example.com/",
        "http://example.com:22/",
        "http://example.com:25/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://exa mple.com/",
        "nonsense",
        "http://example.com:99999/",
    ],
)
def test_what_is_no_address_of_a_web_server_is_refused(url):
    with pytest.raises(webhooks.WebhookRefusedError):
        webhooks.checked_url(url)


@pytest.mark.parametrize("url", ["https://example.com/a?b=c", "http://example.com:8080/"])
def test_an_ordinary_address_is_taken(url):
    assert str(webhooks.checked_url(url)) == url


def test_a_redirect_is_not_followed(hook):
    hook.status, hook.headers = 302, {"Location": "http://169.254.169.254/"}
    with pytest.raises(webhooks.WebhookError, match="302"):
        call(hook.url)
    assert len(hook.received) == 1


def test_the_receivers_wish_to_wait_is_passed_on(hook):
    hook.status, hook.headers = 503, {"Retry-After": "90"}
    with pytest.raises(webhooks.WebhookError, match="503") as caught:
        call(hook.url)
    assert caught.value.retry
    assert caught.value.retry_after == 90


def test_a_receiver_that_wants_no_more_is_not_asked_again(hook):
    hook.status = 410
    with pytest.raises(webhooks.WebhookGoneError) as caught:
        call(hook.url)
    assert not caught.value.retry


def test_of_a_long_answer_only_the_beginning_is_read(hook):
    hook.body = b"x" * 5_000_000
    assert len(call(hook.url).body) == webhooks.ANSWER_BYTES


def test_a_server_that_answers_a_byte_at_a_time_is_cut_off(hook, monkeypatch):
    monkeypatch.setattr(webhooks, "TOTAL_SECONDS", 0.5)
    hook.drip = 0.02
    began = time.monotonic()
    with pytest.raises(webhooks.WebhookError, match="No answer within"):
        call(hook.url)
    assert time.monotonic() - began < 1.5


def test_a_closed_port_is_an_error_that_may_pass(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    settings.WEBHOOK_ALLOWED_HOSTS = [f"127.0.0.1:{port}"]
    with pytest.raises(webhooks.WebhookError) as caught:
        call(f"http://127.0.0.1:{port}/")
    assert caught.value.retry


def test_an_unknown_name_is_an_error_that_may_pass(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(webhooks.socket, "getaddrinfo", unknown)
    with pytest.raises(webhooks.WebhookError, match="not known") as caught:
        call("https://nowhere.example.com/")
    assert caught.value.retry


def test_the_signature_is_that_of_standard_webhooks():
    """The worked example of the specification's own libraries."""
    signed = signatures.sign(
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        webhook_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_new_secret_signs():
    secret = signatures.new_secret()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    assert len(key) == 32
    digest = hmac.new(key, b"a.1.b", hashlib.sha256).digest()
    wanted = f"v1,{base64.b64encode(digest).decode()}"
    assert signatures.sign(secret=secret, webhook_id="a", timestamp=1, body=b"b") == wanted
