"""Whether a process lives, and whether it is ready to serve, for both doors.

`/livez` says only that the process answers. `/readyz` looks at what a request needs: 503 without
the database, the cache or a migration. The age of beat is told too, but a stopped clock is no
reason to take published pages off the air: it answers 200 with the status `degraded`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache as remember
from typing import Any, Final

import structlog
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

log = structlog.get_logger(__name__)

BEAT_KEY: Final = "health:beat"
BEAT_LATE_SECONDS: Final = 60


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing looked at; `needed` is false where the process serves without it."""

    name: str
    ok: bool
    detail: str = ""
    needed: bool = True


@dataclass(frozen=True)
class Report:
    checks: tuple[Check, ...]

    @property
    def status(self) -> str:
        failed = [check for check in self.checks if not check.ok]
        if any(check.needed for check in failed):
            return "failing"
        return "degraded" if failed else "ok"

    @property
    def http_status(self) -> int:
        return 503 if self.status == "failing" else 200

    def as_json(self) -> dict[str, Any]:
        checks = {check.name: {"ok": check.ok, "detail": check.detail} for check in self.checks}
        return {"status": self.status, "checks": checks}


def report() -> Report:
    """Look at everything, with this thread's own connections.

    What stands on something that is away is not tried again: each try may wait for seconds.
    """
    database = _look("database", _database)
    store = _look("cache", _cache)
    return Report(
        (
            database,
            _look("migrations", _migrations) if database.ok else _unseen("migrations"),
            store,
            _look("beat", _beat, needed=False) if store.ok else _unseen("beat", needed=False),
        )
    )


def _look(name: str, look: Callable[[], tuple[bool, str]], *, needed: bool = True) -> Check:
    """Make a check of what `look` finds; the reason of an error is logged, not told."""
    try:
        ok, detail = look()
    except Exception as error:  # noqa: BLE001  whatever goes wrong, the answer is: not ready
        log.warning("health.failed", check=name, error=type(error).__name__)
        ok, detail = False, "unreachable"
    return Check(name=name, ok=ok, detail=detail, needed=needed)


def _unseen(name: str, *, needed: bool = True) -> Check:
    return Check(name=name, ok=False, detail="not looked at", needed=needed)


def _database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return True, ""


def _migrations() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("select app, name from django_migrations")
        missing = _migrations_on_disk() - set(cursor.fetchall())
    return not missing, f"{len(missing)} not applied" if missing else ""


@remember
def _migrations_on_disk() -> frozenset[tuple[str, str]]:
    """What this process was started with: read once."""
    from django.db.migrations.loader import MigrationLoader

    return frozenset(MigrationLoader(None).disk_migrations)


def _cache() -> tuple[bool, str]:
    cache.set("health:probe", 1, timeout=5)
    return cache.get("health:probe") == 1, ""


def _beat() -> tuple[bool, str]:
    beat = cache.get(BEAT_KEY)
    if beat is None:
        return False, "no heartbeat yet"
    age = time.time() - beat
    return age <= BEAT_LATE_SECONDS, f"{age:.0f} s ago"


@transaction.non_atomic_requests
@never_cache
def livez(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@transaction.non_atomic_requests
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    found = report()
    return JsonResponse(found.as_json(), status=found.http_status)
