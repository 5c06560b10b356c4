"""Keeping releases: their files once a workspace, and gone when nothing refers to them."""

import gzip
import uuid
from collections.abc import Mapping
from typing import Any, Final

import brotli
from django.db import connection, transaction

from builder.drafts import SiteFile
from builder.models import ReleaseFile

_COMPRESSED: Final = ("text/", "application/xml", "application/json", "image/svg+xml")
_SMALLEST: Final = 256

# Publishing shares this lock of its workspace, removing files holds it alone: no file goes while
# a release that reuses it is not yet to be seen.
_LOCK: Final = "hashtextextended('builder_releasefile:' || %s, 0)"
_DROP: Final = """delete from builder_releasefile where workspace_id = %s and sha256 not in (
    select entry.value ->> 'sha256' from builder_release r, jsonb_each(r.manifest) entry
    where r.workspace_id = %s)"""


def store(*, workspace_id: uuid.UUID, files: Mapping[str, SiteFile]) -> dict[str, Any]:
    """Write the files that the workspace has not yet; returns the release's manifest.

    Wants a transaction. The manifest is path to {sha256, content_type, size, pinned}.
    """
    _lock("pg_advisory_xact_lock_shared", workspace_id)
    by_hash = {file.sha256: file for file in files.values()}
    mine = ReleaseFile.objects.filter(workspace_id=workspace_id)
    known = set(mine.filter(sha256__in=by_hash).values_list("sha256", flat=True))
    ReleaseFile.objects.bulk_create(
        [
            _record(workspace_id, sha256, file)
            for sha256, file in by_hash.items()
            if sha256 not in known
        ],
        ignore_conflicts=True,
    )
    return {path: _entry(file) for path, file in files.items()}


def drop_unreferenced(*, workspace_id: uuid.UUID) -> int:
    """Delete the workspace's files that no release has; returns how many."""
    with transaction.atomic():
        _lock("pg_advisory_xact_lock", workspace_id)
        with connection.cursor() as cursor:
            cursor.execute(_DROP, [workspace_id, workspace_id])
            return int(cursor.rowcount)


def _entry(file: SiteFile) -> dict[str, Any]:
    return {
        "sha256": file.sha256,
        "content_type": file.content_type,
        "size": len(file.body),
        "pinned": file.pinned,
    }


def _record(workspace_id: uuid.UUID, sha256: str, file: SiteFile) -> ReleaseFile:
    squeeze = len(file.body) >= _SMALLEST and file.content_type.startswith(_COMPRESSED)
    return ReleaseFile(
        workspace_id=workspace_id,
        sha256=sha256,
        content_type=file.content_type,
        body=file.body,
        size=len(file.body),
        gzip=gzip.compress(file.body, 9, mtime=0) if squeeze else None,
        br=brotli.compress(file.body, quality=11) if squeeze else None,
    )


def _lock(function: str, workspace_id: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}({_LOCK})", [str(workspace_id)])
