"""A project's documents. Each is checked before it is written; a fault is a 400 with a pointer."""

import uuid
from typing import Any

from django_filters import rest_framework as filters
from rest_framework import mixins, serializers, viewsets

from accounts.api.base import WorkspaceSerializer, tenancy_of
from builder import documents
from builder.api import examples
from builder.api.access import ProjectRows
from builder.api.exchange import DocumentExchange, described
from builder.api.faults import refuse
from builder.api.summaries import ProjectSummary, SitemapSummary, WireframeSummary
from builder.api.versions import Versions
from builder.models import Sitemap, StyleGuide, Wireframe

METHODS = ["get", "post", "patch", "delete", "head", "options"]


class SitemapSerializer(WorkspaceSerializer):
    class Meta:
        model = Sitemap
        fields = [
            "id",
            "project",
            "title",
            "description",
            "pages",
            "metadata",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["project", "version"]

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        refuse(documents.unkeepable("metadata", attributes.get("metadata")))
        if "pages" in attributes:
            refuse(documents.sitemap_faults(attributes["pages"]))
        return attributes


@described(Sitemap, name="sitemaps", example=examples.SITEMAP)
@examples.shown_by(partial_update=examples.SITEMAP)
class SitemapViewSet(
    Versions,
    DocumentExchange,
    ProjectRows,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[Sitemap],
):
    """The pages of a project: their titles, paths and order, by key."""

    queryset = Sitemap.objects.order_by("-id")
    serializer_class = SitemapSerializer
    collaborators_write = True
    filterset_fields = ["project", "version"]
    search_fields = ["title"]
    expandable = {"project": ProjectSummary}
    http_method_names = ["get", "post", "patch", "head", "options"]

    def project_id_of(self, sitemap: Sitemap) -> uuid.UUID:
        return sitemap.project_id


class WireframeSerializer(WorkspaceSerializer):
    components = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Wireframe
        fields = [
            "id",
            "sitemap",
            "page_key",
            "title",
            "description",
            "layout",
            "style_guide",
            "components",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["version"]

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        stays = self.instance is not None
        for name in ("sitemap", "page_key"):
            if stays and name in attributes and attributes[name] != getattr(self.instance, name):
                raise serializers.ValidationError({name: "A layout stays with its page."})
        refuse(documents.unkeepable("style_guide", attributes.get("style_guide")))
        if "layout" in attributes:
            page = self.instance or attributes.get("sitemap")
            refuse(
                documents.layout_faults(
                    attributes["layout"], workspace_id=page.workspace_id if page else None
                )
            )
        return attributes

    def create(self, validated_data: dict[str, Any]) -> Wireframe:
        wireframe = Wireframe(workspace_id=validated_data["sitemap"].workspace_id, **validated_data)
        return documents.save_wireframe(wireframe=wireframe)

    def update(self, instance: Wireframe, validated_data: dict[str, Any]) -> Wireframe:
        for name, value in validated_data.items():
            setattr(instance, name, value)
        return documents.save_wireframe(wireframe=instance)


class WireframeFilter(filters.FilterSet):
    project = filters.UUIDFilter(field_name="sitemap__project_id")

    class Meta:
        model = Wireframe
        fields = ["sitemap", "page_key", "version"]


@described(Wireframe, name="wireframes", example=examples.LAYOUT)
@examples.shown_by(create=examples.WIREFRAME, partial_update={"layout": examples.LAYOUT})
class WireframeViewSet(Versions, DocumentExchange, ProjectRows, viewsets.ModelViewSet[Wireframe]):
    """The pages' layouts (Puck Data)."""

    queryset = Wireframe.objects.select_related("sitemap__project").order_by("-id")
    serializer_class = WireframeSerializer
    project_path = "sitemap__project"
    collaborators_write = True
    filterset_class = WireframeFilter
    search_fields = ["title", "page_key"]
    expandable = {"sitemap": SitemapSummary}
    http_method_names = METHODS

    def perform_destroy(self, instance: Wireframe) -> None:
        documents.remove(document=instance, user_id=tenancy_of(self.request).user_id)

    def project_id_of(self, wireframe: Wireframe) -> uuid.UUID:
        project_id: uuid.UUID = wireframe.sitemap.project_id
        return project_id


class StyleGuideSerializer(WorkspaceSerializer):
    class Meta:
        model = StyleGuide
        fields = [
            "id",
            "wireframe",
            "title",
            "description",
            *documents.TOKEN_GROUPS,
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["version"]

    def validate(self, attributes: dict[str, Any]) -> dict[str, Any]:
        known = documents.columns_of(self.instance) if self.instance else {}
        refuse(documents.style_faults({**known, **attributes}))
        return attributes

    def create(self, validated_data: dict[str, Any]) -> StyleGuide:
        page: Wireframe = validated_data["wireframe"]
        return StyleGuide.objects.create(workspace_id=page.workspace_id, **validated_data)


class StyleGuideFilter(filters.FilterSet):
    project = filters.UUIDFilter(field_name="wireframe__sitemap__project_id")

    class Meta:
        model = StyleGuide
        fields = ["wireframe", "version"]


@described(StyleGuide, name="style_guides", example={"color": examples.COLORS})
@examples.shown_by(create=examples.STYLE, partial_update={"colors": examples.COLORS})
class StyleGuideViewSet(Versions, DocumentExchange, ProjectRows, viewsets.ModelViewSet[StyleGuide]):
    """Design tokens (DTCG 2025.10) by group; the home page's are the site's."""

    queryset = StyleGuide.objects.select_related("wireframe__sitemap").order_by("-id")
    serializer_class = StyleGuideSerializer
    project_path = "wireframe__sitemap__project"
    collaborators_write = True
    filterset_class = StyleGuideFilter
    search_fields = ["title"]
    expandable = {"wireframe": WireframeSummary}
    http_method_names = METHODS

    def project_id_of(self, guide: StyleGuide) -> uuid.UUID:
        project_id: uuid.UUID = guide.wireframe.sitemap.project_id
        return project_id
