"""Archives of all that is kept of a person: asked for, made by a worker, handed out, forgotten."""

import datetime
import tempfile
import uuid
from pathlib import Path
from typing import Any, Final

import structlog
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import OperationalError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import DataExport, User
from accounts.privacy.archive_files import write_archive
from accounts.privacy.hints import hint
from accounts.privacy.subjects import Subject, find

log = structlog.get_logger(__name__)

Status = DataExport.Status
KEPT: Final = datetime.timedelta(days=7)


@transaction.atomic
def request(*, subject: Subject, requested_by: User | None) -> DataExport:
    """Ask for an archive; one that the same person asked for and is not made yet is enough."""
    waiting = DataExport.objects.waiting().filter(subject_id=subject.id, requested_by=requested_by)
    found = waiting.first()
    if found is not None:
        return found
    made = DataExport.objects.create(
        subject_kind=subject.kind,
        subject_id=subject.id,
        workspace_id=subject.workspace_id,
        requested_by=requested_by,
    )
    audit.record(
        action="exported",
        subject=f"{subject.kind} {subject.id}",
        user_id=requested_by.pk if requested_by else None,
        workspace_id=subject.workspace_id,
    )
    hint("make_exports")
    return made


def make(export_id: uuid.UUID, *, now: datetime.datetime) -> bool:
    """Make the archive of a request; False where another process is at it or it is done.

    The row is held meanwhile: a process that is killed leaves it as it was asked for, and an
    erasure waits. Where the person's record is gone the request has failed.
    """
    with transaction.atomic():
        held = DataExport.objects.waiting().select_for_update(skip_locked=True, of=("self",))
        export = held.filter(pk=export_id).first()
        if export is None:
            return False
        subject = find(export.subject_kind, export.subject_id)
        if subject is None:
            export.error_message = "gone"
            export.transition(Status.FAILED)
        else:
            _fill(export, subject, now=now)
            export.transition(Status.READY)
            export.expires_at = now + KEPT
        export.finished_at = now
        export.save()
    log.info("export.finished", export_id=str(export_id), status=export.status)
    return True


def make_due(*, now: datetime.datetime) -> int:
    """Make what was asked for; how many archives were made."""
    made = 0
    for export_id in DataExport.objects.waiting().order_by("id").values_list("pk", flat=True):
        try:
            made += make(export_id, now=now)
        except OperationalError:
            raise
        except Exception as error:
            log.exception("export.failed", export_id=str(export_id))
            fail(export_id, error)
    return made


def fail(export_id: uuid.UUID, error: Exception) -> None:
    """Keep that an archive could not be made, and by what kind of error."""
    DataExport.objects.waiting().filter(pk=export_id).update(
        status=Status.FAILED, error_message=type(error).__name__, finished_at=timezone.now()
    )


def open_file(export: DataExport) -> "File[bytes]":
    """The archive's file, for reading. Raises FileNotFoundError."""
    opened: File[bytes] = storage().open(export.file, "rb")
    return opened


def forget_old(*, now: datetime.datetime) -> int:
    """Remove the files of archives that have expired; how many."""
    count = 0
    old = DataExport.objects.filter(status=Status.READY, expires_at__lte=now)
    for export in old.order_by("id"):
        storage().delete(export.file)
        count += DataExport.objects.filter(pk=export.pk).update(status=Status.EXPIRED, file="")
    return count


def discard(model: type[Any], subject: Subject) -> None:
    """Remove the files of a person's archives, where it is the archives' turn to be erased."""
    if model is not DataExport:
        return
    mine = DataExport.objects.select_for_update(of=("self",)).filter(subject_id=subject.id)
    for export in mine.exclude(file=""):
        storage().delete(export.file)


def storage() -> Storage:
    return storages["exports"]


def _fill(export: DataExport, subject: Subject, *, now: datetime.datetime) -> None:
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "archive.zip"
        export.rows = write_archive(subject=subject, path=draft, now=now)
        export.size = draft.stat().st_size
        with draft.open("rb") as file:
            # The same name again where a process was killed after it had saved the file.
            name = f"{export.pk}.zip"
            storage().delete(name)
            export.file = storage().save(name, File(file))
