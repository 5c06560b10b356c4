"""What is live where, asked of the database once and kept until news of a change."""

import asyncio
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, LiteralString, TypeVar, cast

from psycopg import OperationalError

from accounts.tenancy.edge import edge_connection
from builder.serving.bodies import Bodies, Body

Result = TypeVar("Result")

MOST_SITES: Final = 5_000
MOST_PREVIEWS: Final = 200
# News of changes comes at once (builder.serving.news); this is for news that was lost.
FRESH_SECONDS: Final = 60.0
# Labels that nobody has are asked for by whoever tries some; a new one is live in this time.
UNKNOWN_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Site:
    """A site as visitors meet it; `manifest` is empty unless `state` is live."""

    state: Literal["live", "gone", "never", "unknown"]
    project_id: uuid.UUID | None = None
    language: str = "en"
    release_id: uuid.UUID | None = None
    manifest: Mapping[str, Mapping[str, Any]] | None = None

    def file(self, path: str) -> Mapping[str, Any] | None:
        return self.manifest.get(path) if self.manifest and self.state == "live" else None


UNKNOWN: Final = Site("unknown")


class Catalogue:
    """Sites by label, previews by release, bodies by hash.

    Its methods raise `psycopg.OperationalError` where only the database knows, and it is away.
    """

    def __init__(self, *, bodies: Bodies | None = None) -> None:
        self.bodies = bodies or Bodies()
        self._sites: OrderedDict[str, tuple[float, Site]] = OrderedDict()
        self._previews: OrderedDict[uuid.UUID, Site] = OrderedDict()
        self._under_way: dict[Any, asyncio.Task[Any]] = {}
        self._news: dict[uuid.UUID, int] = {}
        self._generation = 0

    async def site(self, label: str) -> Site:
        kept = self._sites.get(label)
        if kept is not None and time.monotonic() < kept[0]:
            return kept[1]
        try:
            return await self._once(("site", label), lambda: self._load_site(label))
        except OperationalError:
            if kept is not None and kept[1].state == "live":
                return kept[1]  # what was live a minute ago is better than an error
            raise

    async def preview(self, release_id: uuid.UUID) -> Site:
        """The preview with this release; a preview never changes."""
        kept = self._previews.get(release_id)
        if kept is not None:
            return kept
        return await self._once(("preview", release_id), lambda: self._load_preview(release_id))

    async def body(self, site: Site, sha256: str) -> Body | None:
        """A file's bytes; None when they are kept no more, since their release is gone."""
        body = self.bodies.get(sha256)
        if body is None:
            body = await self._once(("body", sha256), lambda: self._load_body(site, sha256))
        return body

    def forget(self, project_id: uuid.UUID) -> None:
        """Ask again about a project's site, and about labels that had none: there is news."""
        self._generation += 1
        self._news[project_id] = self._generation
        for label, (_until, site) in list(self._sites.items()):
            if site.project_id in (project_id, None):
                del self._sites[label]

    async def _load_site(self, label: str) -> Site:
        began = self._generation
        rows = await _rows("select * from builder_site_by_label(%s)", label)
        site = _site(rows[0], state=rows[0]["state"]) if rows else UNKNOWN
        # News that came while we asked may be of this very site: then what we got may be old.
        if site.project_id is None or self._news.get(site.project_id, 0) <= began:
            keep = FRESH_SECONDS if rows else UNKNOWN_SECONDS
            self._sites[label] = (time.monotonic() + keep, site)
            self._sites.move_to_end(label)
            if len(self._sites) > MOST_SITES:
                self._sites.popitem(last=False)
        return site

    async def _load_preview(self, release_id: uuid.UUID) -> Site:
        rows = await _rows("select * from builder_preview(%s)", release_id)
        if not rows:
            return UNKNOWN
        site = self._previews[release_id] = _site(rows[0], state="live")
        if len(self._previews) > MOST_PREVIEWS:
            self._previews.popitem(last=False)
        return site

    async def _load_body(self, site: Site, sha256: str) -> Body | None:
        rows = await _rows("select * from builder_release_file(%s, %s)", site.release_id, sha256)
        if not rows:
            return None
        body = Body(plain=rows[0]["body"], gzip=rows[0]["gzip"], br=rows[0]["br"])
        self.bodies.put(sha256, body)
        return body

    async def _once(self, key: Any, load: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """Load what several requests want at the same time only once."""
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(load())
            task.add_done_callback(lambda _task: self._under_way.pop(key, None))
        # A visitor who goes away must not take the answer from the others.
        return cast("Result", await asyncio.shield(task))


async def _rows(statement: LiteralString, *parameters: Any) -> list[dict[str, Any]]:
    async with edge_connection() as connection:
        cursor = await connection.execute(statement, parameters)
        return await cursor.fetchall()


def _site(row: Mapping[str, Any], *, state: Any) -> Site:
    return Site(
        state=state,
        project_id=row["project_id"],
        language=row["language"],
        release_id=row["release_id"],
        manifest=row["manifest"],
    )
