"""How many events a minute one may send, counted in Valkey."""

import time
from typing import Final

import structlog
from django.conf import settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

WINDOW_SECONDS: Final = 60


class Limits:
    """Fixed windows of a minute. Without Valkey nothing is counted and everything let in."""

    def __init__(self) -> None:
        self._redis: Redis | None = None

    async def take(self, *, who: str, amount: int, limit: int) -> int:
        """Count `amount` for a key or an address; return the seconds to wait, 0 for none.

        The first of a window is never refused: a batch above the limit would come back for ever.
        """
        now = time.time()
        window = int(now) // WINDOW_SECONDS
        try:
            used = await self._count(f"ingest:{who}:{window}", amount)
        except RedisError as error:
            log.warning("ingest_limit.unavailable", error=type(error).__name__)
            return 0
        if used <= limit or used == amount:
            return 0
        return (window + 1) * WINDOW_SECONDS - int(now)

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.aclose()
            self._redis = None

    async def _count(self, key: str, amount: int) -> int:
        if self._redis is None:
            self._redis = Redis.from_url(
                settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1
            )
        async with self._redis.pipeline(transaction=False) as pipeline:
            pipeline.incrby(key, amount)
            pipeline.expire(key, 2 * WINDOW_SECONDS)
            used, _ = await pipeline.execute()
        return int(used)
