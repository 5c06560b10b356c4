from builder.admin import documents, projects, sites, templates

__all__ = ["documents", "projects", "sites", "templates"]
