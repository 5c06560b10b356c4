from django.urls import path

from builder.api import (
    comments,
    documents,
    domains,
    images,
    projects,
    public,
    records,
    schedules,
    sessions,
    sites,
    templates,
    trash,
    versions,
)

api_routes = [
    ("templates", templates.TemplateViewSet, "template"),
    ("template-metadata", templates.TemplateMetadataViewSet, "template-metadata"),
    ("analysis-models", records.AnalysisModelViewSet, "analysis-model"),
    ("projects/bin", trash.BinViewSet, "project-bin"),
    ("projects", projects.ProjectViewSet, "project"),
    ("sitemaps", documents.SitemapViewSet, "sitemap"),
    ("wireframes", documents.WireframeViewSet, "wireframe"),
    ("style-guides", documents.StyleGuideViewSet, "style-guide"),
    ("images", images.ImageViewSet, "image"),
    ("components", sites.ComponentViewSet, "component"),
    ("releases", sites.ReleaseViewSet, "release"),
    ("release-schedules", schedules.ReleaseScheduleViewSet, "release-schedule"),
    ("site-addresses", sites.SiteAddressViewSet, "site-address"),
    ("site-domains", domains.SiteDomainViewSet, "site-domain"),
    ("site-redirects", domains.SiteRedirectViewSet, "site-redirect"),
    ("site-passwords", domains.SitePasswordViewSet, "site-password"),
    ("quality-measurements", records.MeasurementViewSet, "quality-measurement"),
    ("versions", versions.VersionViewSet, "version"),
    ("comments", comments.CommentViewSet, "comment"),
    ("builder-sessions", sessions.BuilderSessionViewSet, "builder-session"),
    ("training-data", records.TrainingDataViewSet, "training-data"),
]

api_paths = [path("public/projects/", public.PublicProjectsView.as_view(), name="public-projects")]
