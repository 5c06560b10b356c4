"""What is wrong with a file that somebody gives as a picture; each refusal says what to do."""

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

from django.utils.translation import gettext as _

from accounts.faults import Fault

# Where a fault is: the field that uploads a file.
FILE: Final = "/file"
# What a file's name may end in, by what Pillow calls its format.
ENDINGS: Final = {
    "JPEG": ("jpg", "jpeg", "jpe", "jfif"),
    "PNG": ("png",),
    "WEBP": ("webp",),
    "AVIF": ("avif",),
    "GIF": ("gif",),
}
NAMES: Final = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WebP", "AVIF": "AVIF", "GIF": "GIF"}

_BEGINNING: Final = 1024
_SVG: Final = re.compile(rb"<svg[\s>]|<!doctype\s+svg", re.IGNORECASE)
# ISO/IEC 14496-12, section 4.3: the brands of pictures that phones of one maker take.
_HEIF: Final = re.compile(rb"....ftyp(heic|heix|heim|heis|hevc|mif1|msf1)", re.DOTALL)
_PDF: Final = b"%PDF-"
# A web server that guesses types, or an includer of files, would run these.
_CODE: Final = re.compile(rb"<script[\s>]|<!doctype\s+html|<html[\s>]|<\?php\s", re.IGNORECASE)


class ImageError(Exception):
    """A picture that is not taken in, or not changed so; `faults` say why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(self.faults[0].detail)


class ImageTooLargeError(ImageError):
    """A file of more bytes than are taken in."""


def refusal(code: str, detail: str, *, at: str = FILE) -> ImageError:
    return ImageError([Fault(at, code, detail)])


def too_large(most: int) -> ImageTooLargeError:
    text = _("A picture has at most %(count)d MB.") % {"count": most // 1_000_000}
    return ImageTooLargeError([Fault(FILE, "payload_too_large", text)])


def no_picture(body: bytes) -> ImageError:
    """Why a file that no decoder knows is none of the pictures that are taken in."""
    start = body[:_BEGINNING]
    if _SVG.search(start):
        text = _(
            "An SVG can run scripts, so none is taken in. Export it as a PNG, 1920 pixels wide or "
            "more."
        )
        return refusal("svg", text)
    if _HEIF.match(start):
        text = _("Browsers cannot show HEIC. Export the photo as a JPEG.")
        return refusal("unsupported_format", text)
    text = _("This is no picture that can be read; there are %(known)s.")
    return refusal("not_an_image", text % {"known": ", ".join(NAMES.values())})


def refuse_disguise(body: bytes) -> None:
    """Refuse a picture that is a program or a document as well. Raises `ImageError`."""
    hidden = _PDF in body[:_BEGINNING] or _CODE.search(body) is not None
    if hidden or zipfile.is_zipfile(io.BytesIO(body)):
        text = _(
            "The picture holds another file, such as a page or an archive. Open it in a picture "
            "editor and export it anew."
        )
        raise refusal("disguised", text)


def refuse_other_ending(name: str, kind: str) -> None:
    """Refuse a name that says another format than the file is of. Raises `ImageError`."""
    ending = PurePath(name).suffix.removeprefix(".").lower()
    if ending and ending not in ENDINGS[kind]:
        text = _("The file's name ends in .%(ending)s, but it is a %(kind)s: name it .%(right)s.")
        names = {"ending": ending[:20], "kind": NAMES[kind], "right": ENDINGS[kind][0]}
        raise refusal("wrong_extension", text % names)
