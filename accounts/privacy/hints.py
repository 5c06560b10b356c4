"""Tell the worker at once that somebody asked; without a broker beat's next stroke finds it."""

import structlog
from celery import current_app
from celery.exceptions import CeleryError
from django.db import transaction
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


def hint(task: str) -> None:
    """Ask for a run of a task of `accounts.tasks` when the transaction is through."""
    ask(f"accounts.tasks.{task}")


def ask(task: str) -> None:
    """The same for a task of any app, by its whole name."""
    transaction.on_commit(lambda: _send(task))


def _send(task: str) -> None:
    try:
        current_app.send_task(task, retry=False, ignore_result=True, expires=60)
    except (OSError, RedisError, KombuError, CeleryError) as error:
        log.warning("hint.lost", task=task, error=type(error).__name__)
