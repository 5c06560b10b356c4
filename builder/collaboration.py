"""Who works on a project beside its workspace's members."""

import datetime
import uuid
from dataclasses import dataclass

import structlog
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.faults import Fault
from accounts.models import User
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


def find_person(*, email: str = "", user_id: uuid.UUID | None = None) -> uuid.UUID:
    """Whose account an address is, or a colleague's id. Raises `CollaboratorError` for nobody.

    An address is asked for by the workspace's admins only, who invite that person by it; an id
    alone finds nobody but colleagues, so that it tells no stranger's name.
    """
    if user_id is not None:
        if User.objects.filter(pk=user_id).exists():
            return user_id
        text = _("Nobody in your workspaces has this id; use the e-mail address.")
        raise CollaboratorError(pointer="/user", code="unknown_user", detail=text)
    with connection.cursor() as cursor:
        cursor.execute("select builder_find_person(%s)", [email.strip()])
        found: uuid.UUID | None = cursor.fetchone()[0]
    if found is None:
        text = _("Nobody has an account with this address yet.")
        raise CollaboratorError(pointer="/email", code="no_account", detail=text)
    return found


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
        text = _("This person works on the project already; change their role instead.")
        raise CollaboratorError(pointer="/user", code="already_there", detail=text)
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
