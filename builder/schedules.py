"""Publishing, and taking down, at a time that somebody has set.

What is due is found in the rows: a run that is killed leaves its schedule pending, since a schedule
is done in the transaction in which its project goes live, and two runs at once take different ones.
"""

import datetime
from collections.abc import Sequence
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import tenancy
from accounts.faults import Fault
from accounts.models import User
from builder import drafts, locales, publishers, publishing
from builder.models import Project, Release, ReleaseSchedule
from builder.storing import StorageAwayError

log = structlog.get_logger(__name__)

# A storage that is away is waited for so long; then the schedule has failed.
PATIENCE: Final = datetime.timedelta(hours=1)
# Nobody is written to about what failed longer ago than this (mail was away, say).
_NEWS_FOR: Final = datetime.timedelta(days=1)

Action = ReleaseSchedule.Action
Status = ReleaseSchedule.Status


class ScheduleError(Exception):
    """A schedule that cannot be made; `faults` say why, pointing at its fields."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_("This cannot be scheduled."))
        self.faults = tuple(faults)


def schedule(
    *,
    project: Project,
    action: str,
    due_at: datetime.datetime,
    user: User | None,
    now: datetime.datetime,
    note: str = "",
    languages: Sequence[str] = (),
    key_id: UUID | None = None,
) -> ReleaseSchedule:
    """Have a project published, or taken down, at a time to come. Raises `ScheduleError`.

    Whoever sets the time, `user` or the workspace's key, must still be allowed to publish then.
    """
    faults = []
    if due_at <= now:
        faults.append(Fault("/due_at", "past", _("This time has passed.")))
    faults.extend(locales.choice_faults(project, languages))
    if languages and action == Action.UNPUBLISH:
        text = _("A site is taken down in all its languages.")
        faults.append(Fault("/locales", "not_for_unpublish", text))
    if project.status == Project.Status.ARCHIVED:
        faults.append(Fault("/project", "archived", drafts.archived().detail))
    if faults:
        raise ScheduleError(faults)
    made = ReleaseSchedule.objects.create(
        workspace_id=project.workspace_id,
        project=project,
        action=action,
        due_at=due_at,
        note=note,
        locales=list(languages),
        created_by=user,
        api_key_id=key_id,
    )
    log.info("release_schedule.made", schedule_id=str(made.pk), project_id=str(project.pk))
    return made


def cancel(*, schedule: ReleaseSchedule, now: datetime.datetime) -> ReleaseSchedule:
    """Call a pending schedule off; twice is once. Raises `TransitionError` for one that ran."""
    with transaction.atomic():
        locked = ReleaseSchedule.objects.select_for_update(of=("self",)).get(pk=schedule.pk)
        if locked.status != Status.CANCELLED:
            _finish(locked, Status.CANCELLED, now)
            log.info("release_schedule.cancelled", schedule_id=str(locked.pk))
    return locked


def run_due(*, now: datetime.datetime) -> int:
    """Carry out what is due, one transaction each; returns how many were finished."""
    waiting: list[UUID] = []
    finished = 0
    while True:
        with transaction.atomic():
            due = _next_due(now, waiting)
            if due is None:
                return finished
            if _carried_out(due, now):
                finished += 1
            else:
                waiting.append(due.pk)


def tell_failures(*, now: datetime.datetime) -> int:
    """Write to those whom failed schedules concern, once at most; returns how many mails went.

    That they are told is noted before the mails go: a mail that is lost is better than two.
    """
    recent = ReleaseSchedule.objects.untold().filter(finished_at__gt=now - _NEWS_FOR)
    told = 0
    for pk in list(recent.values_list("pk", flat=True)):
        claimed = ReleaseSchedule.objects.untold().filter(pk=pk).update(told_at=now)
        failed = ReleaseSchedule.objects.select_related("project", "created_by", "workspace")
        schedule = failed.get(pk=pk)
        for person in publishers.concerned(schedule=schedule) if claimed else ():
            _write_to(person, schedule)
            told += 1
    return told


def _next_due(now: datetime.datetime, waiting: Sequence[UUID]) -> ReleaseSchedule | None:
    """The next schedule that no other run holds; a project's own go in the order of their times."""
    due = ReleaseSchedule.objects.pending().filter(due_at__lte=now)
    sooner = due.filter(project=OuterRef("project"), due_at__lt=OuterRef("due_at"))
    return (
        due.exclude(pk__in=waiting)
        .filter(~Exists(sooner))
        .order_by("due_at", "pk")
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("project", "workspace", "created_by", "api_key")
        .first()
    )


def _carried_out(schedule: ReleaseSchedule, now: datetime.datetime) -> bool:
    """Do what a schedule says; False where it is to be tried again."""
    # Why it failed is read later, by the people of the workspace.
    with translation.override(schedule.workspace.default_language):
        return _finished(schedule, now)


def _finished(schedule: ReleaseSchedule, now: datetime.datetime) -> bool:
    hindrance = publishers.hindrance(schedule=schedule)
    if hindrance is not None:
        _fail(schedule, [hindrance], now)
        return True
    try:
        # As whoever set the time: history names them. Within: what fails is undone by itself.
        with tenancy.owner(reason="release_schedule", user_id=schedule.created_by_id):
            schedule.release = _act(schedule)
    except publishing.PublishError as error:
        _fail(schedule, error.faults, now)
    except StorageAwayError as error:
        if now - schedule.due_at < PATIENCE:
            return False
        _fail(schedule, [Fault("", "storage_away", str(error))], now)
    except OperationalError:
        raise
    except Exception:
        log.exception("release_schedule.broken", schedule_id=str(schedule.pk))
        text = _("Something went wrong here; it was recorded.")
        _fail(schedule, [Fault("", "error", text)], now)
    else:
        _finish(schedule, Status.DONE, now)
        log.info("release_schedule.done", schedule_id=str(schedule.pk))
    return True


def _act(schedule: ReleaseSchedule) -> Release | None:
    if schedule.action == Action.UNPUBLISH:
        publishing.unpublish(project=schedule.project)
        return None
    return publishing.publish(
        project=schedule.project,
        user=schedule.created_by,
        note=schedule.note,
        locales=schedule.locales or None,
    )


def _fail(schedule: ReleaseSchedule, faults: Sequence[Fault], now: datetime.datetime) -> None:
    schedule.release = None
    schedule.faults = [
        {"pointer": fault.pointer, "code": fault.code, "detail": str(fault.detail)}
        for fault in faults
    ]
    _finish(schedule, Status.FAILED, now)
    log.warning("release_schedule.failed", schedule_id=str(schedule.pk), code=faults[0].code)


def _finish(schedule: ReleaseSchedule, status: str, now: datetime.datetime) -> None:
    schedule.transition(status)
    schedule.finished_at = now
    schedule.save(update_fields=["status", "finished_at", "faults", "release", "updated_at"])


def _write_to(person: User, schedule: ReleaseSchedule) -> None:
    zone = ZoneInfo(schedule.workspace.timezone)
    names = {"project": schedule.project.name}
    with translation.override(schedule.workspace.default_language), timezone.override(zone):
        context = {
            "schedule": schedule,
            "zone": schedule.workspace.timezone,
            "url": f"{settings.PUBLIC_OFFICE_URL}{settings.CONSOLE_PATH}"
            f"builder/releaseschedule/{schedule.pk}/change/",
        }
        send_mail(
            subject=_("%(project)s was not published") % names
            if schedule.action == Action.PUBLISH
            else _("%(project)s was not taken down") % names,
            message=render_to_string("builder/schedule_failed.txt", context),
            from_email=None,
            recipient_list=[person.email],
            fail_silently=True,
        )
