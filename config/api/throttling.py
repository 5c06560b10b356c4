"""Rate limits: so many requests a minute, and a month, by the workspace's tier; in Valkey.

Headers are those of draft-ietf-httpapi-ratelimit-headers-10.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_redis import get_redis_connection  # type: ignore[import-untyped]
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts import quotas
from accounts.addresses import client_address

if TYPE_CHECKING:
    from rest_framework.views import APIView

log = structlog.get_logger(__name__)

WINDOW_SECONDS: Final = 60
TIER_FACTORS: Final = {"free": 1, "pro": 10, "enterprise": 100}
# Without a workspace there is little to ask for: the documents, and signing in.
ANONYMOUS_SHARE: Final = 10


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a caller stands: `used` of `limit` requests; `reset` seconds until the next window."""

    policy: str
    limit: int
    used: int
    reset: int

    @property
    def allowed(self) -> bool:
        return self.used <= self.limit

    def headers(self) -> dict[str, str]:
        left = max(0, self.limit - self.used)
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={WINDOW_SECONDS}',
            "RateLimit": f'"{self.policy}";r={left};t={self.reset}',
        }


class TierThrottle(BaseThrottle):
    """Count in fixed windows of a minute: atomic, and told exactly by the headers."""

    standing: Standing | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Whether there is room. Without Valkey there is no counting: the API goes on."""
        policy, caller, limit = _caller(request)
        month = _month_of(request)
        now = time.time()
        try:
            self.standing, spent = count(
                policy=policy, caller=caller, limit=limit, now=now, month=month
            )
            request._request.rate_limit = self.standing  # type: ignore[attr-defined]
            if month is not None:
                month.settle(spent)
        except RedisError as error:
            log.warning("throttle.unavailable", error=type(error).__name__)
            return True
        return self.standing.allowed

    def wait(self) -> float | None:
        return self.standing.reset if self.standing else None


class RateLimitMiddleware:
    """Tell the caller's standing in the answer to every request that was counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        standing: Standing | None = getattr(request, "rate_limit", None)
        for name, value in standing.headers().items() if standing else ():
            response[name] = value
        return response


def count(
    *, policy: str, caller: str, limit: int, now: float, month: quotas.Spending | None = None
) -> tuple[Standing, Sequence[Any]]:
    """Count one more request of `caller` in the window of `now` (seconds since 1970).

    With it, in one exchange with Valkey, its workspace's month, unless the window is over its
    limit; the second result is for `Spending.settle`.
    """
    window = int(now) // WINDOW_SECONDS
    key = f"throttle:{caller}:{window}"
    pipeline = get_redis_connection("default").pipeline(transaction=True)
    pipeline.incr(key)
    pipeline.expire(key, 2 * WINDOW_SECONDS)
    if month is not None:
        month.queue(pipeline, gate=(key, limit))
    used, _expires, *spent = pipeline.execute()
    reset = (window + 1) * WINDOW_SECONDS - int(now)
    standing = Standing(policy=policy, limit=limit, used=int(used), reset=reset)
    return standing, spent[0] if spent else ()


def _month_of(request: Request) -> quotas.Spending | None:
    """What the request uses up of its workspace's month."""
    tenancy: Any = getattr(request._request, "tenancy", None)
    if tenancy is None or tenancy.workspace_id is None:
        return None
    return quotas.spending(
        workspace_id=tenancy.workspace_id, kind=quotas.Kind.REQUESTS, tier=tenancy.tier
    )


def _caller(request: Request) -> tuple[str, str, int]:
    """The policy's name, who is counted, and how much they may."""
    tenancy: Any = getattr(request._request, "tenancy", None)
    base: int = settings.REQUESTS_PER_MINUTE
    if tenancy is not None and tenancy.workspace_id is not None:
        factor = TIER_FACTORS.get(tenancy.tier, 1)
        return tenancy.tier, f"workspace:{tenancy.workspace_id}", base * factor
    share = max(1, base // ANONYMOUS_SHARE)
    if tenancy is not None and tenancy.user_id is not None:
        return "user", f"user:{tenancy.user_id}", share
    return "address", f"address:{client_address(request._request)}", share
