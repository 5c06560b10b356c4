"""Which application of the edge takes a request, and what none of them need care for.

Around each request: an id for its logs, a cap on its body, and an answer when the application
fails. Nothing is logged for a request that went well: a page costs less than its line would.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final, Protocol

import orjson
import structlog
from django.db import connection
from psycopg import OperationalError
from redis.exceptions import RedisError

from accounts.tenancy.edge import close_pool, open_pool
from builder.storing import StorageAwayError
from config import health
from config.logging import REQUEST_ID_HEADER, request_id_from

log = structlog.get_logger(__name__)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
# The messages of an answer that is at hand before anything is asked, if there is one.
Ready = Callable[[Scope], tuple[Message, Message] | None]

# Above the largest body that an application takes; each has smaller limits of its own.
MAX_BODY_BYTES: Final = 2 * 1024 * 1024
# Probes may come as often as they like; the services behind are asked once in this time.
REPORT_SECONDS: Final = 1.0
AWAY_PAGE: Final = (Path(__file__).parent / "templates/config/away.html").read_bytes()
AWAY: Final = (OperationalError, RedisError, StorageAwayError)


class OwningApplication(Protocol):
    """An application that knows its own paths."""

    def owns(self, path: str) -> bool: ...

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


class BodyTooLargeError(Exception):
    """More came in than MAX_BODY_BYTES."""


class Edge:
    """The edge's ASGI application: `door` takes events and forms in on the paths that it owns,
    `sites` shows pages on all others. A GET is answered by what `ready` has at hand for it, before
    anything else is looked at.

    An application may have the coroutines `startup` and `shutdown`; they run in each process,
    after the database pool is opened and before it is closed.
    """

    def __init__(
        self, *, sites: Application, door: OwningApplication, ready: Ready = lambda _scope: None
    ) -> None:
        self.sites, self.door, self._ready = sites, door, ready
        self._report: tuple[float, health.Report] | None = None
        self._reporting = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            # Nothing can go wrong with an answer that is at hand, so that nothing need guard it.
            ready = self._ready(scope) if scope["method"] == "GET" else None
            if ready is None:
                await self._guard(scope, receive, send)
            else:
                await send(ready[0])
                await send(ready[1])
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    async def _guard(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request; whatever happens, something is answered."""
        request_id = request_id_from(_header(scope, REQUEST_ID_HEADER))
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        reply = _Reply(send, page="text/html" in _header(scope, "Accept"))
        try:
            await self._route(scope["path"])(scope, _capped(scope, receive), reply.send)
        except BodyTooLargeError:
            await reply.fail(413, "payload_too_large", "The body is too large.")
        except AWAY as error:
            log.warning("edge.unavailable", error=type(error).__name__)
            await reply.fail(503, "service_unavailable", "Try again shortly.", retry_after=5)
        except Exception:
            log.exception("edge.failed", method=scope["method"])
            await reply.fail(500, "error", "Something went wrong here; it was recorded.")

    def _route(self, path: str) -> Application:
        if path == "/livez":
            return _livez
        if path == "/readyz":
            return self._readyz
        return self.door if self.door.owns(path) else self.sites

    async def _readyz(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._reporting:
            if self._report is None or time.monotonic() - self._report[0] > REPORT_SECONDS:
                self._report = time.monotonic(), await asyncio.to_thread(_report)
        report = self._report[1]
        await _answer(send, report.http_status, report.as_json())

    async def _live(self, receive: Receive, send: Send) -> None:
        """The lifespan protocol: open everything, wait, close it in the reverse order."""
        await receive()
        async with AsyncExitStack() as stack:
            try:
                await self._open(stack)
            except Exception as error:
                log.exception("edge.start_failed")
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                return
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _open(self, stack: AsyncExitStack) -> None:
        await open_pool()
        stack.push_async_callback(close_pool)
        parts: tuple[Any, ...] = (self.sites, self.door)
        for application in parts:
            if hasattr(application, "startup"):
                await application.startup()
            if hasattr(application, "shutdown"):
                stack.push_async_callback(application.shutdown)


class _Reply:
    """Knows whether an answer has begun: a failure after that can only break it off.

    `page` says that a person waits, who is shown a page where a program gets JSON.
    """

    def __init__(self, send: Send, *, page: bool) -> None:
        self._send, self._page, self.begun = send, page, False

    async def send(self, message: Message) -> None:
        self.begun = True
        await self._send(message)

    async def fail(self, status: int, code: str, detail: str, retry_after: int = 0) -> None:
        if self.begun:
            return
        headers = [(b"retry-after", str(retry_after).encode())] if retry_after else []
        content = {"code": code, "message": detail, "detail": detail}
        page = AWAY_PAGE if self._page and status >= 500 else None
        await _answer(self._send, status, content, headers, page=page)


def _capped(scope: Scope, receive: Receive) -> Receive:
    """`receive` that raises BodyTooLargeError as soon as the body is known to be too large."""
    declared = _header(scope, "Content-Length")
    left = MAX_BODY_BYTES

    async def capped() -> Message:
        nonlocal left
        if declared.isdigit() and int(declared) > MAX_BODY_BYTES:
            raise BodyTooLargeError
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise BodyTooLargeError
        return message

    return capped


def _header(scope: Scope, name: str) -> str:
    wanted = name.lower().encode()
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == wanted), "")


def _report() -> health.Report:
    """The report, from a thread of its own, whose connection goes back to the pool."""
    try:
        return health.report()
    finally:
        connection.close()


async def _livez(scope: Scope, receive: Receive, send: Send) -> None:
    await _answer(send, 200, {"status": "ok"})


async def _answer(
    send: Send,
    status: int,
    content: Any,
    headers: list[tuple[bytes, bytes]] | None = None,
    *,
    page: bytes | None = None,
) -> None:
    """Answer with `content` as JSON, or with `page` where there is one."""
    body = page or orjson.dumps(content)
    start: Message = {
        "type": "http.response.start",
        "status": status,
        "headers": [
            (b"content-type", b"text/html; charset=utf-8" if page else b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            *(headers or []),
        ],
    }
    await send(start)
    await send({"type": "http.response.body", "body": body})
