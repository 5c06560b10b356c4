from builder.admin import (
    documents,
    domains,
    learning,
    projects,
    records,
    releases,
    schedules,
    sites,
    templates,
)

__all__ = [
    "documents",
    "domains",
    "learning",
    "projects",
    "records",
    "releases",
    "schedules",
    "sites",
    "templates",
]
