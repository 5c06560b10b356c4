"""When a person was last at work: written at most once a minute, and only of whoever agrees."""

import time
import uuid
from collections import OrderedDict
from typing import Final

from django.db import connection

_SECONDS: Final = 60
_REMEMBERED: Final = 10_000
# By user: when this process last asked. The database has the last word between processes.
_noted: OrderedDict[uuid.UUID, float] = OrderedDict()


def note(user_id: uuid.UUID) -> None:
    """Write down that the person is here, unless that was done within the minute."""
    now = time.monotonic()
    if now - _noted.get(user_id, -_SECONDS) < _SECONDS:
        return
    _noted[user_id] = now
    _noted.move_to_end(user_id)
    if len(_noted) > _REMEMBERED:
        _noted.popitem(last=False)
    with connection.cursor() as cursor:
        cursor.execute("select accounts_note_activity(%s)", (user_id,))


def forget() -> None:
    """Ask the database at everybody's next request."""
    _noted.clear()
