"""Whether a person may be followed at all."""

import uuid
from typing import Final

from django.core.cache import cache
from django.db import connection, transaction

_SECONDS: Final = 300


def allows_analytics(user_id: uuid.UUID) -> bool:
    """Whether anything may be recorded of what the user does.

    Asked of the database at most every five minutes; a change of the consent counts at once.
    Somebody without a profile was not asked: the profile's default holds.
    """
    key = _key(user_id)
    known = cache.get(key)
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute("select accounts_allows_analytics(%s)", (user_id,))
            row = cursor.fetchone()
        known = bool(row and row[0])
        cache.set(key, known, _SECONDS)
    return bool(known)


def forget(user_id: uuid.UUID) -> None:
    """Ask the database again, once what is being written is committed."""
    transaction.on_commit(lambda: cache.delete(_key(user_id)))


def _key(user_id: uuid.UUID) -> str:
    return f"consent:analytics:{user_id}"
