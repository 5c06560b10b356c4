"""Pages with blocks that are decided for each visitor, put together from what was published."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

import brotli

from builder.rendering.blocks import BLOCKS, BlockedPage
from builder.serving import answers, cookies
from builder.serving.addresses import Address
from builder.serving.answers import Headers, Send
from builder.serving.bodies import Body
from builder.serving.catalogue import Catalogue, Site
from builder.serving.deciding import Deciders, Visit
from builder.serving.requests import Request

MOST_PAGES: Final = 500
# Compressed once for each combination that somebody sees; a page of 30 KB takes a millisecond.
_GZIP_LEVEL: Final = 6
_BROTLI_QUALITY: Final = 5


class DecidedPages:
    """Answers requests for such pages: asks the deciders, joins the parts, sends it privately."""

    def __init__(self, catalogue: Catalogue, deciders: Deciders) -> None:
        self.deciders = deciders
        self._catalogue = catalogue
        # By the hash of the page's document: a hash names its bytes for ever.
        self._pages: OrderedDict[str, BlockedPage] = OrderedDict()

    async def answer(
        self, request: Request, address: Address, site: Site, send: Send, *, security: Headers
    ) -> None:
        file = site.file(BLOCKS + address.path)
        page = await self._page(site, file) if file else None
        if file is None or page is None:
            await answers.broken(send, head=request.head)
            return
        visitor, is_new = self._visitor(request, site)
        visit = _visit(request, address, site, visitor)
        chosen = await self.deciders.decide(visit, page.blocks) if visit else {}
        body, digest = self._assembled(file["sha256"], page, chosen)
        content, coding = body.coded(request.codings)
        tag = answers.etag(digest, coding)
        headers = _headers(tag, coding, site, security)
        if visitor is not None and is_new:
            headers.append(
                cookies.header(
                    cookies.VISITOR, visitor, address=address,
                    seconds=cookies.VISITOR_SECONDS, http_only=False,
                )
            )  # fmt: skip
        if answers.unchanged(request.if_none_match, tag):
            await answers.answer(send, 304, headers, b"", head=True)
        else:
            await answers.answer(send, 200, headers, content, head=request.head)

    def _visitor(self, request: Request, site: Site) -> tuple[str | None, bool]:
        if not self.deciders.need_visitor_id:
            return None, False
        return cookies.visitor_id(request.headers, consent=site.consent, kept=request.cookies)

    async def _page(self, site: Site, file: Mapping[str, Any]) -> BlockedPage | None:
        sha256: str = file["sha256"]
        page = self._pages.get(sha256)
        if page is None:
            body = await self._catalogue.body(site, sha256)
            if body is None:
                return None
            page = self._pages[sha256] = BlockedPage.read(body.plain)
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)
        return page

    def _assembled(
        self, sha256: str, page: BlockedPage, chosen: Mapping[str, str]
    ) -> tuple[Body, str]:
        """The page with these variants, and its hash; made once, and kept with other bodies."""
        choice = "&".join(f"{block}={chosen[block]}" for block in sorted(chosen))
        digest = hashlib.sha256(f"{sha256}?{choice}".encode()).hexdigest()
        body = self._catalogue.bodies.get(digest)
        if body is None:
            plain = page.html(chosen).encode()
            body = Body(
                plain=plain,
                gzip=gzip.compress(plain, _GZIP_LEVEL, mtime=0),
                br=brotli.compress(plain, quality=_BROTLI_QUALITY),
            )
            self._catalogue.bodies.put(digest, body)
        return body, digest


def _visit(request: Request, address: Address, site: Site, visitor: str | None) -> Visit | None:
    if site.workspace_id is None or site.project_id is None:
        return None
    return Visit(
        workspace_id=site.workspace_id,
        project_id=site.project_id,
        path=address.path,
        language=site.language,
        query=request.query.decode("latin-1")[:2_000],
        referrer=request.text(b"referer"),
        user_agent=request.text(b"user-agent"),
        accept_language=request.text(b"accept-language"),
        visitor_id=visitor,
    )


def _headers(tag: bytes, coding: str, site: Site, security: Headers) -> Headers:
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"etag", tag),
        (b"vary", b"accept-encoding, cookie"),
        (b"cache-control", answers.REVALIDATED_PRIVATELY),
        *security,
    ]
    if site.password:
        headers.append((b"x-robots-tag", b"noindex"))
    if coding:
        headers.append((b"content-encoding", coding.encode()))
    return headers
