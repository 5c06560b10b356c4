"""Messages as the house knows them, whatever dialect they came in. Pure."""

import datetime
import hashlib
import uuid
from dataclasses import dataclass, field
from typing import Any, Final

from journeys.identity.names import ANONYMOUS_ID, EMAIL, USER_ID, Name

MAX_DEPTH: Final = 64
AHEAD: Final = datetime.timedelta(hours=23)
EARLIEST: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
PAGE_VIEW: Final = "page_view"
FORM_SUBMITTED: Final = "form_submitted"

# Calls that say who somebody is: a name of theirs that is another's is worth recording.
_NAMING_TYPES: Final = frozenset({"identify", "alias"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One event to be stored. Ids are legal or ""; times are UTC; JSON holds no NUL."""

    message_id: str
    type: str
    event_name: str
    timestamp: datetime.datetime
    received_at: datetime.datetime
    anonymous_id: str = ""
    user_id: str = ""
    previous_id: str = ""
    email: str = ""
    properties: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    traits: dict[str, Any] | None = None
    session_id: uuid.UUID | None = None
    ip_address: str | None = None
    user_agent: str = ""
    project_id: uuid.UUID | None = None
    component_id: str = ""

    @property
    def names(self) -> list[Name]:
        """The names that it goes by, strongest first."""
        names = [
            Name(USER_ID, self.user_id),
            Name(EMAIL, self.email),
            Name(ANONYMOUS_ID, self.anonymous_id),
            Name(ANONYMOUS_ID, self.previous_id),
        ]
        return [name for name in names if name.value]

    @property
    def is_form(self) -> bool:
        """Whether a published form was sent to the door: that alone starts workflows."""
        return bool(self.component_id)

    @property
    def tells_names(self) -> bool:
        return self.is_form or self.type in _NAMING_TYPES


@dataclass(frozen=True, slots=True)
class Rejection:
    """A message that is not stored: its place in the batch, why, and what to mend."""

    index: int
    code: str
    detail: str


class MessageError(Exception):
    """A message cannot be taken in; `code` is the ledger's reason."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def digest(message_id: str) -> uuid.UUID:
    """128 bits of BLAKE2b of a message id: what its receipt is kept under."""
    return uuid.UUID(bytes=hashlib.blake2b(message_id.encode(), digest_size=16).digest())


def happened_at(
    *, timestamp: object, sent_at: object, received_at: datetime.datetime
) -> datetime.datetime:
    """When a message happened by our clock: receivedAt - (sentAt - timestamp).

    Without a sentAt the timestamp stands; what is more than 23 hours ahead becomes now. Raises
    MessageError for what is no time, or one before 2000.
    """
    if timestamp is None:
        return received_at
    original = parse_time(timestamp, name="timestamp")
    if sent_at is not None:
        try:
            original = received_at - (parse_time(sent_at, name="sentAt") - original)
        except OverflowError as error:
            raise _bad_time("timestamp", timestamp) from error
    if original > received_at + AHEAD:
        return received_at
    if original < EARLIEST:
        raise _bad_time("timestamp", timestamp)
    return original


def parse_time(value: object, *, name: str) -> datetime.datetime:
    """An ISO 8601 text as UTC; one without an offset is UTC already. Raises MessageError."""
    if not isinstance(value, str):
        raise _bad_time(name, value)
    try:
        time = datetime.datetime.fromisoformat(value)
        return (time if time.tzinfo else time.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC)
    except (ValueError, OverflowError) as error:
        raise _bad_time(name, value) from error


def session_uuid(value: object, *, visitor: str) -> uuid.UUID | None:
    """A client's session id as a UUID: its own, or one made of it and the visitor's id."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
        return None
    text = str(value)
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_OID, f"{visitor}\n{text}")


def without_nul(value: Any) -> Any:
    """The same JSON without U+0000, which PostgreSQL cannot keep."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {without_nul(key): without_nul(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_nul(item) for item in value]
    return value


def is_too_deep(value: Any, *, levels: int = MAX_DEPTH) -> bool:
    """Whether JSON nests deeper than that many levels."""
    if isinstance(value, dict):
        return levels == 0 or any(is_too_deep(item, levels=levels - 1) for item in value.values())
    if isinstance(value, list):
        return levels == 0 or any(is_too_deep(item, levels=levels - 1) for item in value)
    return False


def _bad_time(name: str, value: object) -> MessageError:
    return MessageError("invalid_timestamp", f"{name} is no time that can be kept: {value!r:.60}")
