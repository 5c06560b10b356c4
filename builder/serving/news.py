"""News of changed sites: NOTIFY, which comes at once, and a poll behind it, which is sure."""

import asyncio
import datetime
import uuid
from typing import Any, Final

import structlog
from django.conf import settings
from psycopg import AsyncConnection, OperationalError

from builder.serving.catalogue import Catalogue

log = structlog.get_logger(__name__)

CHANNEL: Final = "halfhour_sites"
POLL_SECONDS: Final = 1.0
RETRY_SECONDS: Final = 1.0
# A change is stamped before its transaction commits; one that takes longer is found by NOTIFY or
# when its site is asked about anew (catalogue.FRESH_SECONDS).
OVERLAP: Final = datetime.timedelta(seconds=60)


class News:
    """Tells a catalogue what to forget. `run` goes on until it is cancelled."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._seen: dict[uuid.UUID, datetime.datetime] = {}
        self._since: datetime.datetime | None = None

    async def run(self) -> None:
        while True:
            try:
                await self._listen()
            except (OperationalError, OSError) as error:
                log.warning("site_news.interrupted", error=type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)

    async def _listen(self) -> None:
        # A pool's connection would be given to others between two notifications.
        connection = await AsyncConnection.connect(settings.WEB_DATABASE_URL, autocommit=True)
        async with connection:
            await connection.execute(f"listen {CHANNEL}")
            while True:
                await self._poll(connection)
                async for notification in connection.notifies(timeout=POLL_SECONDS):
                    self.catalogue.forget(uuid.UUID(notification.payload))

    async def _poll(self, connection: AsyncConnection[Any]) -> None:
        """Forget what has changed since the last poll; the first one only notes the time."""
        if self._since is None:
            cursor = await connection.execute("select clock_timestamp()")
            row = await cursor.fetchone()
            self._since = row[0] if row else None
            return
        cursor = await connection.execute(
            "select project_id, changed_at from builder_sites_changed(%s)", [self._since - OVERLAP]
        )
        for project_id, changed_at in await cursor.fetchall():
            if self._seen.get(project_id) != changed_at:
                self._seen[project_id] = changed_at
                self.catalogue.forget(project_id)
            self._since = max(self._since, changed_at)
        oldest = self._since - OVERLAP
        self._seen = {key: at for key, at in self._seen.items() if at > oldest}
