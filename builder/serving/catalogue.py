"""What is live where, asked of the database once and kept until news of a change."""

import asyncio
import functools
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, LiteralString, TypeVar, cast

from django.conf import settings
from psycopg import OperationalError

from accounts.tenancy.edge import edge_connection
from builder import storing
from builder.rendering.blocks import BLOCKS
from builder.serving.addresses import root_of
from builder.serving.bodies import Bodies, Body
from builder.serving.hot import HotAnswers

Result = TypeVar("Result")

MOST_SITES: Final = 5_000
MOST_UNKNOWN: Final = 2_000
MOST_PREVIEWS: Final = 200
_BY_LABEL: Final = "select * from builder_site_by_label(%s)"
_BY_HOST: Final = "select * from builder_site_by_host(%s)"
# News of changes comes at once (builder.serving.news); this is for news that was lost.
FRESH_SECONDS: Final = 60.0
# Labels that nobody has are asked for by whoever tries some; a new one is live in this time.
UNKNOWN_SECONDS: Final = 1.0


# A redirect: where it leads, its status, and whether it holds although the site has a page there.
Rule = tuple[str, int, bool]


@dataclass(frozen=True, slots=True)
class Site:
    """A site as visitors meet it; `manifest` is empty unless `state` is live.

    `home` is the address that visitors of this place are sent on to, without a last slash; empty
    where they stay. `password` is the version of the site's password, empty for an open site;
    `dynamic` has the paths of pages with blocks that are decided for each visitor.
    """

    state: Literal["live", "gone", "never", "unknown"]
    project_id: uuid.UUID | None = None
    language: str = "en"
    release_id: uuid.UUID | None = None
    manifest: Mapping[str, Mapping[str, Any]] | None = None
    workspace_id: uuid.UUID | None = None
    home: str = ""
    label: str = ""
    rules: Mapping[str, Rule] = field(default_factory=dict)
    password: str = ""
    consent: str = ""
    dynamic: frozenset[str] = frozenset()

    def file(self, path: str) -> Mapping[str, Any] | None:
        return self.manifest.get(path) if self.manifest and self.state == "live" else None


UNKNOWN: Final = Site("unknown")


class Catalogue:
    """Sites by label or host, previews by release, bodies by hash.

    Its methods raise `psycopg.OperationalError` where only the database knows, and it is away;
    `body` raises `storing.StorageAwayError` in the same way.
    """

    def __init__(self, *, bodies: Bodies | None = None) -> None:
        self.bodies = bodies or Bodies()
        self.hot = HotAnswers()
        self._sites: OrderedDict[str, tuple[float, Site]] = OrderedDict()
        # Apart: whoever makes names up must not drive out those that are.
        self._unknown: OrderedDict[str, float] = OrderedDict()
        self._previews: OrderedDict[uuid.UUID, Site] = OrderedDict()
        self._under_way: dict[Any, asyncio.Task[Any]] = {}
        self._news: dict[uuid.UUID, int] = {}
        self._generation = 0

    async def site(self, place: str) -> Site:
        """The site at a label or, where the place has a dot, at a verified host."""
        kept = self._sites.get(place)
        if kept is not None and time.monotonic() < kept[0]:
            return kept[1]
        if time.monotonic() < self._unknown.get(place, 0.0):
            return UNKNOWN
        try:
            return await self._once(("site", place), lambda: self._load_site(place))
        except OperationalError:
            if kept is not None and kept[1].state == "live":
                return kept[1]  # what was live a minute ago is better than an error
            raise

    def fresh_until(self, place: str) -> float:
        """When what is known of a place is to be asked for again, on the monotonic clock."""
        kept = self._sites.get(place)
        return kept[0] if kept is not None else 0.0

    @property
    def generation(self) -> int:
        """Raised by every piece of news: what was read before it may be old."""
        return self._generation

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
        """Ask again about a project's site, and about places that had none: there is news."""
        self._generation += 1
        self._news[project_id] = self._generation
        self._unknown.clear()
        self.hot.clear()
        for place, (_until, site) in list(self._sites.items()):
            if site.project_id == project_id:
                del self._sites[place]
        # Of a project in the bin previews are closed too.
        for release_id, site in list(self._previews.items()):
            if site.project_id == project_id:
                del self._previews[release_id]

    async def _load_site(self, place: str) -> Site:
        began = self._generation
        rows = await _rows(_BY_HOST if "." in place else _BY_LABEL, place)
        if not rows:
            self._sites.pop(place, None)
            _keep(self._unknown, place, time.monotonic() + UNKNOWN_SECONDS, most=MOST_UNKNOWN)
            return UNKNOWN
        site = _placed(rows[0], place)
        # News that came while we asked may be of this very site: then what we got may be old.
        if site.project_id is None or self._news.get(site.project_id, 0) <= began:
            until = time.monotonic() + FRESH_SECONDS
            _keep(self._sites, place, (until, site), most=MOST_SITES)
        return site

    async def _load_preview(self, release_id: uuid.UUID) -> Site:
        rows = await _rows("select * from builder_preview(%s)", release_id)
        if not rows:
            return UNKNOWN
        site = _site(rows[0], state="live")
        _keep(self._previews, release_id, site, most=MOST_PREVIEWS)
        return site

    async def _load_body(self, site: Site, sha256: str) -> Body | None:
        rows = await _rows("select * from builder_release_file(%s, %s)", site.release_id, sha256)
        if not rows:
            return None
        row = rows[0]
        if not row["stored_as"]:
            forms = (storing.plain(row["body"], row["gzip"]), row["gzip"], row["br"])
        else:
            # A storage's client waits on its thread, as all of them do; pages go on meanwhile.
            read = functools.partial(storing.read, name=row["stored_as"], sha256=sha256)
            found = await asyncio.to_thread(read, compressed=row["compressed"])
            if found is None:
                return None
            forms = found
        body = Body(*forms)
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


def _keep(kept: OrderedDict[Any, Any], key: Any, value: Any, *, most: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > most:
        kept.popitem(last=False)


def _site(row: Mapping[str, Any], *, state: Any, **more: Any) -> Site:
    return Site(
        state=state,
        project_id=row["project_id"],
        workspace_id=row["workspace_id"],
        language=row["language"],
        release_id=row["release_id"],
        manifest=row["manifest"],
        **more,
    )


def _placed(row: Mapping[str, Any], place: str) -> Site:
    """A site as it is met at a place; previews have none, and nothing of this."""
    host, label = row["primary_host"], row["primary_label"]
    # A host of the customer's own leads to another of theirs, never back to the platform's.
    home = host or ("" if "." in place else label)
    leads = row["redirects"] and home not in ("", place)
    root = root_of(
        host=home if "." in home else f"{home}.{settings.SITES_DOMAIN}",
        like=settings.PUBLIC_SITES_URL,
    )
    return _site(
        row,
        state=row["state"],
        home=root if leads else "",
        label=label,
        rules={path: tuple(rule) for path, rule in row["rules"].items()},
        password=row["password_version"],
        consent=row["consent"],
        dynamic=frozenset(
            path.removeprefix(BLOCKS) for path in row["manifest"] or () if path.startswith(BLOCKS)
        ),
    )
