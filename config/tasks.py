"""The platform's own jobs."""

import time

from celery import shared_task
from django.core.cache import cache

from config.health import BEAT_KEY


@shared_task
def beat_heartbeat() -> None:
    """Show that beat sends and a worker runs: /readyz tells how long ago this was."""
    cache.set(BEAT_KEY, time.time(), timeout=None)


@shared_task
def forget_idempotent_answers() -> None:
    from config.api import idempotency

    idempotency.forget_old()
