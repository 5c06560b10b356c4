"""Previews: the project as it stands, for whoever has the link, for a while."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Final

import structlog
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from builder import assembly, publishing, releases
from builder.models import Project, Release

log = structlog.get_logger(__name__)

LIFETIME: Final = datetime.timedelta(hours=24)
PREFIX: Final = "/_hh/preview/"
_SALT: Final = "builder.previews"


@dataclass(frozen=True)
class Preview:
    """A rendered draft and the link to it."""

    release: Release
    url: str
    expires_at: datetime.datetime


def create(*, project: Project, user: User | None) -> Preview:
    """Render the project as it stands, without counting visits, and not to be found by search.

    Raises `PublishError`, `storing.StorageAwayError`.
    """
    with transaction.atomic(), releases.Press() as press:
        draft = publishing.checked(project=project)
        last = project.releases.previews().order_by("-created_at").first()
        assembled = assembly.assemble(
            draft=draft, earlier=[last] if last is not None else [], indexed=False, press=press
        )
        columns = assembly.store(assembled, workspace_id=project.workspace_id, press=press)
        release = Release.objects.create(
            workspace_id=project.workspace_id,
            project=project,
            kind=Release.Kind.PREVIEW,
            created_by=user,
            **{**columns, "forms": []},
        )
    log.info("preview.created", project_id=str(project.pk), release_id=str(release.pk))
    expires_at = timezone.now() + LIFETIME
    url = f"{settings.PUBLIC_SITES_URL}{PREFIX}{sign(release=release, expires_at=expires_at)}/"
    return Preview(release=release, url=url, expires_at=expires_at)


def sign(*, release: Release, expires_at: datetime.datetime) -> str:
    """The part of a link that opens a preview until a time, and cannot be made up."""
    claim = [release.pk.hex, int(expires_at.timestamp())]
    return signing.dumps(claim, salt=_SALT)


def read_token(*, token: str, now: datetime.datetime) -> uuid.UUID | None:
    """The release that a link opens; None for one that is forged or has expired."""
    try:
        release, expires = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return uuid.UUID(release) if now.timestamp() < expires else None


def prune(*, now: datetime.datetime) -> int:
    """Delete the previews that no link opens any more, and the files only they had."""
    old = Release.objects.previews().filter(created_at__lt=now - LIFETIME)
    count = 0
    for workspace_id in old.order_by().values_list("workspace_id", flat=True).distinct():
        with transaction.atomic():
            deleted, _by_model = old.filter(workspace_id=workspace_id).delete()
            releases.drop_unreferenced(workspace_id=workspace_id)
        count += deleted
    return count
