"""Tell the worker at once that there is something to do, instead of at the next stroke of beat.

A hint, not a promise: without a broker the hint is lost and beat's stroke finds the same rows.
"""

import threading
import time
from typing import Final

import structlog
from celery import current_app
from celery.exceptions import CeleryError
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

TASK: Final = "journeys.tasks.advance_executions"
PAUSE: Final = 0.25  # seconds between two hints of a process

_wanted = threading.Event()
_starting = threading.Lock()
_threads: list[threading.Thread] = []


def nudge() -> None:
    """Ask for a run of the engine; never waits, and sends at most four hints a second.

    What is asked for within the pause is sent after it, so that the last of many is not forgotten.
    """
    _wanted.set()
    if _threads and _threads[0].is_alive():
        return
    with _starting:
        if not (_threads and _threads[0].is_alive()):
            thread = threading.Thread(target=_send_forever, name="nudge", daemon=True)
            _threads[:] = [thread]
            thread.start()


def _send_forever() -> None:
    while True:
        _wanted.wait()
        _wanted.clear()
        _send()
        time.sleep(PAUSE)


def _send() -> None:
    try:
        current_app.send_task(TASK, retry=False, ignore_result=True, expires=60)
    except (OSError, RedisError, KombuError, CeleryError) as error:
        log.warning("nudge.lost", error=type(error).__name__)
