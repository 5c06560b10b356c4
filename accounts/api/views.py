"""What belongs to a workspace: itself, its members, keys, credentials, audit trail and quotas."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import generics, mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts import credentials, invitations, memberships, quotas, workspaces
from accounts.api.base import (
    MEMBERS,
    ReadOnlyWorkspaceViewSet,
    Records,
    RolePermission,
    WorkspaceQueryset,
    WorkspaceViewSet,
    tenancy_of,
    workspace_id_of,
)
from accounts.api.permissions import PersonOnly
from accounts.api.serializers import (
    ApiKeySerializer,
    AuditEntrySerializer,
    CredentialSerializer,
    InvitationSerializer,
    MembershipSerializer,
    QuotaSerializer,
    WorkspaceDetailSerializer,
)
from accounts.keys import issue_key, revoke_key
from accounts.models import (
    ADMINS,
    ApiKey,
    AuditEntry,
    Credential,
    Invitation,
    Membership,
    Role,
    User,
    Workspace,
)


def person_of(request: Request) -> User | None:
    """The person who asks; None for a server's key."""
    return request.user if isinstance(request.user, User) else None


class CurrentWorkspaceViewSet(
    Records,
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


@extend_schema_view(
    partial_update=extend_schema(
        examples=[OpenApiExample("Make an analyst", value={"role": "analyst"}, request_only=True)]
    )
)
class MembershipViewSet(
    WorkspaceQueryset,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[Membership],
):
    """Who belongs to the workspace, and as what. The last owner can neither go nor become less."""

    queryset = Membership.objects.select_related("user").order_by("-id")
    serializer_class = MembershipSerializer
    permission_classes = [RolePermission]
    writers = ADMINS
    filterset_fields = ["role", "user"]

    @extend_schema(
        request=InvitationSerializer,
        responses={201: InvitationSerializer},
        examples=[
            OpenApiExample(
                "Invite an editor",
                value={"email": "reem@example.com", "role": "editor"},
                request_only=True,
            )
        ],
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Invite somebody by e-mail; who accepts, with that address confirmed, is a member."""
        form = InvitationSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        self._owners_are_the_owners(form.validated_data.get("role", ""))
        invitation = invitations.invite(
            workspace=Workspace.objects.get(pk=workspace_id_of(request)),
            email=form.validated_data["email"],
            role=form.validated_data.get("role", Role.EDITOR),
            by=person_of(request),
        )
        answer = InvitationSerializer(invitation, context=self.get_serializer_context())
        return Response(answer.data, status.HTTP_201_CREATED)

    @extend_schema(request=MembershipSerializer, responses=MembershipSerializer)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a member's role."""
        membership = self.get_object()
        form = self.get_serializer(membership, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        role = form.validated_data.get("role", membership.role)
        if role != membership.role:
            self._owners_are_the_owners(role, membership.role)
        memberships.change_role(membership=membership, role=role)
        return Response(self.get_serializer(membership).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Let a member go; what they made stays the workspace's."""
        membership = self.get_object()
        self._owners_are_the_owners(membership.role)
        memberships.remove(membership=membership)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _owners_are_the_owners(self, *roles: str) -> None:
        """An admin neither makes an owner nor touches one."""
        if Role.OWNER in roles and tenancy_of(self.request).role != Role.OWNER:
            raise PermissionDenied(_("Only an owner makes or changes an owner."))


class InvitationViewSet(
    WorkspaceQueryset,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Invitation],
):
    """Invitations of the workspace. To delete one takes it back."""

    queryset = Invitation.objects.order_by("-id")
    serializer_class = InvitationSerializer
    permission_classes = [RolePermission]
    readers = ADMINS
    writers = ADMINS
    filterset_fields = ["role", "email", "guest_of"]


CREDENTIAL = OpenApiExample(
    "A key of OpenAI",
    value={"kind": "openai", "name": "default", "secret": "sk-…"},
    request_only=True,
)


@extend_schema_view(
    create=extend_schema(examples=[CREDENTIAL]),
    partial_update=extend_schema(
        examples=[OpenApiExample("Replace it", value={"secret": "sk-…"}, request_only=True)]
    ),
)
class CredentialViewSet(WorkspaceViewSet):
    """The workspace's secrets with others. They are written, replaced and used, never shown."""

    queryset = Credential.objects.order_by("-id")
    serializer_class = CredentialSerializer
    readers = ADMINS
    writers = ADMINS
    filterset_fields = ["kind", "name"]

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        workspace = Workspace.objects.get(pk=workspace_id_of(self.request))
        serializer.save(workspace=workspace, by=person_of(self.request))

    def perform_destroy(self, instance: Credential) -> None:
        credentials.remove(credential=instance)


class AuditEntryViewSet(ReadOnlyWorkspaceViewSet):
    """What was done in the workspace past the usual limits, and by whom."""

    queryset = AuditEntry.objects.order_by("-id")
    serializer_class = AuditEntrySerializer
    readers = ADMINS
    filterset_fields = {
        "action": ["exact"],
        "user": ["exact"],
        "key": ["exact"],
        "at": ["gte", "lt"],
    }


class QuotaViewSet(viewsets.GenericViewSet[Any]):
    """How the workspace stands against its tier's quotas."""

    serializer_class = QuotaSerializer
    permission_classes = [RolePermission]
    pagination_class = None
    filter_backends = ()

    @extend_schema(responses=QuotaSerializer(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        standings = quotas.standings(
            workspace_id=workspace_id_of(request), tier=tenancy_of(request).tier
        )
        return Response(self.get_serializer(standings, many=True).data)


@extend_schema_view(
    create=extend_schema(
        examples=[
            OpenApiExample(
                "A key of one's own",
                value={"name": "My notebook", "kind": "personal"},
                request_only=True,
            )
        ]
    )
)
class ApiKeyViewSet(
    WorkspaceQueryset,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[ApiKey],
):
    """The workspace's keys. The secret is in the answer to a key's creation, and nowhere else.

    Every member makes and revokes personal keys of their own; admins all of them.
    """

    queryset = ApiKey.objects.order_by("-id")
    serializer_class = ApiKeySerializer
    permission_classes = [RolePermission]
    writers = MEMBERS
    fast_list = False
    filterset_fields = ["kind", "user"]

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        wanted = form.validated_data
        personal = wanted["kind"] == ApiKey.Kind.PERSONAL
        self._only_own(personal)
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
        self._only_own(key.user_id is not None and key.user_id == tenancy_of(request).user_id)
        revoke_key(key=key)
        return Response(self.get_serializer(key).data)

    def _only_own(self, own: bool) -> None:
        """Who is no admin has to do with keys of their own only."""
        if not own and tenancy_of(self.request).role not in ADMINS:
            raise PermissionDenied(_("Only admins make and revoke keys that are not their own."))


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
