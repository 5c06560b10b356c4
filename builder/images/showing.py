"""The files of pictures: which of them pages show, and the one that answers for a thumbnail."""

import base64
import uuid
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from accounts import tenancy
from builder.images import keeping, making
from builder.images.encoding import Format, formats_of
from builder.models import Image, ImageRendition
from builder.rendering.images import ImageFile, ImageFiles
from builder.storing import StorageAwayError

FOLDER = "assets/images"
# Pixels of a picture that stands in its page.
_EMBEDDED = 960


class Pictures:
    """The pictures of a workspace that some documents show, read once, made ready when needed."""

    def __init__(self, *, workspace_id: uuid.UUID, ids: Collection[str]) -> None:
        self._images = _read_images(workspace_id, ids)
        self._files: dict[str, list[ImageRendition]] = {}

    @property
    def known(self) -> Collection[str]:
        """Those of the ids that there are."""
        return self._images.keys()

    @property
    def ready(self) -> Collection[str]:
        """Those that can be shown; all of them, after `complete`, but the ones that are lost."""
        return self._files.keys()

    def files(self, ids: Iterable[str], *, language: str) -> dict[str, ImageFiles]:
        """What pages in a language show, by id. Wants `complete`; others are left out."""
        return {
            each: _shown(self._images[each], self._files[each], language)
            for each in sorted(ids)
            if self._files.get(each)
        }

    def renditions(self, ids: Iterable[str]) -> dict[str, ImageRendition]:
        """The files of pictures, without their bytes, by their paths in a release."""
        return {
            f"/{path_of(file)}": file for each in sorted(ids) for file in self._files.get(each, [])
        }

    def complete(self) -> None:
        """Read the pictures' files, and make those that are not there yet.

        Raises `storing.StorageAwayError`.
        """
        if not self._images or self._files:
            return
        # As the owner: publishing is not kept from its files by who asks for it.
        with tenancy.owner(reason="render_images"):
            self._read()
            lost = {file.image_id for file in keeping.gone(chain(*self._files.values()))}
            lacking = [
                image
                for key, image in self._images.items()
                if image.pk in lost or making.wanted(image) - _kinds(self._files.get(key, []))
            ]
            for image in lacking:
                making.make(image=image)
            if lacking:
                self._read()

    def content(self, file: ImageRendition) -> bytes:
        """The bytes of a file. Raises `storing.StorageAwayError`, where it is gone too."""
        with tenancy.owner(reason="read_image"):
            body = keeping.content(ImageRendition.objects.get(pk=file.pk))
        if body is None:
            raise StorageAwayError(FileNotFoundError(file.stored_as))
        return body

    def _read(self) -> None:
        rows = ImageRendition.objects.filter(image__in=list(self._images.values())).exclude(
            format=Format.MASTER
        )
        self._files = {}
        for file in rows.defer(*keeping.LIGHT).order_by("width"):
            self._files.setdefault(str(file.image_id), []).append(file)


class EmbeddedPictures(Pictures):
    """The same for a page that may load nothing, such as a preview in a frame of no origin.

    Each picture stands in the page itself, in one file of at most 960 pixels; none is made.
    """

    def files(self, ids: Iterable[str], *, language: str) -> dict[str, ImageFiles]:
        found = {}
        for each in sorted(set(ids) & self._images.keys()):
            image = self._images[each]
            with tenancy.owner(reason="embed_image"):
                shown = thumbnail(image, width=_EMBEDDED, accepted="image/webp")
            if shown is not None:
                body = base64.b64encode(shown.body).decode()
                file = ImageFile(f"data:{shown.content_type};base64,{body}", image.width)
                sources = ((shown.content_type, (file,)),)
                found[each] = _as_shown(image, sources, language)
        return found

    def complete(self) -> None:
        """Nothing is published of it."""


def _read_images(workspace_id: uuid.UUID, ids: Collection[str]) -> dict[str, Image]:
    if not ids:
        return {}
    # As the owner: a guest's draft has all of its pictures.
    with tenancy.owner(reason="read_images"):
        mine = Image.objects.filter(workspace_id=workspace_id, pk__in=ids)
        return {str(image.pk): image for image in mine}


def _kinds(files: Iterable[ImageRendition]) -> set[tuple[str, int]]:
    return {(file.format, file.width) for file in files}


class Thumbnail(NamedTuple):
    """A file to be shown at once."""

    content_type: str
    sha256: str
    body: bytes


def thumbnail(image: Image, *, width: int, accepted: str) -> Thumbnail | None:
    """The smallest file that is at least so wide, in a format that is accepted.

    `accepted` is a browser's Accept header. Until all files are made it is the nearest of those
    that are, or the master; None where that is gone too. Raises `storing.StorageAwayError`.
    """
    *modern, plain = formats_of(has_alpha=image.has_alpha)
    # Every browser that the console is for shows WebP, and says so or accepts anything.
    order = [kind for kind in modern if f"image/{kind}" in accepted] or [Format.WEBP]
    choice = [*order, plain, Format.MASTER]
    files = image.renditions.defer(*keeping.LIGHT)

    def rank(file: ImageRendition) -> tuple[bool, bool, int, int]:
        short = file.width < min(width, image.width)
        return (file.format == Format.MASTER, short, abs(file.width - width), place(file))

    def place(file: ImageRendition) -> int:
        return choice.index(Format(file.format))

    for file in sorted((each for each in files if each.format in choice), key=rank):
        body = keeping.content(file)
        if body is not None:
            return Thumbnail(file.content_type, file.sha256, body)
    return None


def path_of(file: ImageRendition) -> str:
    """Where a file is in a release, without the first slash."""
    return f"{FOLDER}/{file.sha256[:16]}-{file.width}.{_ENDINGS.get(file.format, file.format)}"


_ENDINGS: Mapping[str, str] = {Format.JPEG: "jpg"}


def _shown(image: Image, files: list[ImageRendition], language: str) -> ImageFiles:
    sources = {
        kind: tuple(ImageFile(path_of(file), file.width) for file in files if file.format == kind)
        for kind in formats_of(has_alpha=image.has_alpha)
    }
    listed = tuple((f"image/{kind}", found) for kind, found in sources.items() if found)
    return _as_shown(image, listed, language)


def _as_shown(
    image: Image, sources: tuple[tuple[str, tuple[ImageFile, ...]], ...], language: str
) -> ImageFiles:
    return ImageFiles(
        width=image.width,
        height=image.height,
        focal_x=round(image.focal_x * 10),
        focal_y=round(image.focal_y * 10),
        alt=str(image.alt.get(language) or ""),
        sources=sources,
    )
