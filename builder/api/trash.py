"""The bin over the API: what was deleted, restoring it, deleting it for good."""

import datetime
from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.actions import list_records
from accounts.api.base import RolePermission, WorkspaceQueryset, WorkspaceSerializer
from accounts.models import User
from builder import trash
from builder.api.access import require_remover
from builder.api.projects import ProjectSerializer
from builder.models import BinnedProject


class BinnedProjectSerializer(WorkspaceSerializer):
    goes_at = serializers.SerializerMethodField(help_text="When it is deleted for good.")

    class Meta:
        model = BinnedProject
        fields = [
            "id", "name", "slug", "owner", "trashed_at", "trashed_by", "trashed_status", "goes_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_goes_at(self, project: BinnedProject) -> datetime.datetime:
        return trash.goes_at(project)


class BinViewSet(
    WorkspaceQueryset,
    mixins.RetrieveModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[BinnedProject],
):
    """Projects that were deleted, until they are for good. Admins and a project's owner act."""

    queryset = BinnedProject.objects.order_by("-id")
    serializer_class = BinnedProjectSerializer
    permission_classes = [RolePermission]
    fast_list = False
    filterset_fields = ["owner", "trashed_by", "slug"]
    search_fields = ["name", "slug"]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What is asked here is asked with the bin open."""
        with trash.opened():
            return super().dispatch(request, *args, **kwargs)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the bin, the newest project first."""
        return list_records(self, request)

    def perform_destroy(self, instance: BinnedProject) -> None:
        """Delete a project for good, with all that came of it."""
        require_remover(self.request, instance)
        trash.remove(project=instance)

    @extend_schema(request=None, responses={status.HTTP_200_OK: ProjectSerializer})
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Take the project out of the bin as it was, its site live again if it was."""
        project = self.get_object()
        require_remover(request, project)
        by = request.user if isinstance(request.user, User) else None
        restored = trash.restore(project=project, by=by)
        return Response(ProjectSerializer(restored, context=self.get_serializer_context()).data)
