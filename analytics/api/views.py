import zoneinfo

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.base import ReadOnlyWorkspaceViewSet, RolePermission, workspace_id_of
from accounts.models import Workspace
from analytics.api.serializers import FunnelQuerySerializer, FunnelSerializer, TrafficSerializer
from analytics.funnel import day_range, visit_to_lead
from analytics.models import TrafficRollup


class TrafficFilter(filters.FilterSet):
    start = filters.IsoDateTimeFilter(field_name="bucket_start", lookup_expr="gte")
    end = filters.IsoDateTimeFilter(field_name="bucket_start", lookup_expr="lt")

    class Meta:
        model = TrafficRollup
        fields = ["project", "granularity"]


class TrafficViewSet(ReadOnlyWorkspaceViewSet):
    """Visits, visitors, page views, submissions and leads of each site by hour and by day."""

    queryset = TrafficRollup.objects.order_by("-id")
    serializer_class = TrafficSerializer
    filterset_class = TrafficFilter


class FunnelView(APIView):
    """How many visits led to a form, and how many forms to a lead."""

    permission_classes = [RolePermission]

    @extend_schema(
        operation_id="funnel_retrieve",
        parameters=[FunnelQuerySerializer],
        responses=FunnelSerializer,
    )
    def get(self, request: Request) -> Response:
        query = FunnelQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        workspace = Workspace.objects.get(pk=workspace_id_of(request))
        start, end = day_range(
            now=timezone.now(),
            days=query.validated_data["days"],
            zone=zoneinfo.ZoneInfo(workspace.timezone),
        )
        traffic = TrafficRollup.objects.days().filter(workspace=workspace).between(start, end)
        if project := query.validated_data.get("project"):
            traffic = traffic.of_project(project)
        body = {"start": start, "end": end, "steps": visit_to_lead(traffic)}
        return Response(FunnelSerializer(body).data)
