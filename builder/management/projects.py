"""How commands find the project or the workspace that somebody names."""

import contextlib
import uuid

from django.core.management.base import CommandError
from django.db.models import Q

from accounts.models import User, Workspace
from builder.models import Project


def find_project(named: str, *, workspace: str = "") -> Project:
    """The project by slug or id; `workspace` is a slug, for where two have such a project.

    Raises CommandError.
    """
    wanted = Q(slug=named)
    with contextlib.suppress(ValueError):
        wanted |= Q(pk=uuid.UUID(named))
    found = Project.objects.filter(wanted).select_related("workspace", "template").order_by("id")
    if workspace:
        found = found.filter(workspace__slug=workspace)
    first, *others = list[Project | None](found[:2]) or [None]
    if first is None:
        raise CommandError(f"There is no project {named}.")
    if others:
        raise CommandError(f"Several workspaces have a project {named}: say --workspace SLUG.")
    return first


def find_workspace(slug: str) -> Workspace:
    """Raises CommandError."""
    workspace = Workspace.objects.filter(slug=slug).first()
    if workspace is None:
        raise CommandError(f"There is no workspace {slug}.")
    return workspace


def find_owner(workspace: Workspace, email: str) -> User:
    """Who is to own a project: a member, or without a name the workspace's first owner.

    Raises CommandError.
    """
    members = User.objects.filter(memberships__workspace=workspace)
    if email:
        member: User | None = members.filter(email=email.strip().lower()).first()
        if member is None:
            raise CommandError(f"{email} is no member of {workspace.slug}.")
        return member
    owners = members.filter(memberships__role="owner").order_by("memberships__created_at")
    owner: User | None = owners.first()
    if owner is None:
        raise CommandError(f"{workspace.slug} has no owner: say --owner EMAIL.")
    return owner
