"""What people do with pictures: upload, describe, delete."""

import hashlib
import uuid
from collections.abc import Mapping
from pathlib import PurePath
from typing import IO, Any, Final

import structlog
from celery import current_app
from celery.exceptions import CeleryError
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from accounts.faults import Fault, json_pointer
from accounts.models import User
from builder.images import encoding, keeping, making
from builder.images.decoding import Picture, decoded
from builder.images.refusals import ImageError, refusal, too_large
from builder.images.uses import uses
from builder.models import Image, Language, Project

log = structlog.get_logger(__name__)

# What is shown at once in lists of pictures, before the job has made the others.
_THUMBNAIL: Final = (encoding.Format.WEBP, encoding.WIDTHS[0])
_ALT_LENGTH: Final = 500


class ImageInUseError(ImageError):
    """A picture that a document or a live site shows; `faults` say where."""


def upload(
    *,
    workspace_id: uuid.UUID,
    file: IO[bytes],
    filename: str,
    name: str = "",
    alt: Mapping[str, str] | None = None,
    project: Project | None = None,
    user: User | None = None,
    most: int | None = None,
) -> tuple[Image, bool]:
    """Take in a picture; returns it, and whether it is new: the same file twice is one picture.

    `name` is what people call it (by default the file's name), `most` the bytes that it may have
    (by default the setting's). Its other files are made by a job once this is committed. All or
    nothing. Raises `ImageError`, `storing.StorageAwayError`.
    """
    check_alt({} if alt is None else alt)
    body = _read(file, settings.IMAGE_MAX_BYTES if most is None else most)
    sha256 = hashlib.sha256(body).hexdigest()
    before = Image.objects.filter(workspace_id=workspace_id, sha256=sha256).first()
    if before is not None and not _is_lost(before):
        return before, False
    with decoded(body, name=filename) as picture, transaction.atomic():
        if before is not None:
            keeping.drop([each for each in [making.master_of(before)] if each])
            _keep(before, picture)
            return before, False
        made = Image(
            workspace_id=workspace_id,
            project=project,
            name=(name.strip() or PurePath(filename).stem or _("Picture"))[:200],
            sha256=sha256,
            content_type=picture.content_type,
            size=len(body),
            width=picture.pixels.width,
            height=picture.pixels.height,
            has_alpha=picture.has_alpha,
            alt=dict(alt or {}),
            uploaded_by=user,
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            # Somebody else uploads the same file at this moment: theirs is the picture.
            other = Image.objects.filter(workspace_id=workspace_id, sha256=sha256).first()
            if other is None:
                raise
            return other, False
        _keep(made, picture)
    log.info("image.uploaded", image_id=str(made.pk), size=made.size)
    return made, True


def change(*, image: Image, changes: Mapping[str, Any]) -> Image:
    """Change a picture's name, project, alternative texts or focal point. Raises `ImageError`."""
    if "alt" in changes:
        check_alt(changes["alt"])
    for name, value in changes.items():
        setattr(image, name, value)
    image.save(update_fields=[*changes, "updated_at"])
    return image


def remove(*, image: Image) -> None:
    """Delete a picture and its files; releases that show it have their own.

    Raises `ImageInUseError` where a document or a live site shows it.
    """
    with transaction.atomic():
        found = uses(image)
        if found:
            raise ImageInUseError(use.fault for use in found)
        keeping.drop(list(image.renditions.defer(*keeping.LIGHT)))
        image_id = image.pk
        image.delete()
    log.info("image.removed", image_id=str(image_id))


def check_alt(alt: Any) -> None:
    """Refuse alternative texts that are none. Raises `ImageError` with pointers below /alt."""
    if not isinstance(alt, dict):
        text = _("Alternative texts are an object: a text by its language.")
        raise refusal("invalid_type", text, at="/alt")
    faults = []
    for language, words in alt.items():
        at = json_pointer(["alt", language])
        if language not in Language.values:
            known = ", ".join(Language.values)
            text = _("There is no such language; there are %(known)s.") % {"known": known}
            faults.append(Fault(at, "unknown_locale", text))
        elif not isinstance(words, str) or "\0" in words:
            faults.append(Fault(at, "invalid_type", _("An alternative text is a text.")))
        elif len(words) > _ALT_LENGTH:
            text = _("An alternative text has at most %(count)d letters.")
            faults.append(Fault(at, "too_long", text % {"count": _ALT_LENGTH}))
    if faults:
        raise ImageError(faults)


def _read(file: IO[bytes], most: int) -> bytes:
    """The file, of at most as many bytes. Raises `ImageError`."""
    body = file.read(most + 1)
    if len(body) > most:
        raise too_large(most)
    if not body:
        raise refusal("empty", _("The file is empty."))
    return body


def _is_lost(image: Image) -> bool:
    """Whether a picture's master is gone, so that an upload of the same file mends it."""
    master = making.master_of(image)
    return master is None or keeping.content(master) is None


def _keep(image: Image, picture: Picture) -> None:
    """Keep the master and the thumbnail, and ask for the rest."""
    keeping.keep(image=image, file=encoding.master(picture.pixels))
    kind, width = _THUMBNAIL
    width = min(width, image.width)
    if width in encoding.widths_of(image.width):
        for file in encoding.rendered(picture.pixels, {(kind, width)}):
            keeping.keep(image=image, file=file)
    transaction.on_commit(lambda: _ask(image.pk))


def _ask(image_id: uuid.UUID) -> None:
    """Have the files made; without a broker the clock's next stroke finds the picture."""
    try:
        current_app.send_task(
            "builder.tasks.render_image", [str(image_id)], retry=False, ignore_result=True
        )
    except (OSError, RedisError, KombuError, CeleryError) as error:
        log.warning("hint.lost", task="render_image", error=type(error).__name__)
