"""Erasing a person: asked for once, carried out in batches, finished wherever it was broken off.

What is done is kept in the request's row, in the transaction that does it, and each transaction
holds that row. A process killed anywhere leaves a whole number of batches done; the next goes on
behind them, and of two at once one waits for the other.
"""

import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import structlog
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.faults import Fault
from accounts.models import ErasureRequest, Membership, Role, SubjectKind, User, Workspace
from accounts.privacy import archives, batches, receipts
from accounts.privacy.digests import new_token
from accounts.privacy.hints import hint
from accounts.privacy.rules import Rule, plan
from accounts.privacy.subjects import Subject
from accounts.privacy.suppression import suppress

log = structlog.get_logger(__name__)

Status = ErasureRequest.Status
HISTORY: Final = "history"
Tell = Callable[[str, int], None]


class SoleOwnerError(Exception):
    """Workspaces would be left without an owner; `workspaces` names them."""

    def __init__(self, workspaces: list[Workspace]) -> None:
        names = ", ".join(f"{each.name} ({each.slug})" for each in workspaces)
        text = _(
            "Hand over or delete these workspaces first, which would have no owner: %(names)s."
        )
        super().__init__(text % {"names": names})
        self.workspaces = workspaces
        self.faults = [Fault(pointer="", code="sole_owner", detail=str(self))]


def preview(subject: Subject) -> list[tuple[str, str, int]]:
    """What erasing would change: (model label, what is done, rows), nothing of it done.

    Rows that two rules find are counted by both.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for rule in plan(subject.kind):
        label, done = rule.model._meta.label, rule.personal.erasure.value
        counted[label, done] += rule.rows(subject).order_by().count()
    return [(label, done, count) for (label, done), count in counted.items() if count]


@transaction.atomic
def request(*, subject: Subject, requested_by: User | None = None) -> tuple[ErasureRequest, str]:
    """Ask for a person to be erased; the second of the pair shows the receipt to who has it.

    The token is "" where it was asked for already. Raises SoleOwnerError.
    """
    if subject.kind == SubjectKind.USER:
        check_ownership(subject.id)
    token, digest = new_token()
    made, is_new = ErasureRequest.objects.unfinished().get_or_create(
        subject_digest=subject.digest,
        defaults={
            "subject_kind": subject.kind,
            "workspace_id": subject.workspace_id,
            "target": subject.as_json(),
            "requested_by": requested_by,
            "receipt_token_digest": digest,
        },
    )
    if is_new:
        audit.record(
            action="erased",
            subject=f"{subject.kind} {subject.digest[:16]} requested",
            user_id=requested_by.pk if requested_by else None,
            workspace_id=subject.workspace_id,
        )
        hint("erase_people")
    return made, token if is_new else ""


def check_ownership(user_id: uuid.UUID) -> None:
    """Raise SoleOwnerError where the user is the only owner of a workspace.

    Wants a transaction; the owners' rows are held, so that two who ask at once do not each count
    on the other. An owner who is about to be erased is none.
    """
    mine = Membership.objects.filter(user_id=user_id, role=Role.OWNER).values("workspace_id")
    owners = list(
        Membership.objects.select_for_update(of=("self",))
        .filter(workspace__in=mine, role=Role.OWNER)
        .order_by("id")
        .values_list("workspace_id", "user_id")
    )
    others = [owner for _workspace, owner in owners if owner != user_id]
    staying = set(User.objects.filter(pk__in=others, is_active=True).values_list("pk", flat=True))
    leaving = {
        owner
        for owner in staying
        if ErasureRequest.objects.unfinished()
        .filter(subject_digest=Subject(kind=SubjectKind.USER, id=owner).digest)
        .exists()
    }
    kept = {workspace for workspace, owner in owners if owner in staying - leaving}
    alone = {workspace for workspace, _owner in owners} - kept
    if alone:
        raise SoleOwnerError(list(Workspace.objects.filter(pk__in=alone).order_by("name")))


def run(request_id: uuid.UUID, *, wait: bool = False, tell: Tell | None = None) -> ErasureRequest:
    """Carry the request out to its end; returns it as it then is.

    Where another process is at it, this one leaves it to that, or with `wait` takes turns.
    `tell` is called after each batch with the model's label and the batch's rows. An error leaves
    the request `failed` (for `run` to take up again) and is raised; where the database went away
    it stays `running`.
    """
    try:
        while _advance(request_id, wait=wait, tell=tell):
            pass
    except OperationalError:
        raise
    except Exception as error:
        _fail(request_id, error)
        raise
    return ErasureRequest.objects.get(pk=request_id)


def run_due() -> int:
    """Carry out whatever was asked for or left in the middle; how many were completed."""
    completed = 0
    for request_id in ErasureRequest.objects.due().order_by("id").values_list("pk", flat=True):
        try:
            completed += run(request_id).status == Status.COMPLETED
        except Exception:
            log.exception("erasure.failed", request_id=str(request_id))
    return completed


def _advance(request_id: uuid.UUID, *, wait: bool, tell: Tell | None) -> bool:
    """One transaction: a batch, or the end. False when there is nothing more to do here."""
    with transaction.atomic():
        held = ErasureRequest.objects.select_for_update(skip_locked=not wait, of=("self",))
        job = held.filter(pk=request_id).first()
        if job is None or job.status == Status.COMPLETED:
            return False
        subject = Subject.from_json(job.target or {})
        if job.status != Status.RUNNING:
            _begin(job, subject)
            return True
        step = next((each for each in plan(subject.kind) if not _is_done(job, each.key)), None)
        if step is not None:
            _step(job, step, subject, tell)
        elif not _is_done(job, HISTORY):
            _note(job, HISTORY, batches.Batch(changed=batches.leave_history(subject), done=True))
        else:
            return _finish(job, subject)
        job.save(update_fields=["progress", "updated_at"])
        return True


def _begin(job: ErasureRequest, subject: Subject) -> None:
    """From here on the person is let in no more, and not recorded again."""
    if subject.kind == SubjectKind.USER:
        check_ownership(subject.id)
        User.with_deleted.filter(pk=subject.id).update(is_active=False)
    suppress(subject)
    job.transition(Status.RUNNING)
    job.started_at = job.started_at or timezone.now()
    job.error_message = ""
    job.save(update_fields=["status", "started_at", "error_message", "updated_at"])
    log.info("erasure.started", request_id=str(job.pk))


def _step(job: ErasureRequest, rule: Rule, subject: Subject, tell: Tell | None) -> None:
    archives.discard(rule.model, subject)
    after = job.progress.get(rule.key, {}).get("after", "")
    batch = batches.carry_out(rule, subject=subject, after=after)
    _note(job, rule.key, batch)
    if tell is not None:
        tell(rule.model._meta.label, batch.changed.total())


def _note(job: ErasureRequest, key: str, batch: batches.Batch) -> None:
    entry = job.progress.setdefault(key, {"rows": {}, "after": "", "done": False})
    for (label, done), count in batch.changed.items():
        told = f"{label} {done}"
        entry["rows"][told] = entry["rows"].get(told, 0) + count
    entry["after"], entry["done"] = batch.after, batch.done


def _is_done(job: ErasureRequest, key: str) -> bool:
    return bool(job.progress.get(key, {}).get("done"))


def _finish(job: ErasureRequest, subject: Subject) -> bool:
    """Look once more: rows that came in behind a step are done too; else write the receipt."""
    late = [
        rule.key
        for rule in plan(subject.kind)
        if not batches.stays(rule) and rule.rows(subject).exists()
    ]
    if late:
        for key in (*late, HISTORY):
            job.progress[key]["done"] = False
        job.save(update_fields=["progress", "updated_at"])
        return True
    now = timezone.now()
    job.transition(Status.COMPLETED)
    job.completed_at, job.target, job.progress = now, None, {"tables": tables(job)}
    job.receipt = receipts.sign(
        {
            "request": str(job.pk),
            "subject": {"kind": job.subject_kind, "digest": job.subject_digest},
            "requested_at": job.created_at.isoformat(),
            "completed_at": now.isoformat(),
            "tables": job.progress["tables"],
        }
    )
    job.requested_by = None if job.subject_kind == SubjectKind.USER else job.requested_by
    job.save()
    audit.record(
        action="erased",
        subject=f"{subject.kind} {subject.digest[:16]} completed",
        workspace_id=subject.workspace_id,
    )
    log.info("erasure.completed", request_id=str(job.pk))
    return False


def tables(job: ErasureRequest) -> list[dict[str, Any]]:
    """What was done so far, by table: {model, erasure, rows}."""
    total: Counter[str] = Counter()
    for entry in job.progress.values():
        total.update(entry["rows"])
    return [
        {"model": told.split(" ")[0], "erasure": told.split(" ")[1], "rows": count}
        for told, count in sorted(total.items())
    ]


def _fail(request_id: uuid.UUID, error: Exception) -> None:
    """Keep that it failed and by what kind of error; its text may name the person."""
    told = str(error) if isinstance(error, SoleOwnerError) else type(error).__name__
    with transaction.atomic():
        job = ErasureRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
        if job.may_become(Status.FAILED):
            job.transition(Status.FAILED)
            job.error_message = told[:200]
            job.save(update_fields=["status", "error_message", "updated_at"])
    log.warning("erasure.failed", request_id=str(request_id), error=type(error).__name__)
