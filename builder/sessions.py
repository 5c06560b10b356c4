"""Sessions of the builder: begun, moved on, paused, taken up again, ended.

Whose they are is held by row security; what a function is given, its caller has found there.
"""

import datetime
import uuid
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from accounts.faults import Fault, json_pointer
from accounts.models import User
from builder.models import BuilderSession, Project

log = structlog.get_logger(__name__)

Count = Annotated[int, Field(ge=0, le=1_000_000)]
Status = BuilderSession.Status
KEPT_DAYS: Final = 30
BATCH: Final = 1000


class SessionFaultsError(Exception):
    """What a session was asked to be is wrong; `faults` say where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults[0].detail)
        self.faults = faults


class Progress(BaseModel):
    """How much of the site is done, in steps of whatever is counted; more may be said beside it."""

    model_config = ConfigDict(extra="allow", strict=True)

    completed: Count
    total: Annotated[int, Field(ge=1, le=1_000_000)]

    @model_validator(mode="after")
    def _not_more_than_all(self) -> "Progress":
        if self.completed > self.total:
            raise PydanticCustomError("too_much", "More is completed than there is.")
        return self


def progress_faults(progress: Any) -> list[Fault]:
    """What is wrong with a session's progress; an empty object says that nothing is known."""
    if progress == {}:
        return []
    try:
        Progress.model_validate(progress)
    except ValidationError as error:
        return [
            Fault(json_pointer(["progress", *item["loc"]]), item["type"], item["msg"])
            for item in error.errors(include_url=False, include_context=False, include_input=False)
        ]
    return []


def create(
    *,
    user: User,
    workspace_id: uuid.UUID,
    project: Project | None = None,
    ip_address: str | None = None,
    user_agent: str = "",
    **fields: Any,
) -> BuilderSession:
    """Begin a session with a token of its own.

    `fields` may be `current_step`, `step_data`, `progress` and `metadata`. Raises
    `SessionFaultsError`.
    """
    _refuse(progress_faults(fields.get("progress", {})))
    session = BuilderSession.objects.create(
        user=user,
        workspace_id=workspace_id,
        project=project,
        ip_address=ip_address,
        user_agent=user_agent[:1000],
        **fields,
    )
    log.info("builder_session.created", session_id=str(session.pk))
    return session


def get_by_token(*, token: str) -> BuilderSession | None:
    """The session of a token, of those that the caller may see."""
    return BuilderSession.objects.filter(session_token=token).first()


def update_progress(*, session: BuilderSession, changes: Mapping[str, Any]) -> BuilderSession:
    """Say where a session stands: `current_step`, `step_data`, `progress`, `metadata`, `project`.

    Raises `SessionFaultsError` for a progress that cannot be, and for a session that has ended.
    """
    _refuse(progress_faults(changes.get("progress", {})))

    def change(locked: BuilderSession) -> None:
        if locked.has_ended:
            text = _("The session has ended; begin another.")
            raise SessionFaultsError([Fault("/status", "ended", text)])
        for name in changes.keys() & {
            "current_step", "step_data", "progress", "metadata", "project",
        }:  # fmt: skip
            setattr(locked, name, changes[name])

    return _changed(session, change)


def pause(*, session: BuilderSession) -> BuilderSession:
    """Set a session aside. Raises `TransitionError` for one that has ended."""
    return _changed(session, lambda locked: locked.transition(Status.PAUSED))


def resume(*, session: BuilderSession) -> BuilderSession:
    """Take a paused session up again. Raises `TransitionError` for one that has ended."""
    return _changed(session, lambda locked: locked.transition(Status.ACTIVE))


def complete(*, session: BuilderSession, now: datetime.datetime) -> BuilderSession:
    """End a session whose work is done. Raises `TransitionError` for one that was cancelled."""
    return _changed(session, lambda locked: _end(locked, Status.COMPLETED, now))


def cancel(*, session: BuilderSession, now: datetime.datetime) -> BuilderSession:
    """End a session that leads nowhere. Raises `TransitionError` for one that was completed."""
    return _changed(session, lambda locked: _end(locked, Status.CANCELLED, now))


def cleanup_old_sessions(
    *,
    now: datetime.datetime,
    days: int = KEPT_DAYS,
    batch: int = BATCH,
    tell: Callable[[int], None] = lambda _done: None,
) -> int:
    """Delete sessions that have ended and were begun more than `days` days ago; returns how many.

    As document 004 has it: completed and cancelled ones, by `created_at`. `batch` rows in one
    transaction, so that it can be killed anywhere, and `tell` after each how many are gone.
    """
    done = 0
    while True:
        with transaction.atomic():
            old = old_sessions(now=now, days=days).order_by("created_at", "pk")
            chosen = old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:batch]
            deleted, _by_model = BuilderSession.objects.filter(pk__in=list(chosen)).delete()
        if not deleted:
            break
        done += deleted
        tell(done)
    if done:
        log.info("builder_session.cleaned_up", count=done, days=days)
    return done


def old_sessions(*, now: datetime.datetime, days: int = KEPT_DAYS) -> QuerySet[BuilderSession]:
    """Sessions that have ended and were begun more than `days` days before `now`."""
    before = now - datetime.timedelta(days=days)
    return BuilderSession.objects.filter(created_at__lt=before, status__in=BuilderSession.ENDED)


def _end(session: BuilderSession, status: str, now: datetime.datetime) -> None:
    session.transition(status)
    # A clock that went back must not make an end before the start; the same end twice is one end.
    session.ended_at = session.ended_at or max(now, session.started_at)


def _changed(session: BuilderSession, change: Callable[[BuilderSession], None]) -> BuilderSession:
    with transaction.atomic():
        locked = BuilderSession.objects.select_for_update().get(pk=session.pk)
        before = locked.status
        change(locked)
        locked.save()
    if locked.status != before:
        log.info("builder_session.changed", session_id=str(locked.pk), status=locked.status)
    locked.refresh_from_db(fields=["duration"])
    return locked


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise SessionFaultsError(faults)
