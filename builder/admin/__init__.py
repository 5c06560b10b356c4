from builder.admin import (
    comments,
    documents,
    domains,
    images,
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
    "images",
    "learning",
    "projects",
    "records",
    "releases",
    "schedules",
    "sites",
    "templates",
    "trash",
]
