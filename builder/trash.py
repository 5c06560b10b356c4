"""The bin: where projects are between being deleted and being gone.

A project that is put into the bin is archived meanwhile, so that its site is closed at once for
whoever asks (its addresses answer 410, or 404 where nothing was ever live), nothing of it is
published, and its quota is free. It keeps its slug and its addresses, so that it is restored as it
was, its site live again if it was. Schedules that come due meanwhile fail, as those of an archived
project do.

That it is hidden is held by the database: restrictive policies take it and all that belongs to it
in the builder from every tenant's query, and let none write there. What other parts keep of it
(contacts, events, workflows) stays the workspace's and is seen. Only within `opened()` does a
tenant's query find the project's own row; it is written as the tables' owner.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts import quotas, tenancy
from accounts.faults import Fault
from accounts.models import User
from builder import projects
from builder.models import Project

log = structlog.get_logger(__name__)


class BinError(Exception):
    """The project is not in the bin (any more); `faults` say so."""

    def __init__(self) -> None:
        text = _("The project is not in the bin.")
        super().__init__(text)
        self.faults = [Fault("", "not_in_bin", text)]


@contextmanager
def opened() -> Iterator[None]:
    """Let a tenant's queries find what is in their bin; to write it takes more."""
    with transaction.atomic():
        _set("on")
        yield
        # A rollback takes the setting back by itself.
        if not connection.needs_rollback:
            _set("")


def put(*, project: Project, by: User | None, now: datetime.datetime) -> None:
    """Put a project into the bin; twice is once.

    The caller has found out that the person may delete the project.
    """
    with tenancy.owner(reason="bin_project", user_id=by.pk if by else None):
        locked = _locked(project)
        if locked is None or locked.trashed_at is not None:
            return
        locked.trashed_status, locked.status = locked.status, Project.Status.ARCHIVED
        locked.trashed_at, locked.trashed_by = now, by
        locked.save(
            update_fields=["status", "trashed_status", "trashed_at", "trashed_by", "updated_at"]
        )
    log.info("project.binned", project_id=str(project.pk))


def restore(*, project: Project, by: User | None) -> Project:
    """Take a project out of the bin, as it was.

    Raises `BinError`, `QuotaExceededError` where the workspace may have no more projects.
    """
    quotas.check(workspace_id=project.workspace_id, kind=quotas.Kind.PROJECTS)
    with tenancy.owner(reason="restore_project", user_id=by.pk if by else None):
        locked = _locked(project)
        if locked is None or locked.trashed_at is None:
            raise BinError
        locked.status, locked.trashed_status = locked.trashed_status, ""
        locked.trashed_at = locked.trashed_by = None
        locked.save(
            update_fields=["status", "trashed_status", "trashed_at", "trashed_by", "updated_at"]
        )
    log.info("project.restored", project_id=str(project.pk))
    return locked


def remove(*, project: Project) -> None:
    """Delete a project that is in the bin for good. Raises `BinError`."""
    with tenancy.owner(reason="empty_bin"):
        locked = _locked(project)
        if locked is None or locked.trashed_at is None:
            raise BinError
        projects.remove(project=locked)


def goes_at(project: Project) -> datetime.datetime:
    """When a project in the bin is deleted for good, or soon after."""
    if project.trashed_at is None:
        raise BinError
    return project.trashed_at + datetime.timedelta(days=settings.BIN_DAYS)


def empty(*, now: datetime.datetime) -> int:
    """Delete for good what has been in the bin for longer than BIN_DAYS; returns how many.

    Each in a transaction of its own, so that it can be killed anywhere; what somebody restores
    meanwhile stays.
    """
    before = now - datetime.timedelta(days=settings.BIN_DAYS)
    old = Project.objects.filter(trashed_at__lt=before)
    count = 0
    for pk in list(old.order_by("trashed_at").values_list("pk", flat=True)):
        with transaction.atomic():
            held = old.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if held is not None:
                projects.remove(project=held)
                count += 1
    if count:
        log.info("bin.emptied", count=count)
    return count


def _locked(project: Project) -> Project | None:
    """The project's row, held until the transaction ends, as a publish holds it."""
    held = Project.objects.select_for_update(of=("self",), no_key=True)
    return held.filter(pk=project.pk).first()


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.bin', %s, true)", [value])
