"""What every endpoint of a workspace's records stands on."""

from typing import Any

from django.db import models
from rest_framework import serializers, viewsets

from accounts.api.permissions import RolePermission, tenancy_of, workspace_id_of
from accounts.models import TenantForeignKey

__all__ = [
    "ReadOnlyWorkspaceViewSet",
    "RolePermission",
    "WorkspaceQueryset",
    "WorkspaceRelatedField",
    "WorkspaceSerializer",
    "WorkspaceViewSet",
    "tenancy_of",
    "workspace_id_of",
]


class WorkspaceQueryset:
    """Limit a viewset to the request's workspace, on top of the row security beneath it."""

    request: Any

    def get_queryset(self) -> models.QuerySet[Any]:
        queryset: models.QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        if getattr(self, "swagger_fake_view", False):
            return queryset.none()
        mine = models.Q(workspace_id=workspace_id_of(self.request))
        if queryset.model._meta.get_field("workspace").null:
            mine |= models.Q(workspace_id__isnull=True)
        return queryset.filter(mine)


class WorkspaceViewSet(WorkspaceQueryset, viewsets.ModelViewSet[Any]):
    permission_classes = [RolePermission]
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        serializer.save(workspace_id=workspace_id_of(self.request))


class ReadOnlyWorkspaceViewSet(WorkspaceQueryset, viewsets.ReadOnlyModelViewSet[Any]):
    permission_classes = [RolePermission]


class WorkspaceRelatedField(serializers.PrimaryKeyRelatedField[Any]):
    """A key to another record, which must be of the request's workspace (or the platform's)."""

    def get_queryset(self) -> models.QuerySet[Any] | None:
        queryset: models.QuerySet[Any] | None = super().get_queryset()
        request = self.context.get("request")
        if queryset is None or request is None or not hasattr(request._request, "tenancy"):
            return queryset
        mine = models.Q(workspace_id=workspace_id_of(request))
        if queryset.model._meta.get_field("workspace").null:
            mine |= models.Q(workspace_id__isnull=True)
        return queryset.filter(mine)


class WorkspaceSerializer(serializers.ModelSerializer[Any]):
    """A model serializer whose keys to other records stay within the workspace."""

    def build_relational_field(self, field_name: str, relation_info: Any) -> tuple[Any, Any]:
        field_class, kwargs = super().build_relational_field(field_name, relation_info)
        if isinstance(relation_info.model_field, TenantForeignKey):
            field_class = WorkspaceRelatedField
        return field_class, kwargs
