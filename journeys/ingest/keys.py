"""Whose events a request brings: the key it bears, looked up once in a few seconds."""

import base64
import binascii
import time
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from accounts.keys import hash_key
from accounts.tenancy.edge import edge_connection
from journeys.ingest.answers import Refusal

# A revoked key is refused within this time.
TTL_SECONDS: Final = 5
CACHE_SIZE: Final = 10_000
# The scope by which a published site's key says whose project it sends for.
PROJECT_SCOPE: Final = "project:"
_KINDS: Final = frozenset({"ingest", "server"})
_MAX_LENGTH: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key that may send events; `project_id` where it is a site's."""

    key_id: uuid.UUID
    workspace_id: uuid.UUID
    tier: str
    project_id: uuid.UUID | None


def secret_of(headers: Mapping[str, str], *, in_body: str) -> str:
    """The key as clients send it: Basic's user, Bearer, or in the body; "" for none."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or in_body
    if scheme.lower() == "basic":
        try:
            user = base64.b64decode(value.strip(), validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            user = ""
        return user or in_body
    return in_body


class Keys:
    """A look-up with a memory of TTL_SECONDS; what is unknown is remembered too."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[float, Key | None]] = OrderedDict()

    async def find(self, secret: str) -> Key:
        """Return the key; raises Refusal (401), or what psycopg raises without a database."""
        key = None
        if secret and len(secret) <= _MAX_LENGTH:
            key = await self._remembered(hash_key(secret))
        if key is None:
            raise Refusal(401, "unknown_key", "The write key is missing, unknown or revoked.")
        return key

    async def _remembered(self, hashed: str) -> Key | None:
        now = time.monotonic()
        found = self._known.get(hashed)
        if found and found[0] > now:
            return found[1]
        key = await _look_up(hashed)
        self._known[hashed] = (now + TTL_SECONDS, key)
        self._known.move_to_end(hashed)
        if len(self._known) > CACHE_SIZE:
            self._known.popitem(last=False)
        return key


async def _look_up(hashed: str) -> Key | None:
    async with edge_connection() as conn:
        rows = await conn.execute("select * from accounts_resolve_key(%s)", (hashed,))
        row = await rows.fetchone()
    if row is None or row["revoked"] or row["kind"] not in _KINDS:
        return None
    return Key(
        key_id=row["key_id"],
        workspace_id=row["workspace_id"],
        tier=row["tier"],
        project_id=_project(row),
    )


def _project(row: Mapping[str, Any]) -> uuid.UUID | None:
    for scope in row["scopes"]:
        if scope.startswith(PROJECT_SCOPE):
            try:
                return uuid.UUID(scope.removeprefix(PROJECT_SCOPE))
            except ValueError:  # scopes are free text to whoever makes a key
                return None
    return None
