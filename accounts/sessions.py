"""A person's sessions in browsers."""

import uuid

from django.db import connection

from accounts import audit
from accounts.models import AuditAction


def end(*, session_id: int, user_id: uuid.UUID) -> bool:
    """Sign a session of the user's out, at once; whether there was one.

    By a function of the database: a tenant's role reaches no session but through it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select accounts_end_session(%s, %s)", (session_id, user_id))
        row = cursor.fetchone()
    ended = bool(row and row[0])
    if ended:
        audit.record(action=AuditAction.SESSION_ENDED, user_id=user_id)
    return ended
