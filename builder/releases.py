"""Keeping releases: their files once a workspace, and gone when nothing refers to them."""

import datetime
import gzip
import uuid
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, Self

import brotli
import psycopg
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer
from builder import storing
from builder.drafts import SiteFile
from builder.images import keeping
from builder.models import Release, ReleaseFile
from builder.storing import Forms

_COMPRESSED: Final = ("text/", "application/", "image/svg+xml")
_SMALLEST: Final = 256
# Of a page of 30 kB, Brotli's 5 makes 3.0 kB in 0.25 ms and 4 makes 3.2 kB in 0.18 ms; 11 would
# make 2.8 kB in 37 ms. The 9 is for what is loaded once and kept.
_BROTLI: Final = 5
_BROTLI_PINNED: Final = 9
# Whoever takes Brotli gets it; the few others get 4% more than by 6, in less than half the time.
_GZIP: Final = 4
# Brotli clears tables as large as its window (RFC 7932, section 9.1) before it begins.
_SMALLEST_WINDOW: Final = 16
_LARGEST_WINDOW: Final = 22
# Each thread that has compressed waits some milliseconds for its turn in the interpreter: with so
# many, some always compress while one thread renders.
_THREADS: Final = 6
# A write that has taken longer than this is no longer under way.
_STRAY_AFTER: Final = datetime.timedelta(days=1)

# Publishing shares this lock of its workspace, removing files holds it alone: no file goes while
# a release that reuses it is not yet to be seen.
_LOCK: Final = "hashtextextended('builder_releasefile:' || %s, 0)"
_DROP: Final = """delete from builder_releasefile where workspace_id = %s and sha256 not in (
    select entry.value ->> 'sha256' from builder_release r, jsonb_each(r.manifest) entry
    where r.workspace_id = %s) returning stored_as"""

_COLUMNS: Final = (
    "workspace_id", "sha256", "content_type", "body", "gzip", "br", "size", "stored_as",
    "compressed",
)  # fmt: skip
_INSERT: Final = """insert into builder_releasefile
    (workspace_id, sha256, content_type, body, gzip, br, size, stored_as, compressed)
    values (%s, %s, %s, %b, %b, %b, %s, %s, %s) on conflict do nothing"""


def hold(*, workspace_id: uuid.UUID) -> None:
    """Keep the workspace's files from being removed until the transaction ends."""
    _lock("pg_advisory_xact_lock_shared", workspace_id)


def present(*, workspace_id: uuid.UUID, hashes: Collection[str]) -> set[str]:
    """Those of the hashes whose files are there. Raises `storing.StorageAwayError`."""
    mine = ReleaseFile.objects.filter(workspace_id=workspace_id, sha256__in=set(hashes))
    found = dict(mine.values_list("sha256", "stored_as"))
    gone = storing.missing([name for name in found.values() if name])
    return {sha256 for sha256, name in found.items() if name not in gone}


def entry(file: SiteFile) -> dict[str, Any]:
    """What a manifest says of a file."""
    return {
        "sha256": file.sha256,
        "content_type": file.content_type,
        "size": len(file.body),
        "pinned": file.pinned,
    }


class Press:
    """Compresses files in threads of its own, while others are still being rendered.

    A context manager: at its end the threads are gone.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="press")
        self._forms: dict[str, Future[Forms]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def add(self, files: Iterable[SiteFile]) -> None:
        """Begin with the files with which that was not done already."""
        for file in files:
            if file.sha256 not in self._forms:
                self._forms[file.sha256] = self._pool.submit(_forms, file)

    def forms(self, files: Sequence[SiteFile]) -> list[Forms]:
        """The files with their compressed forms, as soon as they are there."""
        self.add(files)
        return [self._forms[file.sha256].result() for file in files]


def store(*, workspace_id: uuid.UUID, files: Iterable[SiteFile], press: Press) -> None:
    """Write the files that the workspace has not, or has lost. Wants a transaction.

    Raises `storing.StorageAwayError`.
    """
    hold(workspace_id=workspace_id)
    by_hash = {file.sha256: file for file in files}
    here = present(workspace_id=workspace_id, hashes=by_hash)
    new = [file for sha256, file in by_hash.items() if sha256 not in here]
    # A row whose bytes the storage has lost makes room for one that has them.
    lost = ReleaseFile.objects.filter(workspace_id=workspace_id).exclude(stored_as="")
    lost.filter(sha256__in=[file.sha256 for file in new]).delete()
    _insert(_records(workspace_id, new, press))


def contents(*, release: Release, paths: Collection[str] | None = None) -> dict[str, bytes]:
    """The files of a release by path, all or those of some paths; what is gone is left out."""
    wanted = {
        path: entry["sha256"]
        for path, entry in release.manifest.items()
        if paths is None or path in paths
    }
    files = ReleaseFile.objects.filter(
        workspace_id=release.workspace_id, sha256__in=set(wanted.values())
    )
    rows = list(files.defer("br"))
    bodies = {
        row.sha256: forms.plain
        for row, forms in zip(rows, storing.in_parallel(_plain, rows), strict=True)
        if forms is not None
    }
    return {path: bodies[sha256] for path, sha256 in wanted.items() if sha256 in bodies}


def faults(release: Release) -> list[Fault]:
    """The paths of a release whose files are gone, pointed at in its manifest."""
    hashes = {each["sha256"] for each in release.manifest.values()}
    here = present(workspace_id=release.workspace_id, hashes=hashes)
    return [
        Fault(json_pointer(["manifest", path]), "file_gone", _("The file is gone."))
        for path, each in sorted(release.manifest.items())
        if each["sha256"] not in here
    ]


def drop_unreferenced(*, workspace_id: uuid.UUID) -> int:
    """Delete the workspace's files that no release has; returns how many."""
    with transaction.atomic():
        _lock("pg_advisory_xact_lock", workspace_id)
        with connection.cursor() as cursor:
            cursor.execute(_DROP, [workspace_id, workspace_id])
            names = [name for (name,) in cursor.fetchall()]
        stored = [name for name in names if name]
        if stored:
            # Each write has a name of its own, so that none of these comes into use again.
            transaction.on_commit(lambda: storing.remove(stored))
    return len(names)


def sweep(*, now: datetime.datetime) -> int:
    """Delete from the storage what no row names: what was rolled back, or left by the deleted."""
    if not storing.enabled():
        return 0
    named = set(ReleaseFile.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    named.update(keeping.stored_names())
    found = [*storing.strays(known=named.__contains__, before=now - _STRAY_AFTER)]
    storing.remove({storing.plain_name(name) for name in found})
    return len(found)


def _records(workspace_id: uuid.UUID, files: Sequence[SiteFile], press: Press) -> list[ReleaseFile]:
    forms = press.forms(files)
    if not storing.enabled():
        # What is there compressed is not kept once more as it is.
        places: list[dict[str, Any]] = [
            {"body": None if each.gzip else each.plain, "gzip": each.gzip, "br": each.br}
            for each in forms
        ]
    else:
        names = storing.in_parallel(
            lambda pair: storing.write(
                workspace_id=workspace_id, sha256=pair[0].sha256, forms=pair[1]
            ),
            [*zip(files, forms, strict=True)],
        )
        places = [{"stored_as": name} for name in names]
    return [
        ReleaseFile(
            workspace_id=workspace_id,
            sha256=file.sha256,
            content_type=file.content_type,
            size=len(file.body),
            compressed=each.gzip is not None,
            **place,
        )
        for file, each, place in zip(files, forms, places, strict=True)
    ]


def _insert(files: Sequence[ReleaseFile]) -> None:
    """Add the rows that are not there; `bulk_create` would send megabytes of bytes as digits."""
    rows = [[getattr(file, name) for name in _COLUMNS] for file in files]
    with connection.cursor() as cursor, psycopg.Cursor(cursor.connection) as sending:
        sending.executemany(_INSERT, rows)


def _forms(file: SiteFile) -> Forms:
    if len(file.body) < _SMALLEST or not file.content_type.startswith(_COMPRESSED):
        return Forms(file.body, None, None)
    quality = _BROTLI_PINNED if file.pinned else _BROTLI
    window = min(max(len(file.body).bit_length(), _SMALLEST_WINDOW), _LARGEST_WINDOW)
    return Forms(
        file.body,
        gzip.compress(file.body, _GZIP, mtime=0),
        brotli.compress(file.body, quality=quality, lgwin=window),
    )


def _plain(file: ReleaseFile) -> Forms | None:
    if file.stored_as:
        return storing.read(name=file.stored_as, sha256=file.sha256, compressed=False)
    return Forms(storing.plain(file.body, file.gzip), None, None)


def _lock(function: str, workspace_id: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}({_LOCK})", [str(workspace_id)])
