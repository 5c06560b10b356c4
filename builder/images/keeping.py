"""The bytes of pictures' files: in the database, or in the storage of published files."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.db import transaction

from builder import storing
from builder.images.encoding import Rendered
from builder.models import Image, ImageRendition

LIGHT: Final = ("body",)


def keep(*, image: Image, file: Rendered) -> ImageRendition:
    """Keep a file of a picture, or find that somebody else has meanwhile; returns what is kept.

    Raises `storing.StorageAwayError`.
    """
    made = _record(image, file)
    ImageRendition.objects.bulk_create([made], ignore_conflicts=True)
    there = ImageRendition.objects.defer(*LIGHT)
    return there.get(
        workspace_id=image.workspace_id, image=image, format=file.format, width=file.width
    )


def content(file: ImageRendition) -> bytes | None:
    """The bytes of a file; None where they are gone. Raises `storing.StorageAwayError`."""
    if not file.stored_as:
        return bytes(file.body or b"")
    found = storing.read(name=file.stored_as, sha256=file.sha256, compressed=False)
    return found.plain if found else None


def gone(files: Iterable[ImageRendition]) -> list[ImageRendition]:
    """Those whose bytes the storage has lost. Raises `storing.StorageAwayError`."""
    stored = [file for file in files if file.stored_as]
    lost = storing.missing([file.stored_as for file in stored])
    return [file for file in stored if file.stored_as in lost]


def drop(files: Sequence[ImageRendition]) -> None:
    """Delete files, and their bytes in the storage once that is committed."""
    ImageRendition.objects.filter(pk__in=[file.pk for file in files]).delete()
    names = [file.stored_as for file in files if file.stored_as]
    if names:
        # Each write has a name of its own, so that none of these comes into use again.
        transaction.on_commit(lambda: storing.remove(names))


def stored_names() -> Iterator[str]:
    """The names in the storage that pictures' files bear, over all workspaces."""
    rows = ImageRendition.objects.exclude(stored_as="")
    return rows.values_list("stored_as", flat=True).iterator()


def _record(image: Image, file: Rendered) -> ImageRendition:
    sha256 = hashlib.sha256(file.body).hexdigest()
    record = ImageRendition(
        workspace_id=image.workspace_id,
        image=image,
        format=file.format,
        width=file.width,
        content_type=file.content_type,
        sha256=sha256,
        size=len(file.body),
    )
    if storing.enabled():
        forms = storing.Forms(file.body, None, None)
        record.stored_as = _written(image.workspace_id, sha256, forms)
    else:
        record.body = file.body
    return record


def _written(workspace_id: uuid.UUID, sha256: str, forms: storing.Forms) -> str:
    return storing.write(workspace_id=workspace_id, sha256=sha256, forms=forms)
