"""Who works on a project beside its workspace's members."""

import datetime
import uuid
from dataclasses import dataclass

import structlog
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import invitations
from accounts.faults import Fault
from accounts.models import Invitation, User
from builder.models import Project, ProjectCollaborator

log = structlog.get_logger(__name__)


class CollaboratorError(Exception):
    """Nobody can be added like this; `faults` say why."""

    def __init__(self, *, pointer: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.faults = [Fault(pointer=pointer, code=code, detail=detail)]


@dataclass(frozen=True)
class Collaborator:
    """Somebody who works on a project, as those see them who see the project."""

    user: uuid.UUID
    email: str
    name: str
    role: str
    created_at: datetime.datetime


def of_project(*, project: Project) -> list[Collaborator]:
    """The project's collaborators, oldest first; a guest from elsewhere finds themselves only."""
    with connection.cursor() as cursor:
        cursor.execute("select * from builder_collaborators(%s)", [project.pk])
        return [Collaborator(*row) for row in cursor.fetchall()]


def ask(
    *,
    project: Project,
    role: str,
    email: str = "",
    user_id: uuid.UUID | None = None,
    by: User | None = None,
) -> Invitation | None:
    """Have somebody work on a project: a colleague at once, by address or id; None then.

    Any other address gets an invitation, whether it has an account or not: the answer tells
    nothing of that, and the guest is seen here when they have accepted. Raises `CollaboratorError`
    for a stranger's id and for somebody who works on the project already, `InvitationError`.
    """
    colleagues = User.objects.filter(memberships__workspace_id=project.workspace_id)
    known = Q(pk=user_id) if user_id is not None else Q(email=email.strip().lower())
    colleague = colleagues.filter(known).values_list("pk", flat=True).first()
    if colleague is not None:
        add(project=project, user_id=colleague, role=role)
        return None
    if user_id is not None:
        text = _("Nobody in this workspace has this id; use the e-mail address.")
        raise CollaboratorError(pointer="/user", code="unknown_user", detail=text)
    if email.strip().lower() in {one.email for one in of_project(project=project)}:
        raise _there_already("/email")
    return invitations.invite_guest(
        workspace=project.workspace,
        email=email,
        role=role,
        project_id=project.pk,
        project=project.name,
        by=by,
    )


def welcome(*, project_id: uuid.UUID, user_id: uuid.UUID, role: str) -> None:
    """Let a guest work on the project that they were invited to (the setting INVITED_GUEST)."""
    project = Project.objects.get(pk=project_id)
    ProjectCollaborator.objects.update_or_create(
        workspace_id=project.workspace_id,
        project=project,
        user_id=user_id,
        defaults={"role": role},
    )
    log.info("collaborator.added", project_id=str(project_id), user_id=str(user_id))


def add(*, project: Project, user_id: uuid.UUID, role: str) -> None:
    """Let somebody work on a project. Raises `CollaboratorError` for one who does already."""
    with transaction.atomic():
        _row, made = ProjectCollaborator.objects.get_or_create(
            workspace_id=project.workspace_id,
            project=project,
            user_id=user_id,
            defaults={"role": role},
        )
    if not made:
        raise _there_already("/user")
    log.info("collaborator.added", project_id=str(project.pk), user_id=str(user_id))


def change_role(*, project: Project, user_id: uuid.UUID, role: str) -> bool:
    """Give a collaborator another role; False where there is none to be changed."""
    found = ProjectCollaborator.objects.filter(project=project, user_id=user_id)
    return bool(found.update(role=role))


def remove(*, project: Project, user_id: uuid.UUID) -> bool:
    """Let somebody no longer work on a project; False where nobody was removed."""
    removed, _models = ProjectCollaborator.objects.filter(project=project, user_id=user_id).delete()
    if removed:
        log.info("collaborator.removed", project_id=str(project.pk), user_id=str(user_id))
    return bool(removed)


def _there_already(pointer: str) -> CollaboratorError:
    text = _("This person works on the project already; change their role instead.")
    return CollaboratorError(pointer=pointer, code="already_there", detail=text)
