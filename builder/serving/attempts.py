"""How often one may try a site's password; counted in Valkey, for all edge processes together."""

import ipaddress
import time
import uuid
from typing import Final

from django.conf import settings
from redis.asyncio import Redis

WINDOW_SECONDS: Final = 300
# One address has so many tries in a window, all together have so many for one site.
MOST_OF_ADDRESS: Final = 10
MOST_OF_SITE: Final = 200


class Attempts:
    """Fixed windows of five minutes. Raises `RedisError` without Valkey: then nobody may try."""

    def __init__(self) -> None:
        self._redis: Redis | None = None

    async def take(self, *, project_id: uuid.UUID, address: str | None) -> int:
        """Count a try; return the seconds to wait before the next, 0 where this one may go on."""
        window, passed = divmod(int(time.time()), WINDOW_SECONDS)
        site = f"site_password:{project_id}:{window}"
        async with self._connection().pipeline(transaction=False) as pipeline:
            for key in (f"{site}:{_whose(address)}", site):
                pipeline.incr(key)
                pipeline.expire(key, 2 * WINDOW_SECONDS)
            of_address, _, of_site, _ = await pipeline.execute()
        fits = int(of_address) <= MOST_OF_ADDRESS and int(of_site) <= MOST_OF_SITE
        return 0 if fits else WINDOW_SECONDS - passed

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.aclose()
            self._redis = None

    def _connection(self) -> Redis:
        if self._redis is None:
            self._redis = Redis.from_url(
                settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1
            )
        return self._redis


def _whose(address: str | None) -> str:
    """An address as one party: of IPv6 the network, since anyone has 2^64 addresses of it."""
    if address is None:
        return "unknown"
    parsed = ipaddress.ip_address(address)
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
