"""Pictures that go along with a project's file: their masters, to be taken in elsewhere."""

import hashlib
import io
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog
from django.db.models import Q

from accounts.models import User
from builder.images import keeping, library
from builder.images.encoding import Format
from builder.models import Image, ImageRendition, Project
from builder.sections.pictures import image_ids

log = structlog.get_logger(__name__)

FOLDER: Final = "images/"
_ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png"}
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class Carried:
    """A picture and, without its bytes, the file that goes along; `file` is its name there."""

    image: Image
    master: ImageRendition

    @property
    def file(self) -> str:
        return f"{FOLDER}{self.image.pk}.{_ENDINGS[self.master.content_type]}"


def of_project(project: Project, *, layouts: Iterable[Any]) -> list[Carried]:
    """The pictures that a project's pages show, and those that were uploaded for it.

    One whose master is lost stays behind. Raises `storing.StorageAwayError`.
    """
    ids = {found for layout in layouts for found in image_ids(layout)}
    mine = Image.objects.filter(Q(pk__in=ids) | Q(project=project))
    images = list(mine.filter(workspace_id=project.workspace_id).order_by("pk"))
    rows = ImageRendition.objects.filter(image__in=images, format=Format.MASTER)
    masters = {file.image_id: file for file in rows.defer(*keeping.LIGHT)}
    for lost in keeping.gone(masters.values()):
        del masters[lost.image_id]
    if len(masters) < len(images):
        log.warning("image.left_behind", project_id=str(project.pk))
    return [Carried(image, masters[image.pk]) for image in images if image.pk in masters]


def content(carried: Carried) -> Iterator[bytes]:
    """The master's bytes, piece by piece; one picture is in memory at a time."""
    master = ImageRendition.objects.get(pk=carried.master.pk)
    body = keeping.content(master) or b""
    for start in range(0, len(body), _CHUNK):
        yield body[start : start + _CHUNK]


def take_in(
    *, workspace_id: uuid.UUID, body: bytes, filename: str, user: User, told: Mapping[str, Any]
) -> tuple[Image, bool]:
    """A picture of the workspace with these bytes, and whether it is new there.

    `told` is what is said of a new one. The bytes are a stranger's, and are read as an upload is.
    Raises `ImageError`, `storing.StorageAwayError`.
    """
    sha256 = hashlib.sha256(body).hexdigest()
    masters = ImageRendition.objects.filter(
        workspace_id=workspace_id, format=Format.MASTER, sha256=sha256
    )
    known = masters.select_related("image").defer(*keeping.LIGHT).first()
    if known is not None:
        return known.image, False
    image, is_new = library.upload(
        workspace_id=workspace_id,
        file=io.BytesIO(body),
        filename=filename,
        user=user,
        most=len(body),
    )
    if is_new:
        library.change(image=image, changes=told)
    return image, is_new


def belong(project: Project, ids: Sequence[uuid.UUID]) -> None:
    """Say of pictures that are new which project they came with."""
    Image.objects.filter(pk__in=ids).update(project=project)
