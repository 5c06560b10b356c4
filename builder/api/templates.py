from typing import Any

from rest_framework import serializers

from accounts.api.base import ReadOnlyWorkspaceViewSet, WorkspaceSerializer
from builder.api.summaries import TemplateSummary
from builder.models import Template, TemplateAIMetadata


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


class TemplateMetadataSerializer(serializers.ModelSerializer[TemplateAIMetadata]):
    class Meta:
        model = TemplateAIMetadata
        fields = "__all__"


class TemplateMetadataViewSet(ReadOnlyWorkspaceViewSet):
    """What is known of a template: measured from its contents; predictions where a model made
    them, actual figures where visits gave them.
    """

    queryset = TemplateAIMetadata.objects.order_by("-id")
    serializer_class = TemplateMetadataSerializer
    filterset_fields = ["template"]
    expandable = {"template": TemplateSummary}


class TemplateViewSet(ReadOnlyWorkspaceViewSet):
    """Complete sites to start from: the platform's, and the workspace's own."""

    queryset = Template.objects.order_by("-id")
    serializer_class = TemplateSerializer
    filterset_fields = ["slug", "category", "language"]
    search_fields = ["name", "slug", "trade", "description"]
    expandable = {"metadata": TemplateMetadataSerializer}
