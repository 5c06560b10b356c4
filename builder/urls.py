from builder.api import documents, projects, sites, templates

api_routes = [
    ("templates", templates.TemplateViewSet, "template"),
    ("projects", projects.ProjectViewSet, "project"),
    ("sitemaps", documents.SitemapViewSet, "sitemap"),
    ("wireframes", documents.WireframeViewSet, "wireframe"),
    ("style-guides", documents.StyleGuideViewSet, "style-guide"),
    ("components", sites.ComponentViewSet, "component"),
    ("releases", sites.ReleaseViewSet, "release"),
    ("site-addresses", sites.SiteAddressViewSet, "site-address"),
]
