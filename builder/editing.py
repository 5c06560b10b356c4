"""Saving a document that several people may have open: whoever saves says on what it stands."""

import uuid
from collections.abc import Mapping
from typing import Any, TypeVar

import structlog
from django.db import models
from django.utils.translation import gettext as _

from accounts.faults import Fault
from builder import documents, locales, versioning
from builder.models import Project, Sitemap, StyleGuide, VersionHistory, Wireframe

log = structlog.get_logger(__name__)

D = TypeVar("D", Sitemap, Wireframe, StyleGuide)


class DocumentError(Exception):
    """A document is not saved as it is; `faults` say why, with pointers into it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(faults[0].detail)
        self.faults = faults


class StaleError(DocumentError):
    """Somebody has saved meanwhile: nothing is written. `current` is what is there."""

    def __init__(self, current: Sitemap | Wireframe | StyleGuide) -> None:
        text = _("Somebody has saved this meanwhile.")
        super().__init__(Fault("", "stale", text))
        self.current = current


def save_layout(
    *, project: Project, key: str, layout: Any, revision: str, name: str = ""
) -> Wireframe:
    """Save a page's layout over the revision that it stands on; with a `name`, as a version of
    its own.

    Raises `StaleError`, `DocumentError` for one with faults and for a page that is gone.
    """
    with versioning.saving(message=name, major=bool(name)):
        page = _page(project, key)
        _match(page, revision)
        _refuse(layout_faults(project=project, layout=layout))
        page.layout = layout
        documents.save_wireframe(wireframe=page)
        versioning.refresh(page)
    return page


def keep_aside(*, project: Project, key: str, layout: Any) -> Wireframe:
    """Keep a layout among a page's versions without making it the page's: for whoever takes over
    what somebody else has saved, and would not lose their own.

    Raises `DocumentError`.
    """
    with versioning.saving():
        page = _page(project, key)
        _refuse(layout_faults(project=project, layout=layout))
        theirs = page.version
        with versioning.saving(message=_("Kept aside"), major=True, keep=page.pk):
            page.layout = layout
            page.save(update_fields=["layout", "updated_at"])
        page = versioning.revert(entity=page, number=theirs)  # type: ignore[assignment]
    log.info("wireframe.kept_aside", wireframe_id=str(page.pk))
    return page


def save_style(
    *,
    project: Project,
    guide: StyleGuide,
    columns: Mapping[str, Any],
    revision: str,
    name: str = "",
) -> StyleGuide:
    """Save columns of a site's tokens over the revision that they stand on.

    Raises `StaleError`, `DocumentError`.
    """
    with versioning.saving(message=name, major=bool(name)):
        held = _locked(guide)
        _match(held, revision)
        unknown = [each for each in columns if each not in documents.TOKEN_GROUPS]
        if unknown:
            text = _("There is no such group of tokens.")
            raise DocumentError(*(Fault(f"/{each}", "unknown_group", text) for each in unknown))
        _refuse(documents.style_faults({**documents.columns_of(held), **columns}))
        for column, value in columns.items():
            setattr(held, column, value)
        held.save()
        versioning.refresh(held)
    return held


def layout_faults(*, project: Project, layout: Any) -> list[Fault]:
    """What hinders a layout from being drawn, its other languages' texts too.

    A link to a page that is not there is no such fault: it is one of publishing.
    """
    found = documents.layout_faults(layout)
    for locale in locales.locales_of(project)[1:] if not found else ():
        wrong = locales.layout_faults(layout, locale.language, page_keys=())
        found += [fault.under("/layout") for fault in wrong if fault.code != "unknown_page"]
    return found


def page_of(project: Project, key: str) -> Wireframe | None:
    """The page of the project's current sitemap; None where it has none of this key."""
    # PostgreSQL has no text with a NUL, and would say so.
    return None if "\0" in key else _pages(project).filter(page_key=key).first()


def _pages(project: Project) -> models.QuerySet[Wireframe]:
    if project.current_sitemap_id is None:
        return Wireframe.objects.none()
    return Wireframe.objects.filter(sitemap_id=project.current_sitemap_id)


def _page(project: Project, key: str) -> Wireframe:
    rows = _pages(project).filter(page_key=key)
    found = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None:
        text = _("The page was deleted meanwhile.")
        raise DocumentError(Fault("", "gone", text))
    return found


def _locked(guide: StyleGuide) -> StyleGuide:
    rows = StyleGuide.objects.select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=guide.pk).first()
    if found is None:
        raise DocumentError(Fault("", "gone", _("The page was deleted meanwhile.")))
    return found


def _match(record: D, revision: str) -> None:
    if record.revision != revision:
        raise StaleError(record)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise DocumentError(*faults)


def last_saved(record: Wireframe | StyleGuide) -> dict[str, Any]:
    """Who saved a record last (their id, None for a program), and when."""
    version = VersionHistory.objects.of(record).order_by("-version_number").first()
    if version is None:
        return {"user_id": None, "at": record.updated_at}
    user_id: uuid.UUID | None = version.user_id
    return {"user_id": user_id, "at": version.saved_at}
