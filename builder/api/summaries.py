"""What `?expand=` shows of records that others point at: columns only, one query for all."""

from accounts.api.base import WorkspaceSerializer
from builder.models import Project, Sitemap, Template, Wireframe


class TemplateSummary(WorkspaceSerializer):
    class Meta:
        model = Template
        fields = ["id", "slug", "name", "category", "trade", "language"]


class ProjectSummary(WorkspaceSerializer):
    class Meta:
        model = Project
        fields = ["id", "name", "slug", "type", "status", "language", "is_public", "template"]


class SitemapSummary(WorkspaceSerializer):
    class Meta:
        model = Sitemap
        fields = ["id", "project", "title", "pages", "version", "updated_at"]


class WireframeSummary(WorkspaceSerializer):
    class Meta:
        model = Wireframe
        fields = ["id", "sitemap", "page_key", "title", "version", "updated_at"]
