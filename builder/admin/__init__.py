from builder.admin import (
    comments,
    documents,
    domains,
    learning,
    projects,
    records,
    releases,
    schedules,
    sites,
    templates,
    trash,
)

__all__ = [
    "comments",
    "documents",
    "domains",
    "learning",
    "projects",
    "records",
    "releases",
    "schedules",
    "sites",
    "templates",
    "trash",
]
