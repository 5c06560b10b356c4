"""Turns a stranger's file into a clean picture: upright, in sRGB, without metadata."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from builder.images.refusals import (
    ENDINGS,
    ImageError,
    no_picture,
    refusal,
    refuse_disguise,
    refuse_other_ending,
)

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

# A picture of so many pixels takes up to 430 MB until it is smaller (docs/adr/0014).
MAX_PIXELS: Final = 40_000_000
# The longest side of what is kept: twice the widest file, for screens and cuts to come.
MAX_SIDE: Final = 4096
# What makes upright what a camera has marked so (CIPA DC-008, Exif 3.0, tag 0x0112).
_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
# Decoded at once in a process, however many are uploading: memory is bounded.
_AT_ONCE: Final = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Picture:
    """A picture as it was decoded; `kind` is what Pillow calls the file's format."""

    pixels: "Pixels"
    kind: str
    content_type: str
    has_alpha: bool


@contextmanager
def decoded(body: bytes, *, name: str = "") -> Iterator[Picture]:
    """The picture in a file whose name is `name` ("" where it has none); then its memory is free.

    Raises `ImageError`.
    """
    with _AT_ONCE:
        yield _decoded(body, name)


def _decoded(body: bytes, name: str) -> Picture:
    source = _opened(body)
    kind = "JPEG" if source.format == "MPO" else str(source.format)
    refuse_other_ending(name, kind)
    refuse_disguise(body)
    _refuse_bomb(source.size)
    try:
        pixels = _upright(source)
        has_alpha = _shows_through(pixels)
        clean = _as_mode(pixels, "RGBA" if has_alpha else "RGB")
    # What is damaged ends in many ways, and decoders are others' code; memory is the machine's.
    except MemoryError:
        raise
    except Exception as error:
        text = _("The picture is damaged or cut off.")
        raise refusal("damaged_image", text) from error
    clean.info.clear()
    return Picture(clean, kind, f"image/{kind.lower()}", has_alpha)


def _opened(body: bytes) -> Any:
    """The file with its head read, nothing decoded. Raises `ImageError`."""
    from PIL import Image

    # Pillow warns of bombs by a setting of the process; here each is measured before it goes off.
    Image.MAX_IMAGE_PIXELS = None
    try:
        return Image.open(io.BytesIO(body), formats=tuple(ENDINGS))
    except Exception as error:
        raise _unopened(body) from error


def _unopened(body: bytes) -> ImageError:
    known = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF")
    if body.startswith(known):
        return refusal("damaged_image", _("The picture is damaged or cut off."))
    return no_picture(body)


def _refuse_bomb(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MAX_PIXELS:
        text = _("The picture has %(width)d × %(height)d pixels; at most %(most)d million will do.")
        told = {"width": width, "height": height, "most": MAX_PIXELS // 1_000_000}
        raise refusal("too_many_pixels", text % told)


def _upright(source: Any) -> Any:
    """The first frame as it is to be seen, at most `MAX_SIDE` pixels long."""
    from PIL import Image

    if source.format in ("JPEG", "MPO"):
        # A JPEG that is far too large is decoded at a half or a quarter of its size.
        source.draft(None, (MAX_SIDE, MAX_SIDE))
    source.load()
    orientation = source.getexif().get(_ORIENTATION, 1)
    pixels = _in_srgb(source)
    pixels.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    turn = _TURNS.get(orientation)
    return pixels if turn is None else pixels.transpose(Image.Transpose[turn])


def _in_srgb(source: Any) -> Any:
    """The pixels in the colours that browsers take for granted, as RGB or RGBA."""
    from PIL import ImageCms

    profile = source.info.get("icc_profile")
    mode = "RGBA" if _may_show_through(source) else "RGB"
    if source.mode.startswith("I"):  # 16 bits of grey
        return source.point(lambda value: value / 256).convert("L").convert(mode)
    if profile and source.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            aim = "RGBA" if source.mode == "RGBA" else "RGB"
            return ImageCms.profileToProfile(source, theirs, ours, outputMode=aim)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that nothing can be made of is none
    return _as_mode(source, mode)


def _as_mode(pixels: Any, mode: str) -> Any:
    """The pixels in a mode; a copy of what is in it already would double its memory."""
    return pixels if pixels.mode == mode else pixels.convert(mode)


def _may_show_through(source: Any) -> bool:
    return source.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in source.info


def _shows_through(pixels: Any) -> bool:
    return bool(pixels.mode == "RGBA" and pixels.getchannel("A").getextrema()[0] < 255)
