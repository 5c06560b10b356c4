"""Who may publish a project: asked again when a schedule falls due, long after it was made."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.faults import Fault
from accounts.models import EDITORS, Membership, Role, User
from builder.models import Project, ProjectCollaborator, ReleaseSchedule


def may_publish(*, person: User, project: Project) -> bool:
    """Whether somebody could publish the project themselves at this moment."""
    return _publishers(project).filter(pk=person.pk).exists()


def hindrance(*, schedule: ReleaseSchedule) -> Fault | None:
    """Why a schedule is not to be carried out, whatever the project's pages are; None if it is."""
    project = schedule.project
    if project.trashed_at is not None:
        return Fault("/project", "in_bin", _("The project is in the bin."))
    if project.status == Project.Status.ARCHIVED:
        return Fault("/project", "archived", _("The project is archived: its site is closed."))
    if schedule.api_key is not None:
        text = _("The key that set this time has been revoked.")
        return Fault("/api_key", "key_revoked", text) if schedule.api_key.revoked_at else None
    return _hindrance_of(schedule.created_by, project)


def concerned(*, schedule: ReleaseSchedule) -> list[User]:
    """Who is told that a schedule failed: its maker, as long as they see the project.

    Where the maker cannot mend it (any more), so are those who can: the project's owner, or else
    the owners of the workspace.
    """
    project, maker = schedule.project, schedule.created_by
    told = list(_seers(project).filter(pk=maker.pk)) if maker else []
    if not any(may_publish(person=person, project=project) for person in told):
        publishers = _publishers(project)
        owners = list(publishers.filter(pk=project.owner_id)) or list(
            publishers.filter(
                memberships__workspace_id=project.workspace_id, memberships__role=Role.OWNER
            )
        )
        told += [person for person in owners if person not in told]
    return [person for person in told if person.email]


def _hindrance_of(maker: User | None, project: Project) -> Fault | None:
    if maker is None:
        return Fault("/created_by", "maker_gone", _("Whoever set this time is no longer here."))
    if may_publish(person=maker, project=project):
        return None
    if not maker.is_active:
        text = _("The account of whoever set this time is suspended.")
        return Fault("/created_by", "maker_suspended", text)
    if not maker.memberships.filter(workspace_id=project.workspace_id).exists():
        text = _("Whoever set this time has left the workspace.")
        return Fault("/created_by", "maker_left", text)
    text = _("Whoever set this time may no longer publish: their role is another now.")
    return Fault("/created_by", "maker_may_not_publish", text)


def _publishers(project: Project) -> QuerySet[User]:
    """Editors of the workspace and above, and the platform's superusers."""
    return _active(Q(pk__in=_members(project, EDITORS)) | Q(is_superuser=True))


def _seers(project: Project) -> QuerySet[User]:
    asked = ProjectCollaborator.objects.filter(project=project).values("user_id")
    members = Q(pk__in=_members(project, Role.values))
    return _active(members | Q(pk__in=asked) | Q(is_superuser=True))


def _members(project: Project, roles: Iterable[str]) -> QuerySet[Membership, Any]:
    found = Membership.objects.filter(workspace_id=project.workspace_id, role__in=list(roles))
    return found.values("user_id")


def _active(people: Q) -> QuerySet[User]:
    found: QuerySet[User] = User.objects.filter(people, is_active=True)
    return found.order_by("pk")
