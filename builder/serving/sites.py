"""The ASGI application that serves published sites and previews."""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from builder import previews
from builder.drafts import NOT_FOUND_BASE, NOT_FOUND_PATH
from builder.serving import answers
from builder.serving.addresses import Address, parse
from builder.serving.answers import Headers, Send
from builder.serving.catalogue import UNKNOWN, Catalogue, Site
from builder.serving.news import News

Scope = Mapping[str, Any]
Receive = Any

_SITE: Final = answers.security_headers(ancestors="'self'")
_WANTED: Final = frozenset({b"host", b"accept-encoding", b"if-none-match"})


class Sites:
    """`<label>.<SITES_DOMAIN>/…`, `/s/<label>/…` and `/_hh/preview/<token>/…`."""

    def __init__(self, *, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue or Catalogue()
        self._news: asyncio.Task[None] | None = None
        office = settings.PUBLIC_OFFICE_URL
        self._preview = [
            (b"x-robots-tag", b"noindex"),
            *answers.security_headers(ancestors=f"'self' {office}"),
        ]

    async def startup(self) -> None:
        """Begin to listen for changes; wants the edge's pool open."""
        self._news = asyncio.create_task(News(self.catalogue).run())

    async def shutdown(self) -> None:
        if self._news is not None:
            self._news.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._news

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request. Raises `psycopg.OperationalError` with the database away."""
        if scope["method"] not in ("GET", "HEAD"):
            await answers.not_allowed(send)
            return
        request = _Request(scope)
        address = parse(host=request.host, path=scope["path"], domain=settings.SITES_DOMAIN)
        site = await self._find(address)
        if site.state == "gone":
            await answers.gone(send, head=request.head)
        elif site.state != "live":
            await answers.unknown(send, head=request.head)
        else:
            await self._serve(request, address, site, send)

    async def _find(self, address: Address) -> Site:
        if address.kind == "site":
            return await self.catalogue.site(address.name)
        if address.kind == "preview":
            release = previews.read_token(token=address.name, now=timezone.now())
            return await self.catalogue.preview(release) if release else UNKNOWN
        return UNKNOWN

    async def _serve(self, request: "_Request", address: Address, site: Site, send: Send) -> None:
        path = address.path
        file = site.file(path) if path != NOT_FOUND_PATH else None
        if file is None and _spelled_otherwise(path, site):
            target = address.mount + path.strip("/")
            await answers.redirect(send, path=target, query=request.query, head=request.head)
            return
        if file is None:
            await self._not_found(request, address, site, send)
            return
        body = await self.catalogue.body(site, file["sha256"])
        if body is None:  # its release was removed between two look-ups
            await self._not_found(request, address, site, send)
            return
        content, coding = body.coded(request.codings)
        tag = answers.etag(file["sha256"], coding)
        headers = self._headers(address, file, coding, tag)
        if answers.unchanged(request.if_none_match, tag):
            await answers.answer(send, 304, headers, b"", head=True)
        else:
            await answers.answer(send, 200, headers, content, head=request.head)

    def _headers(
        self, address: Address, file: Mapping[str, Any], coding: str, tag: bytes
    ) -> Headers:
        preview = address.kind == "preview"
        headers = [
            (b"content-type", file["content_type"].encode()),
            (b"etag", tag),
            (b"vary", b"accept-encoding"),
            (b"cache-control", _caching(pinned=file["pinned"], preview=preview)),
            *(self._preview if preview else _SITE),
        ]
        if coding:
            headers.append((b"content-encoding", coding.encode()))
        return headers

    async def _not_found(
        self, request: "_Request", address: Address, site: Site, send: Send
    ) -> None:
        """The site's own page for what it does not have; its links lead to this site's root."""
        file = site.file(NOT_FOUND_PATH)
        body = await self.catalogue.body(site, file["sha256"]) if file else None
        if file is None or body is None:
            await answers.unknown(send, head=request.head)
            return
        content = body.plain.replace(NOT_FOUND_BASE.encode(), address.mount.encode())
        headers = [
            (b"content-type", file["content_type"].encode()),
            (b"cache-control", answers.PRIVATE),
            *(self._preview if address.kind == "preview" else _SITE),
        ]
        await answers.answer(send, 404, headers, content, head=request.head)


class _Request:
    """What of a request matters here."""

    __slots__ = ("codings", "head", "host", "if_none_match", "query")

    def __init__(self, scope: Scope) -> None:
        found = {name: value for name, value in scope["headers"] if name in _WANTED}
        self.host = found.get(b"host", b"").decode("latin-1")
        self.codings = answers.accepted_codings(found.get(b"accept-encoding", b""))
        self.if_none_match = found.get(b"if-none-match", b"")
        self.head = scope["method"] == "HEAD"
        self.query: bytes = scope.get("query_string", b"")


def _spelled_otherwise(path: str, site: Site) -> bool:
    """Whether the site has this path with or without the slash at its end."""
    return path == "" or (path.endswith("/") and site.file(path.rstrip("/")) is not None)


def _caching(*, pinned: bool, preview: bool) -> bytes:
    if preview:
        return answers.PRIVATE
    return answers.PINNED if pinned else answers.REVALIDATED
