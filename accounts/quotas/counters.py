"""Month's counters in Valkey.

A counter that is not there (a new month, or a flushed Valkey) begins with what the database knows
of the month. Beginning and adding are atomic, so that no two processes begin one twice.
"""

import datetime
import uuid
from collections.abc import Callable, Sequence
from typing import Any, Final

from django_redis import get_redis_connection  # type: ignore[import-untyped]

from accounts.quotas.limits import Kind

# A counter outlives its month by a week, for whoever looks back.
LIFE_SECONDS: Final = 38 * 86_400

# Returns {what became of it, the count}: -2 the gate is shut, -1 no counter yet, 0 no room,
# 1 added. The gate, where there is one, is another counter (KEYS[2]) and its limit.
_ADD: Final = """
if KEYS[2] and tonumber(redis.call('get', KEYS[2]) or '0') > tonumber(ARGV[3]) then
    return {-2, '0'}
end
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
    answer = connection.eval(_ADD, 1, key, amount, _unbound(limit))
    return settle(answer, key, amount, limit, known=known)


def queue(
    pipeline: Any, key: str, amount: int, *, limit: int | None, gate: tuple[str, int]
) -> None:
    """Put an addition on a pipeline, for `settle` to look at what came of it.

    Nothing is added where the counter that the gate names is over the gate's limit by then.
    """
    gate_key, gate_limit = gate
    pipeline.eval(_ADD, 2, key, gate_key, amount, _unbound(limit), gate_limit)


def settle(
    answer: Sequence[Any], key: str, amount: int, limit: int | None, *, known: Callable[[], int]
) -> tuple[bool, int]:
    """What `add` tells, of the script's answer; begins the counter and adds where there was none.

    A shut gate refuses nothing here: whoever put it up knows. Raises RedisError.
    """
    outcome, used = answer
    connection = get_redis_connection("default")
    while int(outcome) == -1:
        connection.set(key, known(), nx=True, ex=LIFE_SECONDS)
        outcome, used = connection.eval(_ADD, 1, key, amount, _unbound(limit))
    return int(outcome) != 0, int(used)


def _unbound(limit: int | None) -> int:
    return -1 if limit is None else limit


def read(key: str, *, known: Callable[[], int]) -> int:
    """The count; where there is no counter, what the database knows. Raises RedisError."""
    used = get_redis_connection("default").get(key)
    return int(used) if used is not None else known()
