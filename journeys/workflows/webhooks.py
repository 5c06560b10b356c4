"""Calling a customer's address without being led astray by it.

The address is a stranger's, so it is treated as hostile (OWASP, server-side request forgery): the
host is resolved here, every address it has must be public, the connection goes to the address that
was checked (so a second answer of the name server changes nothing), redirects are not followed,
and one deadline covers the whole exchange, so that a server that answers a byte at a time holds
nobody up.
"""

import functools
import re
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import httpcore
import httpx
from django.conf import settings

from journeys.workflows import addresses

TOTAL_SECONDS: Final = 10.0
CONNECT_SECONDS: Final = 5.0
ANSWER_BYTES: Final = 64 * 1024
EXCERPT_LENGTH: Final = 200
LOWEST_FREE_PORT: Final = 1024
PRIVATE: Final = "The address is private: webhooks reach the public internet only."
HIGHEST_PORT: Final = 65535
_NAME: Final = re.compile(rb"[A-Za-z0-9._-]{1,253}")
WEB_PORTS: Final = frozenset({80, 443})


class WebhookError(Exception):
    """The call did not succeed; `retry_after` is the receiver's wish in seconds."""

    retry = True

    def __init__(self, reason: str, *, retry_after: float | None = None, status: int = 0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.status = status


class WebhookRefusedError(WebhookError):
    """We will not call this address, now or later."""

    retry = False


class WebhookGoneError(WebhookError):
    """The receiver says (410) that it wants no more calls."""

    retry = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the receiver said: the status, how long it took, and the first bytes of the body."""

    status: int
    milliseconds: int
    body: bytes
    retry_after: float | None


def checked_url(url: str) -> httpx.URL:
    """The URL, parsed once; raises WebhookRefusedError where its text alone forbids a call.

    An address is checked again when it is connected to: a name can point anywhere by then.
    """
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise WebhookRefusedError(f"This is no URL: {error}.") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise WebhookRefusedError("A webhook's URL is https:// or http:// and names a host.")
    address = addresses.parse(parsed.host)
    if address is None and not _NAME.fullmatch(parsed.raw_host):
        raise WebhookRefusedError("The host of this URL is no name.")
    if parsed.userinfo:
        raise WebhookRefusedError("A webhook's URL holds no user name and no password.")
    port = _port(parsed)
    if _is_allowed(parsed.host, port):
        return parsed
    if port not in WEB_PORTS and not LOWEST_FREE_PORT <= port <= HIGHEST_PORT:
        raise WebhookRefusedError(f"Port {port} belongs to another service than a web server.")
    if address is not None and not addresses.is_public(address):
        raise WebhookRefusedError(PRIVATE)
    return parsed


def post(*, url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """POST `body` as JSON to `url`; returns whatever the receiver answered.

    Raises WebhookRefusedError for an address we will not call, WebhookError where no answer came
    within 10 seconds in all.
    """
    parsed = checked_url(url)
    started = time.monotonic()
    deadline = started + TOTAL_SECONDS
    pool = httpcore.ConnectionPool(
        ssl_context=_tls() if parsed.scheme == "https" else None,
        network_backend=CheckedBackend(deadline=deadline),
        max_connections=1,
        http2=False,
    )
    target = httpcore.URL(
        scheme=parsed.raw_scheme, host=parsed.raw_host, port=_port(parsed), target=parsed.raw_path
    )
    sent = [("Host", _host_header(parsed)), *headers.items(), ("Content-Length", str(len(body)))]
    timeouts = {"connect": CONNECT_SECONDS, "read": TOTAL_SECONDS, "write": TOTAL_SECONDS}
    try:
        with (
            pool,
            pool.stream(
                "POST", target, headers=sent, content=body, extensions={"timeout": timeouts}
            ) as response,
        ):
            answered = _first_bytes(response.iter_stream())
            return Answer(
                status=response.status,
                milliseconds=round((time.monotonic() - started) * 1000),
                body=answered,
                retry_after=_retry_after(response.headers),
            )
    except httpcore.TimeoutException as error:
        raise WebhookError(f"No answer within {TOTAL_SECONDS:.0f} seconds.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
        raise WebhookError(f"The call failed: {_sentence(error)}.") from error


def call(*, url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """POST and insist on success (2xx); raises WebhookError for every other answer."""
    answer = post(url=url, body=body, headers=headers)
    if 200 <= answer.status < 300:
        return answer
    excerpt = answer.body.decode(errors="replace").replace("\x00", "")[:EXCERPT_LENGTH]
    reason = f"The receiver answered {answer.status}: {excerpt}".rstrip(": ")
    if answer.status == 410:
        raise WebhookGoneError(reason, status=410)
    raise WebhookError(reason, retry_after=answer.retry_after, status=answer.status)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only, and to the very address that was checked."""

    def __init__(self, *, deadline: float) -> None:
        self._inner = httpcore.SyncBackend()
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError("the host has no address")
        for address in resolve(host, port):
            left = _left(self._deadline, timeout)
            try:
                stream = self._inner.connect_tcp(address, port, timeout=left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return DeadlineStream(stream, deadline=self._deadline)
        raise failure


class DeadlineStream(httpcore.NetworkStream):
    """A connection on which each wait is cut to what is left of the whole call's time."""

    def __init__(self, inner: httpcore.NetworkStream, *, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        inner = self._inner.start_tls(ssl_context, server_hostname, left)
        return DeadlineStream(inner, deadline=self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, all of them public; raises WebhookRefusedError where one is not.

    All, not some: a name with a public and a private address would otherwise reach the private one
    as soon as the first is down.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"the host's name is not known ({error})") from error
    texts = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if _is_allowed(host, port):
        return texts
    for text in texts:
        address = addresses.parse(text)
        if address is None or not addresses.is_public(address):
            raise WebhookRefusedError(PRIVATE)
    return texts


def _is_allowed(host: str, port: int) -> bool:
    """Whether the operator has named this host and port as one that webhooks may reach."""
    return f"{host.strip('[]')}:{port}" in settings.WEBHOOK_ALLOWED_HOSTS


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _host_header(url: httpx.URL) -> str:
    return url.netloc.decode("ascii")


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time of the whole call is over")
    return left if timeout is None else min(left, timeout)


def _first_bytes(chunks: Iterable[bytes]) -> bytes:
    """At most ANSWER_BYTES of a body; the rest is not read."""
    answered = b""
    for chunk in chunks:
        answered += chunk
        if len(answered) >= ANSWER_BYTES:
            break
    return answered[:ANSWER_BYTES]


def _retry_after(headers: Iterable[tuple[bytes, bytes]]) -> float | None:
    """`Retry-After` in seconds; its other form, a date, is left to our own backoff."""
    for name, value in headers:
        if name.lower() == b"retry-after" and value.strip().isdigit():
            return float(value)
    return None


def _sentence(error: Exception) -> str:
    return str(error).rstrip(".") or type(error).__name__


@functools.cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()
