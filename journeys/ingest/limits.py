"""How many events a minute one may send, and a month by the workspace's tier; in Valkey."""

import datetime
import time
import uuid
from dataclasses import dataclass
from typing import Final

import structlog
from django.conf import settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

from accounts.quotas.counters import LIFE_SECONDS, counter_key
from accounts.quotas.limits import Kind, limit_of, seconds_left
from journeys.ingest.usage import accepted_this_month

log = structlog.get_logger(__name__)

WINDOW_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Month:
    """A workspace's month: its counter, its tier's limit, and the seconds until it is over."""

    workspace_id: uuid.UUID
    counter: str
    limit: int
    seconds_left: int

    @classmethod
    def of(cls, workspace_id: uuid.UUID, *, tier: str) -> "Month":
        now = datetime.datetime.now(datetime.UTC)
        return cls(
            workspace_id,
            counter_key(workspace_id, Kind.EVENTS, now),
            limit_of(tier, Kind.EVENTS),
            seconds_left(now),
        )


class MonthSpentError(Exception):
    """The workspace's quota of events is used up; `wait` in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


class Limits:
    """Fixed windows of a minute. Without Valkey nothing is counted and everything let in."""

    def __init__(self) -> None:
        self._redis: Redis | None = None

    async def take(self, *, who: str, amount: int, limit: int, month: Month | None = None) -> int:
        """Count `amount` for a key or an address; return the seconds to wait, 0 for none.

        The first of a window is never refused: a batch above the limit would come back for ever.
        With a month, in the same round trip for the workspace; raises MonthSpentError.
        """
        now = time.time()
        window = int(now) // WINDOW_SECONDS
        try:
            used, in_month = await self._count(f"ingest:{who}:{window}", amount, month)
            fits = used <= limit or used == amount
            if month is not None:
                await self._settle(month, amount, in_month=in_month, fits=fits)
        except RedisError as error:
            log.warning("ingest_limit.unavailable", error=type(error).__name__)
            return 0
        return 0 if fits else (window + 1) * WINDOW_SECONDS - int(now)

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.aclose()
            self._redis = None

    async def _count(self, key: str, amount: int, month: Month | None) -> tuple[int, int]:
        async with self._connection().pipeline(transaction=False) as pipeline:
            pipeline.incrby(key, amount)
            pipeline.expire(key, 2 * WINDOW_SECONDS)
            if month is not None:
                pipeline.incrby(month.counter, amount)
                pipeline.expire(month.counter, LIFE_SECONDS)
            used, _, *of_month = await pipeline.execute()
        return int(used), int(of_month[0]) if of_month else 0

    async def _settle(self, month: Month, amount: int, *, in_month: int, fits: bool) -> None:
        """Begin a counter with what the ledger knows; take back what is refused."""
        if in_month == amount:
            known = await accepted_this_month(month.workspace_id)
            if known:
                in_month = int(await self._connection().incrby(month.counter, known))
        spent = in_month > month.limit
        if spent or not fits:
            await self._connection().decrby(month.counter, amount)
        if spent:
            raise MonthSpentError(month.seconds_left)

    def _connection(self) -> Redis:
        if self._redis is None:
            self._redis = Redis.from_url(
                settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1
            )
        return self._redis
