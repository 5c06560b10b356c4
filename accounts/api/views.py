from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import generics, mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import workspaces
from accounts.api.base import (
    ReadOnlyWorkspaceViewSet,
    RolePermission,
    WorkspaceQueryset,
    workspace_id_of,
)
from accounts.api.permissions import PersonOnly
from accounts.api.serializers import (
    ApiKeySerializer,
    MembershipSerializer,
    MeSerializer,
    WorkspaceDetailSerializer,
)
from accounts.keys import issue_key, revoke_key
from accounts.models import ADMINS, ApiKey, Membership, User, Workspace


class MeView(generics.RetrieveUpdateAPIView[User]):
    """The signed-in person."""

    serializer_class = MeSerializer
    permission_classes = [PersonOnly]
    http_method_names = ["get", "patch", "head", "options"]
    without_workspace = True

    def get_object(self) -> User:
        user: User = self.request.user  # type: ignore[assignment]
        return user


class WorkspaceViewSet(
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[Workspace],
):
    """The workspace that the request is about."""

    queryset = Workspace.objects.order_by("-id")
    serializer_class = WorkspaceDetailSerializer
    permission_classes = [RolePermission]
    writers = ADMINS
    http_method_names = ["get", "patch", "head", "options"]

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return super().get_queryset().none()
        return super().get_queryset().filter(pk=workspace_id_of(self.request))


class MembershipViewSet(ReadOnlyWorkspaceViewSet):
    """Who belongs to the workspace, and as what."""

    queryset = Membership.objects.select_related("user").order_by("-id")
    serializer_class = MembershipSerializer
    filterset_fields = ["role"]


class ApiKeyViewSet(
    WorkspaceQueryset,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[ApiKey],
):
    """The workspace's keys. The secret is in the answer to a key's creation, and nowhere else."""

    queryset = ApiKey.objects.order_by("-id")
    serializer_class = ApiKeySerializer
    permission_classes = [RolePermission]
    writers = ADMINS
    filterset_fields = ["kind"]

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        wanted = form.validated_data
        personal = wanted["kind"] == ApiKey.Kind.PERSONAL
        key, secret = issue_key(
            workspace=Workspace.objects.get(pk=workspace_id_of(request)),
            kind=wanted["kind"],
            name=wanted["name"],
            user=request.user if personal else None,  # type: ignore[arg-type]
            scopes=wanted.get("scopes", ()),
        )
        context = {**self.get_serializer_context(), "secret": secret}
        # The secret is not to be kept anywhere, neither by caches nor for retries.
        return Response(
            ApiKeySerializer(key, context=context).data,
            status.HTTP_201_CREATED,
            headers={"Cache-Control": "no-store"},
        )

    @extend_schema(request=None, responses=ApiKeySerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, **kwargs: Any) -> Response:
        key = self.get_object()
        revoke_key(key=key)
        return Response(self.get_serializer(key).data)


class NewWorkspaceView(generics.CreateAPIView[Workspace]):
    """Make a workspace; whoever makes it owns it."""

    serializer_class = WorkspaceDetailSerializer
    permission_classes = [PersonOnly]
    without_workspace = True

    def perform_create(self, serializer: Any) -> None:
        serializer.instance = workspaces.create(
            owner=self.request.user,  # type: ignore[arg-type]
            **serializer.validated_data,
        )
