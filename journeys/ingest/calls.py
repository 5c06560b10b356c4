"""Takes in the calls of tracking clients: decode, check, store, answer after the commit."""

import asyncio
import datetime
import re
from collections import Counter
from typing import Any, Final

import msgspec
import structlog
from django.conf import settings
from psycopg import DataError

from accounts.addresses import edge_address
from journeys.ingest import segment
from journeys.ingest.answers import Answer, Refusal, json_answer
from journeys.ingest.keys import Key, Keys, secret_of
from journeys.ingest.limits import Limits, Month, MonthSpentError
from journeys.ingest.requests import Receive, Request, read_body, too_large
from journeys.ingest.segment import Envelope, Origin, Reading
from journeys.ingest.storing import Delivery, Stored, Tally
from journeys.ingest.writer import AWAY, Writer

log = structlog.get_logger(__name__)

PATH: Final = re.compile(r"(?:/s/[^/]+)?/v1/(?P<call>[a-z]+)/?")
# What an answer tells of rejected calls; the ledger has them all.
MAX_TOLD: Final = 100
_PLACE: Final = re.compile(r" - at `(?P<place>[^`]+)`$")
_BYTE: Final = re.compile(r"\(byte (?P<byte>\d+)\)")


class CallEndpoint:
    def __init__(self, *, keys: Keys, writer: Writer, limits: Limits) -> None:
        self._keys, self._writer, self._limits = keys, writer, limits
        self._notes: set[asyncio.Task[None]] = set()

    async def answer(self, request: Request, receive: Receive) -> Answer:
        """Answer a call or a batch. Raises Refusal, HungUp, or one of AWAY."""
        match = PATH.fullmatch(request.path)
        if match is None or match["call"] not in segment.CALLS:
            raise Refusal(404, "not_found", "There is no such call.")
        if request.method != "POST":
            raise Refusal(405, "method_not_allowed", "Calls are sent with POST.")
        kind = segment.CALLS[match["call"]]
        body = await read_body(request, receive, limit=segment.MAX_BATCH_BYTES)
        body = segment.mend_surrogates(body)
        envelope = _envelope(body, kind=kind)
        key = await self._keys.find(secret_of(request.headers, in_body=envelope.key))
        return await self._take(request, body, envelope=envelope, kind=kind, key=key)

    async def _take(
        self, request: Request, body: bytes, *, envelope: Envelope, kind: str, key: Key
    ) -> Answer:
        count = 1 if kind else len(envelope.batch or ())
        if count > segment.MAX_EVENTS:
            self._note(key, "too_many")
            raise Refusal(413, "too_many", f"A batch has at most {segment.MAX_EVENTS} events.")
        wait = await self._room(key, count)
        if wait:
            self._note(key, "rate_limited", count)
            raise Refusal(
                429, "rate_limited", f"Wait for {wait} seconds, then go on.", retry_after=wait
            )
        reading = segment.read_calls(
            body, envelope=envelope, kind=kind, origin=_origin(request, key)
        )
        stored = await self._store(key, reading)
        if kind and reading.rejections:
            raise _single_refusal(reading)
        return json_answer(_told(reading, stored))

    async def _room(self, key: Key, count: int) -> int:
        """The seconds that a key is to wait, 0 for none. Raises Refusal when the month is spent."""
        try:
            return await self._limits.take(
                who=f"key:{key.key_id}",
                amount=count,
                limit=settings.EVENTS_PER_MINUTE,
                month=Month.of(key.workspace_id, tier=key.tier),
            )
        except MonthSpentError as error:
            self._note(key, "quota_events", count)
            raise Refusal(
                429,
                "quota_events",
                "This month's events of the workspace's tier are used up; an owner can change "
                "to a larger tier.",
                retry_after=error.wait,
            ) from error

    async def _store(self, key: Key, reading: Reading) -> Stored:
        if not reading.messages and not reading.rejections:
            return Stored(0, 0)
        tally: Tally = Counter((key.key_id, "rejected", item.code) for item in reading.rejections)
        delivery = Delivery(key_id=key.key_id, messages=reading.messages, tally=tally)
        try:
            return await self._writer.write(workspace_id=key.workspace_id, delivery=delivery)
        except DataError as error:
            log.warning("ingest.unstorable", key_id=str(key.key_id), error=type(error).__name__)
            self._note(key, "unstorable", len(reading.messages))
            raise Refusal(400, "unstorable", "An event holds what cannot be stored.") from error

    def _note(self, key: Key, reason: str, count: int = 1) -> None:
        """Enter a refusal in the ledger, without keeping the client waiting for it."""
        tally: Tally = Counter({(key.key_id, "rejected", reason): count})
        task = asyncio.create_task(
            self._write_note(key, Delivery(key_id=key.key_id, messages=[], tally=tally))
        )
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    async def _write_note(self, key: Key, delivery: Delivery) -> None:
        try:
            await self._writer.write(workspace_id=key.workspace_id, delivery=delivery)
        except AWAY as error:
            log.warning("ingest_ledger.lost", error=type(error).__name__)

    async def settle(self) -> None:
        """Wait until every note is written."""
        await asyncio.gather(*self._notes, return_exceptions=True)


def _envelope(body: bytes, *, kind: str) -> Envelope:
    """Decode the outside; raises Refusal (400) that names the place."""
    try:
        envelope = segment.read_envelope(body)
    except RecursionError as error:
        raise Refusal(400, "too_deep", "The JSON nests too deep.", place="$") from error
    except msgspec.ValidationError as error:
        text = str(error)
        raise Refusal(400, "wrong_type", text, place=_place(text)) from error
    except ValueError as error:
        byte = _BYTE.search(str(error))
        place = f"byte {byte['byte']}" if byte else "end"
        text = f"The body is no JSON: {error}"
        raise Refusal(400, "invalid_json", text, place=place) from error
    if not kind and not isinstance(envelope.batch, list):
        raise Refusal(400, "no_batch", "A batch is an object with a list `batch`.", place="$.batch")
    return envelope


def _place(text: str) -> str:
    """The JSON path that a message of msgspec ends with; the whole where there is none."""
    found = _PLACE.search(text)
    return found["place"] if found else "$"


def _single_refusal(reading: Reading) -> Refusal:
    rejection = reading.rejections[0]
    if rejection.code == "too_large":
        return too_large(segment.MAX_EVENT_BYTES)
    return Refusal(400, rejection.code, rejection.detail, place=_place(rejection.detail))


def _origin(request: Request, key: Key) -> Origin:
    return Origin(
        received_at=datetime.datetime.now(datetime.UTC),
        ip_address=edge_address(request.scope, request.headers.get("x-forwarded-for", "")),
        user_agent=request.headers.get("user-agent", ""),
        project_id=key.project_id,
    )


def _told(reading: Reading, stored: Stored) -> dict[str, Any]:
    body: dict[str, Any] = {
        "success": True,
        "accepted": stored.accepted,
        "duplicates": stored.duplicates,
    }
    if reading.rejections:
        body["rejected"] = [
            {"index": item.index, "code": item.code, "detail": item.detail}
            for item in reading.rejections[:MAX_TOLD]
        ]
    return body
