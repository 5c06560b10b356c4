"""What everyone may read: public projects, by name and description."""

import uuid
from typing import Any
from urllib.parse import urlencode

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from builder import public


class PublicProjectSerializer(serializers.Serializer[public.PublicProject]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()


class PublicProjectsSerializer(serializers.Serializer[Any]):
    next = serializers.URLField(allow_null=True)
    results = PublicProjectSerializer(many=True)


class AskedSerializer(serializers.Serializer[Any]):
    before = serializers.UUIDField(required=False, default=None)
    limit = serializers.IntegerField(min_value=1, max_value=200, default=50)


class PublicProjectsView(APIView):
    """Projects whose owners show them to everyone; asks for no key."""

    permission_classes = [AllowAny]
    authentication_classes = []

    @extend_schema(
        operation_id="public_projects_list",
        auth=[],
        parameters=[
            OpenApiParameter("before", uuid.UUID, description="Those before this one."),
            OpenApiParameter("limit", int, description="How many, at most 200."),
        ],
        responses=PublicProjectsSerializer,
    )
    def get(self, request: Request) -> Response:
        """Names and descriptions of public projects, newest first."""
        asked = AskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        before, limit = asked.validated_data["before"], asked.validated_data["limit"]
        found = public.projects(before=before, most=limit + 1)
        page = found[:limit]
        following = None
        if len(found) > limit:
            query = urlencode({"before": page[-1].id, "limit": limit})
            following = request.build_absolute_uri(f"{request.path}?{query}")
        return Response(PublicProjectsSerializer({"next": following, "results": page}).data)
