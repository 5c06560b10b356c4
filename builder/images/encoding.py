"""Writes a clean picture as the files that are kept and shown.

Qualities were chosen by measuring (docs/adr/0014): at a like distance from the photo (PSNR of its
lightness) an AVIF of 60 has two thirds of the bytes of a JPEG of 78.
"""

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from builder.models import ImageRendition

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

Format = ImageRendition.Format

WIDTHS: Final = (320, 640, 960, 1280, 1920)
CONTENT_TYPES: Final = {
    Format.AVIF: "image/avif",
    Format.WEBP: "image/webp",
    Format.JPEG: "image/jpeg",
    Format.PNG: "image/png",
}
# AVIF's speed 8 takes a third of the time of 6 for a tenth more bytes; WebP's 4 is its default.
_OPTIONS: Final[Mapping[str, dict[str, Any]]] = {
    Format.AVIF: {"quality": 60, "speed": 8, "subsampling": "4:2:0"},
    Format.WEBP: {"quality": 76, "method": 4},
    Format.JPEG: {"quality": 78, "progressive": True, "optimize": True},
    Format.PNG: {"compress_level": 6},
}
_MASTER_JPEG: Final[dict[str, Any]] = {"quality": 92, "subsampling": "4:4:4"}
_MASTER_PNG: Final[dict[str, Any]] = {"compress_level": 4}


class Rendered(NamedTuple):
    """A file of a picture."""

    format: str
    width: int
    content_type: str
    body: bytes


def widths_of(width: int) -> tuple[int, ...]:
    """How wide the files of a picture are: none wider than itself."""
    narrower = tuple(each for each in WIDTHS if each < width)
    return narrower if len(narrower) == len(WIDTHS) else (*narrower, width)


def formats_of(*, has_alpha: bool) -> tuple[str, ...]:
    """The formats of a picture's files, the smallest first; the last is for every browser."""
    return (Format.AVIF, Format.WEBP, Format.PNG if has_alpha else Format.JPEG)


def master(pixels: "Pixels") -> Rendered:
    """What all files are made from later, near to lossless."""
    if pixels.mode == "RGBA":
        body, kind = _saved(pixels, "PNG", _MASTER_PNG), "image/png"
    else:
        body, kind = _saved(pixels, "JPEG", _MASTER_JPEG), "image/jpeg"
    return Rendered(Format.MASTER, pixels.width, kind, body)


def rendered(pixels: "Pixels", wanted: set[tuple[str, int]]) -> Iterator[Rendered]:
    """The files of these formats and widths, one after the other, the widest first.

    Each width is made from the one before: a picture is scaled down from far once only.
    """
    from PIL import Image

    for width in sorted({width for _format, width in wanted}, reverse=True):
        if width != pixels.width:
            height = max(1, round(pixels.height * width / pixels.width))
            size = (width, height)
            pixels = pixels.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        for kind in CONTENT_TYPES:
            if (kind, width) in wanted:
                body = _saved(pixels, kind, _OPTIONS[kind])
                yield Rendered(kind, width, CONTENT_TYPES[kind], body)


def _saved(pixels: "Pixels", kind: str, options: dict[str, Any]) -> bytes:
    target = io.BytesIO()
    pixels.save(target, kind, **options)
    return target.getvalue()
