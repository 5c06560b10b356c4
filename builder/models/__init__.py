from builder.models.collaboration import VersionHistory
from builder.models.comments import Comment, CommentMention
from builder.models.components import ComponentIntelligence
from builder.models.documents import Sitemap, StyleGuide, Wireframe
from builder.models.domains import SiteDomain, SitePassword, SiteRedirect
from builder.models.images import Image, ImageRendition
from builder.models.intelligence import AITrainingData, AnalysisModel, QualityMeasurement
from builder.models.languages import Language
from builder.models.projects import BinnedProject, Project, ProjectCollaborator
from builder.models.schedules import ReleaseSchedule
from builder.models.sessions import BuilderSession
from builder.models.sites import Release, ReleaseFile, SiteAddress
from builder.models.template_metadata import TemplateAIMetadata
from builder.models.templates import Template

__all__ = [
    "AITrainingData",
    "AnalysisModel",
    "BinnedProject",
    "BuilderSession",
    "Comment",
    "CommentMention",
    "ComponentIntelligence",
    "Image",
    "ImageRendition",
    "Language",
    "Project",
    "ProjectCollaborator",
    "QualityMeasurement",
    "Release",
    "ReleaseFile",
    "ReleaseSchedule",
    "SiteAddress",
    "SiteDomain",
    "SitePassword",
    "SiteRedirect",
    "Sitemap",
    "StyleGuide",
    "Template",
    "TemplateAIMetadata",
    "VersionHistory",
    "Wireframe",
]
