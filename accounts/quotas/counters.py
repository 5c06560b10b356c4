"""Month's counters in Valkey.

A counter that is not there (a new month, or a flushed Valkey) begins with what the database knows
of the month. Beginning and adding are atomic, so that no two processes begin one twice.
"""

import datetime
import uuid
from collections.abc import Callable
from typing import Final

from django_redis import get_redis_connection  # type: ignore[import-untyped]

from accounts.quotas.limits import Kind

# A counter outlives its month by a week, for whoever looks back.
LIFE_SECONDS: Final = 38 * 86_400

# Returns {what became of it, the count}: -1 no counter yet, 0 no room, 1 added.
_ADD: Final = """
local used = redis.call('get', KEYS[1])
if not used then return {-1, '0'} end
if tonumber(ARGV[2]) >= 0 and tonumber(used) + tonumber(ARGV[1]) > tonumber(ARGV[2]) then
    return {0, used}
end
redis.call('incrby', KEYS[1], ARGV[1])
return {1, redis.call('get', KEYS[1])}
"""


def counter_key(workspace_id: uuid.UUID | str, kind: Kind, now: datetime.datetime) -> str:
    """The counter's name in Valkey, the same for every process."""
    return f"quota:{kind.value}:{workspace_id}:{now.astimezone(datetime.UTC):%Y-%m}"


def add(key: str, amount: int, *, limit: int | None, known: Callable[[], int]) -> tuple[bool, int]:
    """Add where the limit has room (None: always): whether it was added, and the count after.

    `known` tells what the database knows of the month, and is asked only where no counter is.
    Raises RedisError.
    """
    connection = get_redis_connection("default")
    bound = -1 if limit is None else limit
    outcome, used = connection.eval(_ADD, 1, key, amount, bound)
    while int(outcome) == -1:
        connection.set(key, known(), nx=True, ex=LIFE_SECONDS)
        outcome, used = connection.eval(_ADD, 1, key, amount, bound)
    return int(outcome) == 1, int(used)


def read(key: str, *, known: Callable[[], int]) -> int:
    """The count; where there is no counter, what the database knows. Raises RedisError."""
    used = get_redis_connection("default").get(key)
    return int(used) if used is not None else known()
