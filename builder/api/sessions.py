"""Sessions of the builder: each person's own."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.addresses import client_address
from accounts.api.base import WorkspaceSerializer, WorkspaceViewSet, workspace_id_of
from accounts.models import User
from builder import sessions
from builder.api.faults import refuse
from builder.api.figures import DAYS, SessionAnalyticsSerializer, days_of
from builder.api.summaries import ProjectSummary
from builder.models import BuilderSession
from builder.session_figures import get_session_analytics


class BuilderSessionSerializer(WorkspaceSerializer):
    class Meta:
        model = BuilderSession
        fields = [
            "id", "user", "project", "session_token", "status", "current_step", "step_data",
            "progress", "metadata", "started_at", "ended_at", "duration", "ip_address",
            "user_agent", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [
            "user", "session_token", "status", "started_at", "ended_at", "duration", "ip_address",
            "user_agent",
        ]  # fmt: skip

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        refuse(sessions.progress_faults(attributes.get("progress", {})))
        return attributes

    def create(self, validated_data: dict[str, Any]) -> BuilderSession:
        request = self.context["request"]
        workspace_id = validated_data.pop("workspace_id")
        validated_data.pop("user_id")
        return sessions.create(
            user=request.user,
            workspace_id=workspace_id,
            ip_address=client_address(request._request) or None,
            user_agent=request.headers.get("User-Agent", ""),
            **validated_data,
        )

    def update(self, instance: BuilderSession, validated_data: dict[str, Any]) -> BuilderSession:
        return sessions.update_progress(session=instance, changes=validated_data)


class TokenSerializer(serializers.Serializer[BuilderSession]):
    session_token = serializers.CharField(max_length=64)


BEGIN = OpenApiExample(
    "Begin with the map of pages",
    value={"current_step": "sitemap-generation", "metadata": {"entry": "template"}},
    request_only=True,
)
MOVE_ON = OpenApiExample(
    "A quarter is done",
    value={
        "current_step": "wireframe-design",
        "progress": {"completed": 25, "total": 100},
        "step_data": {"page": "home"},
    },
    request_only=True,
)
BY_TOKEN = OpenApiExample("A token", value={"session_token": "3q2-7wAA…"}, request_only=True)


class BuilderSessionViewSet(WorkspaceViewSet):
    """The person's own sessions of the builder; nobody else's, whatever the role."""

    queryset = BuilderSession.objects.order_by("-id")
    serializer_class = BuilderSessionSerializer
    own_rows = True
    seers = frozenset[str]()
    filterset_fields = ["status", "project"]
    expandable = {"project": ProjectSummary}

    @extend_schema(examples=[BEGIN])
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Begin a session; its token is made here."""
        return super().create(request, *args, **kwargs)

    @extend_schema(examples=[MOVE_ON])
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say where the session stands; one that has ended is not changed."""
        return super().partial_update(request, *args, **kwargs)

    @extend_schema(request=TokenSerializer, responses=BuilderSessionSerializer, examples=[BY_TOKEN])
    @action(detail=False, methods=["post"], url_path="by-token")
    def by_token(self, request: Request, **kwargs: Any) -> Response:
        """Find the session of a token, which stands in no address and no log."""
        form = TokenSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        session = sessions.get_by_token(token=form.validated_data["session_token"])
        if session is None or not self.get_queryset().filter(pk=session.pk).exists():
            raise NotFound
        return Response(self.get_serializer(session).data)

    @extend_schema(parameters=[DAYS], responses=SessionAnalyticsSerializer)
    @action(detail=False, methods=["get"], filter_backends=[], pagination_class=None)
    def analytics(self, request: Request, **kwargs: Any) -> Response:
        """What one's own sessions of the last days come to."""
        if not isinstance(request.user, User):
            raise PermissionDenied
        found = get_session_analytics(
            user=request.user,
            workspace_id=workspace_id_of(request),
            days=days_of(request),
            now=timezone.now(),
        )
        return Response(SessionAnalyticsSerializer(found).data)

    @extend_schema(request=None, responses=BuilderSessionSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, **kwargs: Any) -> Response:
        """Set the session aside."""
        return self._move(sessions.pause)

    @extend_schema(request=None, responses=BuilderSessionSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, **kwargs: Any) -> Response:
        """Take a paused session up again."""
        return self._move(sessions.resume)

    @extend_schema(request=None, responses=BuilderSessionSerializer)
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, **kwargs: Any) -> Response:
        """End the session, its work done."""
        return self._move(sessions.complete, now=timezone.now())

    @extend_schema(request=None, responses=BuilderSessionSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, **kwargs: Any) -> Response:
        """End the session, its work given up."""
        return self._move(sessions.cancel, now=timezone.now())

    def _move(self, move: Callable[..., BuilderSession], **more: Any) -> Response:
        session = move(session=self.get_object(), **more)
        return Response(self.get_serializer(session).data)
