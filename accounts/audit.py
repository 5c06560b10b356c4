"""Writing to the audit trail, which no tenant can read, change or delete."""

import uuid

from django.db import connection


def record(*, action: str, subject: str, user_id: uuid.UUID | None = None) -> None:
    """Add an entry; within a tenant's scope its user is the scope's, whatever is given here."""
    with connection.cursor() as cursor:
        cursor.execute("select accounts_record_audit(%s, %s, %s)", (user_id, action, subject[:300]))
