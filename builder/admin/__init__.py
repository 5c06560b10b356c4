from builder.admin import documents, learning, projects, records, sites, templates

__all__ = ["documents", "learning", "projects", "records", "sites", "templates"]
