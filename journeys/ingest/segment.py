"""Segment's HTTP tracking API: what its calls mean. Pure.

https://segment.com/docs/connections/spec/ and what the published clients really send.
"""

import datetime
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from accounts.addresses import parse_address
from journeys.identity.names import email_address, legal_id
from journeys.ingest.messages import (
    MAX_DEPTH,
    PAGE_VIEW,
    Message,
    MessageError,
    Rejection,
    happened_at,
    is_too_deep,
    session_uuid,
    without_nul,
)

# Path below /v1/ (long, and as analytics.js shortens it) -> the type of call; "" for a batch.
CALLS: Final[dict[str, str]] = {
    "batch": "", "b": "", "track": "track", "t": "track", "identify": "identify", "i": "identify",
    "page": "page", "p": "page", "screen": "screen", "s": "screen", "group": "group", "g": "group",
    "alias": "alias", "a": "alias",
}  # fmt: skip
TYPES: Final = frozenset(CALLS.values()) - {""}

MAX_EVENT_BYTES: Final = 32 * 1024
MAX_BATCH_BYTES: Final = 500 * 1024
MAX_EVENTS: Final = 2500
# A batch's context is put into each of its calls: it must not make much of little.
MAX_SHARED_CONTEXT_BYTES: Final = 2048
MAX_NAME: Final = 200
MAX_USER_AGENT: Final = 1000

# Kept in columns of their own, or not at all.
_CONTEXT_ELSEWHERE: Final = frozenset({"ip", "userAgent", "sessionId", "traits", "consent"})

# Every escape of a JSON text, so that the second of two backslashes begins none.
_ESCAPE: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(?P<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)

Id = str | int | float | None


class Envelope(msgspec.Struct, rename="camel"):
    """What stands around the calls; the keys of other dialects are here too."""

    batch: list[msgspec.Raw] | msgspec.UnsetType = msgspec.UNSET
    sent_at: Any = None
    write_key: Any = None
    api_key: Any = msgspec.field(default=None, name="api_key")
    token: Any = None
    context: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET

    @property
    def key(self) -> str:
        found = self.write_key or self.api_key or self.token
        return found if isinstance(found, str) else ""


class Call(msgspec.Struct, rename="camel"):
    """One call, as far as its types go."""

    type: str | None = None
    message_id: Id = None
    anonymous_id: Id = None
    user_id: Id = None
    previous_id: Id = None
    group_id: Id = None
    event: str | None = None
    name: str | None = None
    category: str | None = None
    timestamp: Any = None
    original_timestamp: Any = None
    sent_at: Any = None
    properties: dict[str, Any] | None = None
    traits: dict[str, Any] | None = None
    context: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Whence a request came, and whose events it brings."""

    received_at: datetime.datetime
    ip_address: str | None = None
    user_agent: str = ""
    project_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The messages of a request, and those of its calls that are none."""

    messages: list[Message]
    rejections: list[Rejection]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a batch says once for all of its calls."""

    sent_at: Any
    context: dict[str, Any]


_envelope_decoder = msgspec.json.Decoder(Envelope)
_call_decoder = msgspec.json.Decoder(Call)


def mend_surrogates(body: bytes) -> bytes:
    """Put U+FFFD for every half of a surrogate pair that stands alone.

    JavaScript sends one wherever a text was cut within an emoji; no JSON reader would take it.
    """
    if b"\\ud" not in body and b"\\uD" not in body:
        return body
    return _ESCAPE.sub(lambda found: rb"\ufffd" if found["lone"] else found[0], body)


def read_envelope(body: bytes) -> Envelope:
    """Decode the outside of a body; raises ValueError or RecursionError, which name the place."""
    return _envelope_decoder.decode(body)


def read_calls(body: bytes, *, envelope: Envelope, kind: str, origin: Origin) -> Reading:
    """Return a request's messages; `kind` is the type of its only call, "" for a batch."""
    raws: list[msgspec.Raw | bytes]
    raws = [body] if kind or envelope.batch is msgspec.UNSET else [*envelope.batch]
    reading = Reading([], [])
    shared = _Shared(envelope.sent_at, _shared_context(envelope) if not kind else {})
    for index, raw in enumerate(raws):
        try:
            reading.messages.append(_read(bytes(raw), kind=kind, shared=shared, origin=origin))
        except MessageError as error:
            reading.rejections.append(Rejection(index, error.code, error.detail))
    return reading


def _read(raw: bytes, *, kind: str, shared: "_Shared", origin: Origin) -> Message:
    if len(raw) > MAX_EVENT_BYTES:
        raise MessageError("too_large", f"An event has at most {MAX_EVENT_BYTES} bytes of JSON.")
    call = _decode(raw)
    if b"\\u0000" in raw:
        for name in call.__struct_fields__:
            setattr(call, name, without_nul(getattr(call, name)))
    _check_depth(raw, call)
    return _message(call, kind=kind or call.type or "", shared=shared, origin=origin)


def _shared_context(envelope: Envelope) -> dict[str, Any]:
    raw = b"" if envelope.context is msgspec.UNSET else bytes(envelope.context)
    if not raw or len(raw) > MAX_SHARED_CONTEXT_BYTES:
        return {}
    try:
        context = msgspec.json.decode(raw)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(context, dict) or is_too_deep(context):
        return {}
    cleaned: dict[str, Any] = without_nul(context)
    return cleaned


def _decode(raw: bytes) -> Call:
    try:
        return _call_decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise MessageError("wrong_type", str(error)) from error
    except RecursionError as error:
        raise MessageError("too_deep", f"JSON nests at most {MAX_DEPTH} levels.") from error
    except ValueError as error:
        raise MessageError("invalid_json", str(error)) from error


def _check_depth(raw: bytes, call: Call) -> None:
    if raw.count(b"{") + raw.count(b"[") <= MAX_DEPTH:
        return
    if any(is_too_deep(part) for part in (call.properties, call.traits, call.context)):
        raise MessageError("too_deep", f"JSON nests at most {MAX_DEPTH} levels.")


def _message(call: Call, *, kind: str, shared: "_Shared", origin: Origin) -> Message:
    if kind not in TYPES:
        raise MessageError("unknown_type", f"{kind!r:.40} is no type of call: {sorted(TYPES)}.")
    context = {**shared.context, **(call.context or {})}
    anonymous_id, user_id = legal_id(call.anonymous_id), legal_id(call.user_id)
    previous_id = legal_id(call.previous_id) if kind == "alias" else ""
    if not (anonymous_id or user_id or previous_id):
        raise MessageError("no_id", "A call needs an anonymousId or userId that names somebody.")
    traits = call.traits if kind == "identify" else None
    sent_at = call.sent_at if call.sent_at is not None else shared.sent_at
    timestamp = call.timestamp if call.timestamp is not None else call.original_timestamp
    return Message(
        message_id=_text(call.message_id) or str(uuid.uuid4()),
        type=kind,
        event_name=_event_name(call, kind),
        timestamp=happened_at(timestamp=timestamp, sent_at=sent_at, received_at=origin.received_at),
        received_at=origin.received_at,
        anonymous_id=anonymous_id,
        user_id=user_id,
        previous_id=previous_id,
        email=email_address((traits or {}).get("email")),
        properties=_properties(call, kind),
        context={k: v for k, v in context.items() if k not in _CONTEXT_ELSEWHERE},
        traits=traits,
        session_id=session_uuid(context.get("sessionId"), visitor=anonymous_id or user_id),
        ip_address=_address(context) or origin.ip_address,
        user_agent=_user_agent(context) or origin.user_agent[:MAX_USER_AGENT],
        project_id=origin.project_id,
    )


def _event_name(call: Call, kind: str) -> str:
    if kind == "page":
        return PAGE_VIEW
    if kind != "track":
        return "screen_view" if kind == "screen" else kind
    name = (call.event or "").strip()
    if not name:
        raise MessageError("no_event", "A track call needs an event.")
    if len(name) > MAX_NAME:
        raise MessageError("event_too_long", f"An event's name has at most {MAX_NAME} characters.")
    return name


def _properties(call: Call, kind: str) -> dict[str, Any]:
    """What the call says of itself, with what its type has beside properties."""
    told = dict(call.properties or {})
    more: Mapping[str, Any] = {}
    if kind in ("page", "screen"):
        more = {"name": call.name, "category": call.category}
    elif kind == "group":
        more = {"group_id": call.group_id, "traits": call.traits}
    elif kind == "identify":
        more = {"traits": call.traits}
    elif kind == "alias":
        more = {"previous_id": call.previous_id}
    return {**{key: value for key, value in more.items() if value is not None}, **told}


def _text(value: Id) -> str:
    return "" if value is None else str(value)


def _address(context: Mapping[str, Any]) -> str | None:
    """The visitor's address where a server speaks for them."""
    return parse_address(context.get("ip"))


def _user_agent(context: Mapping[str, Any]) -> str:
    value = context.get("userAgent")
    return value[:MAX_USER_AGENT] if isinstance(value, str) else ""
