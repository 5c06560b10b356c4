"""Who works on a project: `projects/{id}/collaborators/`."""

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import tenancy_of
from accounts.api.serializers import InvitationSerializer
from accounts.api.views import person_of
from accounts.models import ADMINS
from builder import collaboration
from builder.models import Project, ProjectCollaborator

PERSON = r"collaborators/(?P<user>[0-9a-fA-F-]{36})"


class CollaboratorSerializer(serializers.Serializer[Any]):
    user = serializers.UUIDField()
    email = serializers.CharField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=ProjectCollaborator.Role.choices)
    created_at = serializers.DateTimeField()


class NewCollaboratorSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField(
        required=False, default="", help_text="A colleague's, or of somebody to be invited."
    )
    user = serializers.UUIDField(required=False, default=None, help_text="Or a colleague's id.")
    role = serializers.ChoiceField(
        choices=ProjectCollaborator.Role.choices, default=ProjectCollaborator.Role.VIEWER
    )

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        if bool(attributes["email"]) == bool(attributes["user"]):
            raise serializers.ValidationError("Name one person: by `email` or by `user`.")
        return attributes


class RoleSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=ProjectCollaborator.Role.choices)


BY_EMAIL = OpenApiExample(
    "By address", value={"email": "noura@example.com", "role": "editor"}, request_only=True
)
TO_VIEWER = OpenApiExample("Look only", value={"role": "viewer"}, request_only=True)


class Collaborators:
    """The actions of a project's viewset that are about its collaborators."""

    request: Any
    get_object: Any

    @extend_schema(methods=["get"], responses=CollaboratorSerializer(many=True), filters=False)
    @extend_schema(
        methods=["post"],
        request=NewCollaboratorSerializer,
        responses={
            201: OpenApiResponse(CollaboratorSerializer(many=True), description="A colleague."),
            202: OpenApiResponse(
                InvitationSerializer,
                description="Somebody else, who is there when they have accepted.",
            ),
        },
        examples=[BY_EMAIL],
    )
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def collaborators(self, request: Request, **kwargs: Any) -> Response:
        """Who works on the project beside the workspace's members; its admins add somebody.

        A colleague is added at once. Whoever else has the address is invited by mail, with an
        account or without.
        """
        project: Project = self.get_object()
        if request.method == "GET":
            return self._listed(project)
        self._admins_only(project)
        form = NewCollaboratorSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        invitation = collaboration.ask(
            project=project,
            role=asked["role"],
            email=asked["email"],
            user_id=asked["user"],
            by=person_of(request),
        )
        if invitation is None:
            return self._listed(project, status.HTTP_201_CREATED)
        return Response(InvitationSerializer(invitation).data, status.HTTP_202_ACCEPTED)

    @extend_schema(
        methods=["patch"], request=RoleSerializer, responses=CollaboratorSerializer(many=True),
        examples=[TO_VIEWER],
    )  # fmt: skip
    @extend_schema(methods=["delete"], request=None, responses={204: None})
    @action(
        detail=True, methods=["patch", "delete"], url_path=PERSON, url_name="collaborator",
        pagination_class=None, filter_backends=[],
    )  # fmt: skip
    def collaborator(self, request: Request, user: str, **kwargs: Any) -> Response:
        """Give a collaborator another role, or let them no longer work on the project."""
        project: Project = self.get_object()
        self._admins_only(project)
        person = _key(user)
        if request.method == "DELETE":
            if not collaboration.remove(project=project, user_id=person):
                raise NotFound
            return Response(status=status.HTTP_204_NO_CONTENT)
        form = RoleSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        role = form.validated_data["role"]
        if not collaboration.change_role(project=project, user_id=person, role=role):
            raise NotFound
        return self._listed(project)

    def _listed(self, project: Project, code: int = status.HTTP_200_OK) -> Response:
        found = collaboration.of_project(project=project)
        return Response(CollaboratorSerializer(found, many=True).data, code)

    def _admins_only(self, project: Project) -> None:
        tenancy = tenancy_of(self.request)
        if tenancy.role not in ADMINS or tenancy.workspace_id != project.workspace_id:
            raise PermissionDenied


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise NotFound from error
