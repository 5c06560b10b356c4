from builder.models.components import ComponentIntelligence
from builder.models.documents import Sitemap, StyleGuide, Wireframe
from builder.models.languages import Language
from builder.models.projects import Project, ProjectCollaborator
from builder.models.sites import Release, ReleaseFile, SiteAddress
from builder.models.templates import Template

__all__ = [
    "ComponentIntelligence",
    "Language",
    "Project",
    "ProjectCollaborator",
    "Release",
    "ReleaseFile",
    "SiteAddress",
    "Sitemap",
    "StyleGuide",
    "Template",
    "Wireframe",
]
