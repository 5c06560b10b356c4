"""Schedules: publishing, and taking down, at a time to come."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import WorkspaceSerializer, WorkspaceViewSet, tenancy_of
from accounts.models import User
from builder import schedules
from builder.api import examples
from builder.api.faults import refuse
from builder.api.summaries import ProjectSummary
from builder.models import Language, ReleaseSchedule


class ReleaseScheduleSerializer(WorkspaceSerializer):
    locales = serializers.ListField(
        child=serializers.ChoiceField(choices=Language.choices),
        required=False,
        default=list,
        max_length=len(Language),
        help_text="Which languages are published; empty: all of the project.",
    )
    timezone = serializers.CharField(
        source="workspace.timezone", read_only=True, help_text="The workspace's time zone."
    )

    class Meta:
        model = ReleaseSchedule
        fields = [
            "id", "project", "action", "locales", "due_at", "timezone", "status", "note",
            "created_by", "api_key", "finished_at", "release", "faults", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [
            "status", "created_by", "api_key", "finished_at", "release", "faults",
        ]  # fmt: skip

    def create(self, validated_data: dict[str, Any]) -> ReleaseSchedule:
        request = self.context["request"]
        user = request.user if isinstance(request.user, User) else None
        try:
            return schedules.schedule(
                project=validated_data["project"],
                action=validated_data.get("action", ReleaseSchedule.Action.PUBLISH),
                due_at=validated_data["due_at"],
                user=user,
                key_id=None if user else tenancy_of(request).key_id,
                now=timezone.now(),
                note=validated_data.get("note", ""),
                languages=validated_data["locales"],
            )
        except schedules.ScheduleError as error:
            refuse(error.faults)
            raise  # refuse() has raised, since an error has faults


@examples.shown_by(create=examples.SCHEDULE)
class ReleaseScheduleViewSet(WorkspaceViewSet):
    """When projects go live, or are taken down. A schedule is made or called off, never changed.

    Whoever made it must still be allowed to publish when it falls due, and the project must
    neither be archived nor in the bin: otherwise it fails, and `faults` says why.
    """

    queryset = ReleaseSchedule.objects.select_related("workspace").order_by("-id")
    serializer_class = ReleaseScheduleSerializer
    filterset_fields = ["project", "action", "status"]
    search_fields = ["note"]
    expandable = {"project": ProjectSummary}
    http_method_names = ["get", "post", "head", "options"]

    @extend_schema(request=None, responses=ReleaseScheduleSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, **kwargs: Any) -> Response:
        """Call it off; what has been carried out, or has failed, stays as it is (409)."""
        schedule = schedules.cancel(schedule=self.get_object(), now=timezone.now())
        return Response(self.get_serializer(schedule).data)
