"""What comes of a project: its components, its releases, its addresses."""

from typing import Any

from rest_framework import serializers, viewsets

from accounts.api.base import (
    ReadOnlyWorkspaceViewSet,
    WorkspaceSerializer,
    WorkspaceViewSet,
)
from builder import site_addresses
from builder.api import examples
from builder.api.access import ProjectRows
from builder.api.releases import ReleaseActions
from builder.api.summaries import ProjectSummary, TemplateSummary, WireframeSummary
from builder.models import ComponentIntelligence, Release, SiteAddress


class ComponentSerializer(WorkspaceSerializer):
    page_key = serializers.CharField(source="wireframe.page_key", read_only=True)

    class Meta:
        model = ComponentIntelligence
        exclude = ["workspace"]


class ComponentViewSet(ProjectRows, viewsets.ReadOnlyModelViewSet[ComponentIntelligence]):
    """The components that can start a workflow, page by page."""

    queryset = ComponentIntelligence.objects.present().select_related("wireframe").order_by("-id")
    serializer_class = ComponentSerializer
    filterset_fields = [
        "project", "wireframe", "template", "component_id", "component_type", "analysis_status",
    ]  # fmt: skip
    search_fields = ["component_id"]
    expandable = {
        "project": ProjectSummary,
        "wireframe": WireframeSummary,
        "template": TemplateSummary,
    }


class ReleaseSerializer(WorkspaceSerializer):
    is_live = serializers.SerializerMethodField()

    class Meta:
        model = Release
        fields = [
            "id",
            "project",
            "kind",
            "number",
            "note",
            "is_live",
            "manifest",
            "forms",
            "locales",
            "created_by",
            "created_at",
            "published_at",
        ]

    def get_is_live(self, release: Release) -> bool:
        return bool(release.project.live_release_id == release.pk)


class ReleaseViewSet(ReleaseActions, ReadOnlyWorkspaceViewSet):
    """What was published: each a whole site that never changes."""

    queryset = Release.objects.select_related("project").order_by("-id")
    serializer_class = ReleaseSerializer
    filterset_fields = ["project", "kind", "number"]
    search_fields = ["note"]
    expandable = {"project": ProjectSummary}


class SiteAddressSerializer(WorkspaceSerializer):
    class Meta:
        model = SiteAddress
        fields = [
            "id", "project", "label", "is_primary", "redirects", "created_at", "updated_at",
        ]  # fmt: skip

    def validate_label(self, label: str) -> str:
        from builder.projects import RESERVED_LABELS

        if label in RESERVED_LABELS:
            raise serializers.ValidationError("The platform keeps this name.", code="reserved")
        return label

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        if self.instance is not None and "project" in attributes:
            raise serializers.ValidationError({"project": "An address stays with its project."})
        return attributes


@examples.shown_by(create=examples.ADDRESS, partial_update={"is_primary": True})
class SiteAddressViewSet(WorkspaceViewSet):
    """Where sites are found: `<label>.<the platform's domain>`. The next publish names the new
    primary address in its pages. A label that is changed stays, and redirects to the new one; so
    does a primary address that another takes the place of.
    """

    queryset = SiteAddress.objects.order_by("-id")
    serializer_class = SiteAddressSerializer
    filterset_fields = ["project", "label"]
    search_fields = ["label"]
    expandable = {"project": ProjectSummary}

    def perform_create(self, serializer: serializers.BaseSerializer[Any]) -> None:
        address = SiteAddress(**serializer.validated_data, **self.stamp(SiteAddress))
        serializer.instance = site_addresses.add(address=address)

    def perform_update(self, serializer: serializers.BaseSerializer[Any]) -> None:
        address: SiteAddress = self.get_object()
        wanted = {
            name: serializer.validated_data.get(name, getattr(address, name))
            for name in ("label", "is_primary", "redirects")
        }
        serializer.instance = site_addresses.change(address=address, **wanted)
