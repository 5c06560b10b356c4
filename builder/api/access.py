"""Who reaches a project's records over the API: its workspace's members and its collaborators."""

from typing import Any, ClassVar

from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from accounts.api.base import Records, RolePermission, tenancy_of
from accounts.models import ADMINS, User
from accounts.tenancy.resolution import Tenancy
from builder.models import Project, ProjectCollaborator


class ProjectPermission(RolePermission):
    """Roles in the workspace as everywhere; in a project of another one, the collaborator's."""

    def has_object_permission(self, request: Request, view: Any, obj: Any) -> bool:
        tenancy = tenancy_of(request)
        if request.method in SAFE_METHODS or obj.workspace_id == tenancy.workspace_id:
            return True
        if not getattr(view, "collaborators_write", False):
            return False
        return _edited(tenancy).filter(project_id=view.project_id_of(obj)).exists()


class ProjectField(serializers.PrimaryKeyRelatedField[Any]):
    """A key to a project of the workspace, or to one of another that the person edits."""

    def get_queryset(self) -> models.QuerySet[Any] | None:
        request = self.context.get("request")
        if request is None or not hasattr(request._request, "tenancy"):
            return super().get_queryset()
        tenancy = tenancy_of(request)
        mine = models.Q(workspace_id=tenancy.workspace_id)
        return Project.objects.filter(mine | models.Q(pk__in=_edited(tenancy).values("project_id")))


def _edited(tenancy: Tenancy) -> models.QuerySet[ProjectCollaborator]:
    """The person's invitations to edit a project; none for a program."""
    if tenancy.user_id is None:
        return ProjectCollaborator.objects.none()
    asked = ProjectCollaborator.objects.filter(user_id=tenancy.user_id)
    return asked.filter(role=ProjectCollaborator.Role.EDITOR)


class ProjectRows(Records):
    """Limit a viewset to projects of the workspace and those that the person works on.

    `project_path` is the look-up from the model to its project.
    """

    project_path: ClassVar[str] = "project"
    permission_classes: Any = [ProjectPermission]

    def get_queryset(self) -> models.QuerySet[Any]:
        queryset: models.QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        if getattr(self, "swagger_fake_view", False):
            return queryset.none()
        tenancy = tenancy_of(self.request)
        mine = models.Q(workspace_id=tenancy.workspace_id)
        if tenancy.user_id is not None:
            asked = ProjectCollaborator.objects.filter(user_id=tenancy.user_id)
            mine |= models.Q(**{f"{self.project_path}__in": asked.values("project_id")})
        return queryset.filter(mine)


def person_of(request: Request) -> User:
    """Whoever owns what the request makes: the person, or for a server's key the workspace's owner.

    Raises `ValidationError` where the workspace has no owner left.
    """
    if isinstance(request.user, User):
        return request.user
    owner = User.objects.filter(
        memberships__workspace_id=tenancy_of(request).workspace_id, memberships__role="owner"
    ).order_by("memberships__created_at")
    found: User | None = owner.first()
    if found is None:
        raise serializers.ValidationError("The workspace has no owner to give the project to.")
    return found


def require_remover(request: Request, project: Project) -> None:
    """Let admins and whoever owns the project go on; `PermissionDenied` for everybody else."""
    tenancy = tenancy_of(request)
    if tenancy.role not in ADMINS and tenancy.user_id != project.owner_id:
        raise PermissionDenied
