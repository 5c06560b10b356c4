from typing import Any

from rest_framework import serializers

from accounts.api.base import ReadOnlyWorkspaceViewSet, WorkspaceSerializer
from builder.models import Template


class TemplatePageSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    path = serializers.CharField()


class TemplateSerializer(WorkspaceSerializer):
    name = serializers.CharField(source="local_name", read_only=True)
    description = serializers.CharField(source="local_description", read_only=True)
    pages = TemplatePageSerializer(source="document.pages", many=True, read_only=True)

    class Meta:
        model = Template
        fields = [
            "id",
            "slug",
            "name",
            "description",
            "category",
            "trade",
            "language",
            "pages",
            "created_at",
            "updated_at",
        ]


class TemplateViewSet(ReadOnlyWorkspaceViewSet):
    """Complete sites to start from: the platform's, and the workspace's own."""

    queryset = Template.objects.order_by("-id")
    serializer_class = TemplateSerializer
    filterset_fields = ["slug", "category", "language"]
