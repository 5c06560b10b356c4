"""The door that events and forms come in by: plain ASGI, no Django middleware on its way."""

import re
from collections.abc import Awaitable
from typing import Final

import structlog

from journeys.ingest import client_settings
from journeys.ingest.answers import Answer, Refusal, away, cors, preflight, send_answer
from journeys.ingest.calls import CallEndpoint
from journeys.ingest.forms.endpoint import FormEndpoint
from journeys.ingest.keys import Keys
from journeys.ingest.limits import Limits
from journeys.ingest.requests import HungUp, Receive, Request, Scope, Send
from journeys.ingest.writer import AWAY, Writer

log = structlog.get_logger(__name__)

# At the root of any host, and below a site's path form (`/s/<label>`).
_OWNED: Final = re.compile(r"(?:/s/[^/]+)?/(?:v1/|_hh/forms/)")
_FORMS: Final = re.compile(r"(?:/s/[^/]+)?/_hh/forms/")


class Door:
    """An ASGI application for the paths that it `owns`."""

    def __init__(self) -> None:
        self._keys, self._limits, self._writer = Keys(), Limits(), Writer()
        self._calls = CallEndpoint(keys=self._keys, writer=self._writer, limits=self._limits)
        self._forms = FormEndpoint(writer=self._writer, limits=self._limits)

    @staticmethod
    def owns(path: str) -> bool:
        return _OWNED.match(path) is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request.of(scope)
        try:
            if _FORMS.match(request.path):
                await send_answer(send, await self._forms.answer(request, receive))
            else:
                answer = await _or_refusal(self._answer(request, receive))
                await send_answer(send, answer, more=cors(request.headers))
        except HungUp:
            log.debug("ingest.hung_up")

    async def shutdown(self) -> None:
        """Write what is still to be noted, and let go of the connections to Valkey."""
        await self._calls.settle()
        await self._limits.close()

    async def _answer(self, request: Request, receive: Receive) -> Answer:
        if request.method == "OPTIONS":
            return preflight(request.headers)
        if client_settings.PATH.fullmatch(request.path):
            return await client_settings.settings_answer(request, keys=self._keys)
        return await self._calls.answer(request, receive)


async def _or_refusal(answer: Awaitable[Answer]) -> Answer:
    try:
        return await answer
    except Refusal as refusal:
        return refusal.answer()
    except AWAY as error:
        log.warning("ingest.unavailable", error=type(error).__name__)
        return away().answer()
