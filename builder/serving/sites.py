"""The ASGI application that serves published sites and previews."""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any, Final

import structlog
from django.conf import settings
from django.utils import timezone

from builder import previews
from builder.drafts import NOT_FOUND_BASE, NOT_FOUND_PATH
from builder.serving import answers, asking, passwords, turning
from builder.serving.addresses import Address, own_hosts, parse
from builder.serving.answers import Headers, Message, Send
from builder.serving.bodies import Body
from builder.serving.catalogue import UNKNOWN, Catalogue, Site
from builder.serving.deciding import Deciders
from builder.serving.news import News
from builder.serving.requests import Receive, Request, Scope
from builder.serving.visitors import DecidedPages

log = structlog.get_logger(__name__)

_SITE: Final = answers.security_headers(ancestors="'self'")
# Files of a release that no visitor asks for.
_INTERNAL: Final = "/_hh/"


class Sites:
    """`<label>.<SITES_DOMAIN>/…`, verified hosts, `/s/<label>/…` and `/_hh/preview/<token>/…`."""

    def __init__(
        self, *, catalogue: Catalogue | None = None, deciders: Deciders | None = None
    ) -> None:
        self.catalogue = catalogue or Catalogue()
        self._decided = DecidedPages(self.catalogue, deciders or Deciders())
        self._gate = passwords.Gate()
        self._asking = asking.Asking(self.catalogue)
        self._news: asyncio.Task[None] | None = None
        office = settings.PUBLIC_OFFICE_URL
        self._platform = own_hosts(settings.PUBLIC_SITES_URL, office)
        self._preview = [
            (b"x-robots-tag", b"noindex"),
            *answers.security_headers(ancestors=f"'self' {office}"),
        ]

    async def startup(self) -> None:
        """Begin to listen for changes; wants the edge's pool open."""
        self._news = asyncio.create_task(News(self.catalogue).run())

    async def shutdown(self) -> None:
        await self._gate.close()
        if self._news is not None:
            self._news.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._news

    def ready(self, scope: Scope) -> tuple[Message, Message] | None:
        """The messages that answer a GET, where they are at hand; else the request is called."""
        return self.catalogue.hot.find(scope)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request. Raises `psycopg.OperationalError` with the database away."""
        request = Request(scope)
        if self._asking.owns(request.path):
            await self._asking.answer(request, send)
            return
        address = parse(
            host=request.host,
            path=request.path,
            domain=settings.SITES_DOMAIN,
            platform=self._platform,
        )
        sends_password = address.path == passwords.PATH and address.kind == "site"
        if sends_password and request.method != "POST":
            await answers.not_allowed(send, allow=b"POST")
        elif not sends_password and request.method not in ("GET", "HEAD"):
            await answers.not_allowed(send)
        else:
            await self._answer(request, address, receive, send)

    async def _answer(
        self, request: Request, address: Address, receive: Receive, send: Send
    ) -> None:
        generation = self.catalogue.generation
        site = await self._find(address)
        if site.state == "gone":
            await answers.gone(send, head=request.head)
        elif site.state != "live":
            await answers.unknown(send, head=request.head)
        elif site.home and (moved := turning.home_of(address, site)):
            await answers.redirect(
                send, path=moved.path, root=moved.root, query=request.query, head=request.head
            )
        elif request.method == "POST":
            await self._gate.take(
                address, site, send, scope=request.scope, headers=request.headers, receive=receive
            )
        elif site.password and not passwords.admits(site, request.cookies):
            await self._gate.ask(address, site, send, page=request.wants_page, head=request.head)
        else:
            await self._serve(request, address, site, send, generation=generation)

    async def _find(self, address: Address) -> Site:
        if address.kind == "site":
            return await self.catalogue.site(address.name)
        if address.kind == "preview":
            release = previews.read_token(token=address.name, now=timezone.now())
            return await self.catalogue.preview(release) if release else UNKNOWN
        return UNKNOWN

    async def _serve(
        self, request: Request, address: Address, site: Site, send: Send, *, generation: int
    ) -> None:
        path, private = address.path, bool(site.password)
        turn = turning.turn(address, site, query=request.query) if site.rules else None
        file = _file(site, path)
        if turn is not None and (turn.replaces_page or file is None):
            await answers.move(send, turn.status, turn.target, head=request.head, private=private)
        elif file is None and _spelled_otherwise(path, site):
            target = address.mount + path.strip("/")
            await answers.redirect(
                send, path=target, query=request.query, head=request.head, private=private
            )
        elif file is None:
            await self._not_found(request, address, site, send)
        elif path in site.dynamic and self._decided.deciders:
            await self._decided.answer(request, address, site, send, security=_SITE)
        else:
            await self._send_file(request, address, site, file, send, generation=generation)

    async def _send_file(
        self,
        request: Request,
        address: Address,
        site: Site,
        file: Mapping[str, Any],
        send: Send,
        *,
        generation: int,
    ) -> None:
        body = await self._body(site, address, file)
        if body is None:
            await answers.broken(send, head=request.head)
            return
        content, coding = body.coded(request.codings)
        tag = answers.etag(file["sha256"], coding)
        headers = self._headers(address, site, file, coding, tag)
        if answers.unchanged(request.if_none_match, tag):
            await answers.answer(send, 304, headers, b"", head=True)
            return
        await answers.answer(send, 200, headers, content, head=request.head)
        if request.key is not None and address.kind == "site" and not site.password:
            self._keep(request, address, tag, headers, content, generation=generation)

    def _keep(
        self,
        request: Request,
        address: Address,
        tag: bytes,
        headers: Headers,
        content: bytes,
        *,
        generation: int,
    ) -> None:
        """Have the answer at hand for whoever asks alike, unless there was news meanwhile."""
        until = self.catalogue.fresh_until(address.name)
        if request.key is not None and until and generation == self.catalogue.generation:
            self.catalogue.hot.keep(
                request.key, until=until, tag=tag, headers=headers, content=content
            )

    async def _body(self, site: Site, address: Address, file: Mapping[str, Any]) -> Body | None:
        """A file's bytes; None, and a line in the log, where they are nowhere to be found."""
        body = await self.catalogue.body(site, file["sha256"])
        if body is None:
            log.error(
                "release_file.missing",
                project_id=str(site.project_id),
                release_id=str(site.release_id),
                path=address.path,
            )
        return body

    def _headers(
        self, address: Address, site: Site, file: Mapping[str, Any], coding: str, tag: bytes
    ) -> Headers:
        preview = address.kind == "preview"
        headers = [
            (b"content-type", file["content_type"].encode()),
            (b"etag", tag),
            (b"vary", b"accept-encoding, cookie" if site.password else b"accept-encoding"),
            (b"cache-control", _caching(pinned=file["pinned"], preview=preview, site=site)),
            *(self._preview if preview else _SITE),
        ]
        if site.password:
            headers.append((b"x-robots-tag", b"noindex"))
        if coding:
            headers.append((b"content-encoding", coding.encode()))
        return headers

    async def _not_found(self, request: Request, address: Address, site: Site, send: Send) -> None:
        """The site's own page for what it does not have; its links lead to this site's root."""
        file = _missing(site, address.path)
        body = await self._body(site, address, file) if file else None
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


def _file(site: Site, path: str) -> Mapping[str, Any] | None:
    if path.endswith(NOT_FOUND_PATH) or path.startswith(_INTERNAL):
        return None
    return site.file(path)


def _missing(site: Site, path: str) -> Mapping[str, Any] | None:
    """The page that says there is none, in the language whose prefix the path has ("/ar/x")."""
    prefix = "/" + path[1:].partition("/")[0]
    return site.file(prefix + NOT_FOUND_PATH) or site.file(NOT_FOUND_PATH)


def _spelled_otherwise(path: str, site: Site) -> bool:
    """Whether the site has this path with or without the slash at its end."""
    return path == "" or (path.endswith("/") and site.file(path.rstrip("/")) is not None)


def _caching(*, pinned: bool, preview: bool, site: Site) -> bytes:
    if preview:
        return answers.PRIVATE
    if site.password:
        return answers.PINNED_PRIVATELY if pinned else answers.REVALIDATED_PRIVATELY
    return answers.PINNED if pinned else answers.REVALIDATED
