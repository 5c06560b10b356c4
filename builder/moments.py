"""A whole project as it stood at a moment, out of the versions of its documents."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.faults import Fault
from builder.models import Project, VersionHistory
from builder.versioning import PARENTS, VersionError


class BeforeItsTimeError(VersionError):
    """The project was not there yet."""

    def __init__(self, first: datetime.datetime | None) -> None:
        text = _("The project did not exist then; its versions begin at %(time)s.")
        told = formats.date_format(timezone.localtime(first), "DATETIME_FORMAT") if first else "–"
        super().__init__(Fault("/at", "before_its_time", text % {"time": told}))


@dataclass(frozen=True, slots=True)
class Moment:
    """The version of the project, and of each document that was there.

    Autosaves that one minor version took up are known by the last of them alone: within its
    window a document may be shown as it was up to that long before.
    """

    project: VersionHistory
    documents: tuple[VersionHistory, ...]

    def of_kind(self, kind: str) -> list[VersionHistory]:
        return [version for version in self.documents if version.entity_type == kind]

    def with_version(self, version: VersionHistory) -> "Moment":
        """The same with one record at a version of ours."""
        if version.entity_type == "projects":
            return Moment(version, self.documents)
        others = [each for each in self.documents if each.entity_id != version.entity_id]
        return Moment(self.project, (*others, version))


def as_of(*, project: Project, at: datetime.datetime) -> Moment:
    """The project and its documents as last kept at `at`. Raises `BeforeItsTimeError`.

    What one transaction saved has one time, and is there wholly or not at all.
    """
    known = VersionHistory.objects.filter(workspace_id=project.workspace_id, project=project)
    latest = known.filter(saved_at__lte=at).order_by("entity_type", "entity_id", "-version_number")
    keys = latest.distinct("entity_type", "entity_id").values("pk")
    found = list(VersionHistory.objects.filter(pk__in=keys).order_by("id"))
    projects = [version for version in found if version.entity_type == "projects"]
    if not projects:
        first = known.filter(entity_type="projects").order_by("version_number").first()
        raise BeforeItsTimeError(first.saved_at if first else None)
    there = [version for version in found if version not in projects and not version.is_deletion]
    return Moment(projects[0], tuple(_rooted(there, project.pk)))


def _rooted(found: Iterable[VersionHistory], project: uuid.UUID) -> list[VersionHistory]:
    """Those whose sitemap, and page, were there as well."""
    there: set[Any] = {str(project)}
    kept = []
    for kind, parent in PARENTS.items():
        rows = [each for each in found if each.entity_type == kind and each.data[parent] in there]
        there |= {str(row.entity_id) for row in rows}
        kept += rows
    return kept
