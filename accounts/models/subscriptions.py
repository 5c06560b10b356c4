"""What a person has by way of their workspaces."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Subscription:
    """A workspace's subscription; without a workspace it is the free tier."""

    tier: str = "free"
    status: str = "active"
    trial_ends_at: datetime.datetime | None = None


def best_subscription(user_id: uuid.UUID) -> Subscription:
    """The highest tier among the user's workspaces; of equal ones the one in the best standing.

    By a function of the database, since a tenant's scope sees one workspace only.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from accounts_subscription_of(%s)", (user_id,))
        row = cursor.fetchone()
    return Subscription(*row) if row else Subscription()
