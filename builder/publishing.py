"""Making a project's site live, taking it down, going back."""

from collections.abc import Sequence
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.faults import Fault
from accounts.models import User
from builder import assembly, drafts, projects, redirects, releases
from builder.assembly import PublishError
from builder.models import Project, Release
from builder.signals import project_published, project_unpublished

log = structlog.get_logger(__name__)


__all__ = [
    "NothingToPublishError",
    "PublishError",
    "checked",
    "publish",
    "rollback",
    "unpublish",
]


class NothingToPublishError(PublishError):
    """The project has no page."""

    def __init__(self) -> None:
        fault = Fault("/sitemap/pages", "no_pages", _("The project has no page to publish."))
        super().__init__([fault])


def publish(
    *,
    project: Project,
    user: User | None,
    note: str = "",
    locales: Sequence[str] | None = None,
) -> Release:
    """Render the project as it stands and let visitors see it; returns the live release.

    With `locales` only these languages are taken from the project; the others stay as visitors
    see them. All or nothing, and one at a time for a project. Only what has changed since the last
    release is rendered; where that is nothing, that one is (or stays) live and no new one is made.
    Raises `PublishError`, `storing.StorageAwayError`.
    """
    with transaction.atomic(), releases.Press() as press:
        locked = _locked(project)
        draft = checked(project=locked)
        last = locked.releases.published().order_by("-number").first()
        live = locked.live_release
        assembled = assembly.assemble(
            draft=draft,
            scripts=drafts.page_scripts(project=locked),
            wanted=locales,
            live=live,
            earlier=[each for each in (last, live) if each is not None],
            press=press,
        )
        columns = assembly.store(assembled, workspace_id=locked.workspace_id, press=press)
        if last and (last.manifest, last.forms) == (columns["manifest"], columns["forms"]):
            release = last
        else:
            release = _make(locked, created_by=user, note=note, **columns)
        if locked.live_release_id != release.pk:
            _go_live(locked, release)
    project.refresh_from_db(fields=["live_release", "status", "site_changed_at"])
    return release


def unpublish(*, project: Project) -> Project:
    """Take the site down: its addresses answer 410 until it is published again."""
    with transaction.atomic():
        locked = _locked(project)
        if locked.live_release_id is not None:
            locked.live_release = None
            locked.save(update_fields=["live_release", "updated_at"])
            project_unpublished.send(Project, project=locked)
            log.info("project.unpublished", project_id=str(locked.pk))
    project.refresh_from_db(fields=["live_release", "status", "site_changed_at"])
    return project


def rollback(*, project: Project, release: Release) -> Project:
    """Make an earlier release live again, byte for byte.

    Raises `PublishError`, `storing.StorageAwayError`.
    """
    if release.project_id != project.pk or release.kind != Release.Kind.LIVE:
        text = _("This release was never published by this project.")
        raise PublishError([Fault("/release", "not_published", text)])
    with transaction.atomic():
        locked = _locked(project)
        if locked.status == Project.Status.ARCHIVED:
            raise PublishError([drafts.archived()])
        releases.hold(workspace_id=locked.workspace_id)
        gone = [fault.under("/release") for fault in releases.faults(release)]
        if gone:
            raise PublishError(gone)
        if locked.live_release_id != release.pk:
            _go_live(locked, release)
    project.refresh_from_db(fields=["live_release", "status", "site_changed_at"])
    return project


def checked(*, project: Project) -> drafts.Draft:
    """The project's draft, without faults. Raises `PublishError`."""
    draft = drafts.read(project=project)
    if not draft.pages and not draft.sitemap_faults:
        raise NothingToPublishError
    faults = list(draft.faults())
    if faults:
        raise PublishError(faults)
    return draft


def _locked(project: Project) -> Project:
    """The project's row, held until the transaction ends: one publish at a time.

    Not its key: events that point at the project come in meanwhile. Raises `PublishError` where
    it was deleted meanwhile, or put into the bin.
    """
    held = Project.objects.select_for_update(of=("self",), no_key=True)
    locked = held.filter(pk=project.pk).first()
    if locked is None:
        raise PublishError([projects.gone()])
    return locked


def _make(project: Project, **fields: Any) -> Release:
    last: int | None = project.releases.aggregate(last=Max("number"))["last"]
    return Release.objects.create(
        workspace_id=project.workspace_id,
        project=project,
        number=(last or 0) + 1,
        published_at=timezone.now(),
        **fields,
    )


def _go_live(project: Project, release: Release) -> None:
    redirects.follow_pages(project=project, before=project.live_release, after=release)
    project.live_release = release
    if project.status == Project.Status.DRAFT:
        project.status = Project.Status.ACTIVE
    project.save(update_fields=["live_release", "status", "updated_at"])
    project_published.send(Project, project=project, release=release)
    log.info("project.published", project_id=str(project.pk), release_id=str(release.pk))
