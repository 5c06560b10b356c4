"""What a TLS proxy asks before it gets a certificate for a host: is that a site of ours?

Caddy's on-demand TLS sends `GET /_hh/tls?domain=<host>` and takes 200 for yes
(https://caddyserver.com/docs/automatic-https#on-demand-tls). Only the proxy may ask: over loopback
and with no X-Forwarded-For, which it adds to what it passes on from the public, or below a secret
path (`/_hh/tls/<TLS_ASK_SECRET>`) where it runs elsewhere.
"""

import hmac
import ipaddress
import time
from typing import Final
from urllib.parse import parse_qs

import structlog
from django.conf import settings

from builder.serving import answers
from builder.serving.addresses import host_of, label_of
from builder.serving.answers import Send
from builder.serving.catalogue import Catalogue
from builder.serving.requests import Request

log = structlog.get_logger(__name__)

PATH: Final = "/_hh/tls"
# A proxy asks once for a host that it does not know; more than this is somebody trying names.
PER_SECOND: Final = 20


class Asking:
    """Answers the proxy; each process so many times a second."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._second, self._asked = 0, 0

    @staticmethod
    def owns(path: str) -> bool:
        return path == PATH or path.startswith(f"{PATH}/")

    async def answer(self, request: Request, send: Send) -> None:
        """200 for a host with a site, 404 for any other, 429 for too many, 404 to strangers."""
        if not _is_the_proxy(request):
            await answers.unknown(send, head=request.head)
        elif not self._has_room():
            await _say(send, 429, "Too many questions.\n")
        else:
            asked = parse_qs(request.query.decode("latin-1")).get("domain", [""])[0]
            known = await self._is_ours(host_of(asked))
            if not known:
                log.info("tls_host.refused")
            await _say(send, 200 if known else 404, "yes\n" if known else "no\n")

    async def _is_ours(self, host: str) -> bool:
        domain: str = settings.SITES_DOMAIN
        if host == domain:
            return True
        place = label_of(host=host, domain=domain) or host
        if not place or (place == host and "." not in host):
            return False
        return (await self._catalogue.site(place)).state != "unknown"

    def _has_room(self) -> bool:
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._asked = second, 0
        self._asked += 1
        return self._asked <= PER_SECOND


def _is_the_proxy(request: Request) -> bool:
    secret: str = settings.TLS_ASK_SECRET
    given = request.path.removeprefix(PATH).strip("/")
    if given:
        return bool(secret) and hmac.compare_digest(given.encode(), secret.encode())
    if b"x-forwarded-for" in request.headers or b"forwarded" in request.headers:
        return False
    client = request.scope.get("client")
    try:
        return client is not None and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False


async def _say(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", answers.PRIVATE)]
    await answers.answer(send, status, headers, text.encode(), head=False)
