"""Makes a project out of the file that carries one; all of it or nothing.

Every record gets a new id, and wherever an old one stands in the documents stands the new one.
People stay behind: whoever imports owns the project, and its history names nobody.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import IO, Any, Final

import structlog
from django.utils.translation import gettext as _

from accounts import quotas
from accounts.faults import Fault, json_pointer
from accounts.models import User, Workspace
from accounts.models.base import uuid7
from builder import documents, projects, versioning
from builder.exchange import histories
from builder.exchange.archives import Archive
from builder.exchange.formats import Columns, ExchangeError
from builder.exchange.project_check import Reading
from builder.exchange.project_format import (
    NAMES,
    Ids,
    PageEntry,
    ProjectEntry,
    SitemapEntry,
    StyleEntry,
    remapped,
)
from builder.images import carrying
from builder.images.refusals import ImageError
from builder.models import Project, Sitemap, SiteRedirect, StyleGuide, Template, Wireframe

log = structlog.get_logger(__name__)

_NAME_LENGTH: Final = 120


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A project's file without faults, not yet a project; its `archive` is open still."""

    archive: Archive
    project: ProjectEntry
    sitemaps: Sequence[tuple[SitemapEntry, Columns]]
    pages: Sequence[tuple[PageEntry, Columns]]
    styles: Sequence[tuple[StyleEntry, Columns]]
    redirects: Sequence[SiteRedirect]
    versions: int
    ids: Ids = field(repr=False)

    @property
    def summary(self) -> dict[str, Any]:
        """What is in the file: the project's name, and how many there are of what."""
        return {
            "name": self.project.name,
            "sitemaps": len(self.sitemaps),
            "pages": len(self.pages),
            "style_guides": len(self.styles),
            "redirects": len(self.redirects),
            "images": len(self.project.images),
            "versions": self.versions,
        }


def read(file: IO[bytes]) -> Arrival:
    """Read and check a project's file. Raises `ExchangeError`, whose pointers are into it."""
    archive = Archive(file, names=NAMES)
    reading = Reading(archive)
    project = reading.project()
    found = [reading.documents(project, kind) for kind in ("sitemaps", "pages", "style_guides")]
    reading.compare(project)
    redirects = reading.redirects(project)
    history = histories.check(archive, project=project)
    if reading.faults:
        raise ExchangeError(reading.faults)
    old = [project.id, *(each.id for rows in found for each, _columns in rows), *history.ids]
    return Arrival(
        archive=archive,
        project=project,
        sitemaps=found[0],
        pages=found[1],
        styles=found[2],
        redirects=redirects,
        versions=history.count,
        ids={str(each): str(uuid7()) for each in dict.fromkeys(old)},
    )


def create(*, workspace: Workspace, owner: User, arrival: Arrival) -> Project:
    """Make the project, a draft with a free name, slug and address.

    Raises QuotaExceededError where the workspace's tier allows no more projects, ExchangeError
    for a history that cannot be kept.
    """
    quotas.check(workspace_id=workspace.pk, kind=quotas.Kind.PROJECTS)
    with versioning.saving(message=_("Imported"), major=True):
        images, new = _images(workspace, owner, arrival)
        arrival = replace(arrival, ids={**arrival.ids, **images})
        if arrival.versions:
            histories.write(
                arrival.archive, workspace=workspace, project=arrival.project, ids=arrival.ids
            )
        project = _project(workspace, owner, arrival)
        if arrival.versions:
            histories.settle()
        _documents(project, arrival)
        if arrival.project.current_sitemap:
            project.current_sitemap_id = _new(arrival.ids, arrival.project.current_sitemap)
            project.save(update_fields=["current_sitemap", "updated_at"])
        projects.give_address(project=project)
        carrying.belong(project, new)
    log.info("project.imported", project_id=str(project.pk), versions=arrival.versions)
    return project


def _project(workspace: Workspace, owner: User, arrival: Arrival) -> Project:
    entry = arrival.project
    return projects.with_free_slug(
        id=_new(arrival.ids, entry.id),
        workspace=workspace,
        owner=owner,
        slug=entry.slug,
        name=_free_name(workspace, entry.name),
        description=entry.description,
        type=entry.type,
        language=entry.language,
        data=remapped(entry.data, arrival.ids),
        settings=remapped(entry.settings, arrival.ids),
        template=Template.objects.filter(workspace=None, slug=entry.template).first(),
    )


def _images(
    workspace: Workspace, owner: User, arrival: Arrival
) -> tuple[dict[str, str], list[uuid.UUID]]:
    """Take in the pictures; returns their ids by the old ones, and those that are new.

    Raises `ExchangeError`.
    """
    found, new = {}, []
    for entry in arrival.project.images:
        try:
            image, is_new = carrying.take_in(
                workspace_id=workspace.pk,
                body=arrival.archive.content(entry.file),
                filename=entry.file,
                user=owner,
                told=entry.model_dump(include={"name", "alt", "focal_x", "focal_y"}, mode="json"),
            )
        except ImageError as error:
            here = json_pointer([entry.file])
            raise ExchangeError(
                Fault(here, fault.code, fault.detail) for fault in error.faults
            ) from error
        found[str(entry.id)] = str(image.pk)
        new += [image.pk] if is_new else []
    return found, new


def _documents(project: Project, arrival: Arrival) -> None:
    ids, workspace_id = arrival.ids, project.workspace_id
    for sitemap, columns in arrival.sitemaps:
        Sitemap.objects.create(
            id=_new(ids, sitemap.id),
            workspace_id=workspace_id,
            project=project,
            **remapped(columns, ids),
        )
    for page, columns in arrival.pages:
        documents.save_wireframe(
            wireframe=Wireframe(
                id=_new(ids, page.id),
                workspace_id=workspace_id,
                sitemap_id=_new(ids, page.sitemap),
                **page.model_dump(include={"page_key", "title", "description"}),
                **remapped({"style_guide": page.style_guide, **columns}, ids),
            )
        )
    for style, columns in arrival.styles:
        StyleGuide.objects.create(
            id=_new(ids, style.id),
            workspace_id=workspace_id,
            wireframe_id=_new(ids, style.page),
            **style.model_dump(include={"title", "description"}),
            **remapped(columns, ids),
        )
    for redirect in arrival.redirects:
        redirect.workspace_id, redirect.project = workspace_id, project
    SiteRedirect.objects.bulk_create(arrival.redirects)


def _new(ids: Ids, old: uuid.UUID) -> uuid.UUID:
    return uuid.UUID(ids[str(old)])


def _free_name(workspace: Workspace, name: str) -> str:
    """The name, numbered where the workspace has a project of that name."""
    base, number = name, 1
    while Project.objects.filter(workspace=workspace, name=name).exists():
        number += 1
        name = f"{base[: _NAME_LENGTH - 7]} {number}"
    return name
