"""A whole project in one call: its sitemap, its pages, its style; all of it or nothing.

The document is document 004's `createProjectStructure`, without the person: whoever calls owns
the project. Faults point into the document as it was posted.
"""

import uuid
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

import structlog
from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)

from accounts import quotas
from accounts.faults import Fault, json_pointer
from accounts.models import User, Workspace
from builder import documents, locales, projects, storable
from builder.models import Language, Project, Sitemap, StyleGuide, Wireframe
from builder.models.projects import ProjectType

log = structlog.get_logger(__name__)

# As much as the API takes in one request.
MAX_BYTES: Final = 2_500_000
_Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
_Words = Annotated[str, StringConstraints(max_length=10_000)]
_Object = dict[str, Any]
# As OpenAPI 3.0 says it, which has no constants.
_Draft = Annotated[Literal["draft"], WithJsonSchema({"type": "string", "enum": ["draft"]})]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProjectPart(_Part):
    """The project itself. `status` may be said, and a new project is a draft."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    description: _Words = ""
    type: ProjectType = ProjectType.WEBSITE
    language: Language = Language.ENGLISH
    status: _Draft = "draft"
    data: _Object = {}
    settings: _Object = {}


class SitemapPart(_Part):
    title: _Title = ""
    description: _Words = ""
    pages: Any
    metadata: _Object = {}


class WireframePart(_Part):
    """A page's layout (Puck Data), and what an editor keeps with the page."""

    title: _Title = ""
    description: _Words = ""
    layout: Any
    style_guide: _Object = {}


class StyleGuidePart(_Part):
    """Design tokens (DTCG 2025.10) by column."""

    title: _Title = ""
    description: _Words = ""
    colors: Any = Field(default_factory=dict)
    typography: Any = Field(default_factory=dict)
    spacing: Any = Field(default_factory=dict)
    components: Any = Field(default_factory=dict)
    grid: Any = Field(default_factory=dict)
    breakpoints: Any = Field(default_factory=dict)

    @property
    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in documents.TOKEN_GROUPS}


class Structure(_Part):
    """A project with its documents; `wireframes` is by the key of the page.

    A page without a wireframe gets an empty one, so that the project can be published; without a
    style guide its home page has one that leaves all to the defaults.
    """

    project: ProjectPart
    sitemap: SitemapPart
    wireframes: dict[str, WireframePart] = {}
    style_guide: StyleGuidePart = StyleGuidePart()


class StructureError(Exception):
    """No project is made of this document; `faults` point into it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(_("The project is not made as it stands here."))
        self.faults = tuple(faults)


def read(document: Any, *, workspace_id: uuid.UUID | None = None) -> Structure:
    """The structure in a JSON document; its pictures are those of the workspace.

    Raises `StructureError` with all of its faults.
    """
    unkeepable = storable.faults(document, most=MAX_BYTES)
    if unkeepable:
        raise StructureError(unkeepable)
    try:
        structure = Structure.model_validate(document)
    except ValidationError as error:
        raise StructureError(_told(error)) from error
    faults = list(_faults(structure, workspace_id))
    if faults:
        raise StructureError(faults)
    return structure


def create(*, workspace: Workspace, owner: User, structure: Structure) -> Project:
    """Make the project, with a free slug and address near to its name.

    Raises QuotaExceededError where the workspace's tier allows no more projects.
    """
    quotas.check(workspace_id=workspace.pk, kind=quotas.Kind.PROJECTS)
    part = structure.project
    with transaction.atomic():
        project = projects.with_free_slug(
            workspace=workspace,
            slug=projects.slug_near(part.name, otherwise="site"),
            owner=owner,
            **part.model_dump(exclude={"status"}),
        )
        sitemap = Sitemap.objects.create(
            workspace_id=workspace.pk,
            project=project,
            **structure.sitemap.model_dump() | {"title": structure.sitemap.title or project.name},
        )
        for page in documents.site_pages(sitemap.pages):
            _page(sitemap, page.key, structure)
        project.current_sitemap = sitemap
        project.save(update_fields=["current_sitemap", "updated_at"])
        projects.give_address(project=project)
    log.info("project.created", project_id=str(project.pk), template_id=None)
    return project


def _page(sitemap: Sitemap, key: str, structure: Structure) -> None:
    listed: Mapping[str, Any] = sitemap.pages[key]
    empty = {"layout": {"root": {"props": {}}, "content": [], "zones": {}}}
    part = structure.wireframes.get(key) or WireframePart.model_validate(empty)
    wireframe = documents.save_wireframe(
        wireframe=Wireframe(
            workspace_id=sitemap.workspace_id,
            sitemap=sitemap,
            page_key=key,
            title=part.title or listed["title"].strip(),
            description=part.description or listed.get("description", ""),
            layout=part.layout,
            style_guide=part.style_guide,
        )
    )
    style = structure.style_guide
    if listed["path"] == "/":
        StyleGuide.objects.create(
            workspace_id=sitemap.workspace_id,
            wireframe=wireframe,
            title=style.title or sitemap.title,
            description=style.description,
            **style.columns,
        )


def _faults(structure: Structure, workspace_id: uuid.UUID | None) -> Iterator[Fault]:
    part = structure.project
    yield from (
        fault.under("/project/settings")
        for fault in locales.settings_faults(part.settings, language=part.language)
    )
    pages = structure.sitemap.pages
    found = documents.sitemap_faults(pages)
    yield from (fault.under("/sitemap") for fault in found)
    keys = set(pages) if isinstance(pages, dict) else set()
    for key, wireframe in structure.wireframes.items():
        here = json_pointer(["wireframes", key])
        if not found and key not in keys:
            yield Fault(here, "unknown_page", _("The sitemap has no such page."))
        linked = documents.layout_faults(
            wireframe.layout, page_keys=None if found else keys, workspace_id=workspace_id
        )
        yield from (fault.under(here) for fault in linked)
    style = documents.style_faults(structure.style_guide.columns)
    yield from (fault.under("/style_guide") for fault in style)
    if "style_guide" in structure.model_fields_set and not keys:
        text = _("A style guide is its home page's; the sitemap has no page.")
        yield Fault("/style_guide", "no_home_page", text)


def _told(error: ValidationError) -> list[Fault]:
    errors = error.errors(include_url=False, include_context=False, include_input=False)
    return [Fault(json_pointer(item["loc"]), item["type"], item["msg"]) for item in errors]
