"""Uploaded pictures as a page shows them: plain values, and the HTML that is made of them."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A file of a picture: its path below the site's root, and its width in pixels.

    The path may also be the whole file, as a `data:` address.
    """

    path: str
    width: int


@dataclass(frozen=True, slots=True)
class ImageFiles:
    """A picture: its size in pixels, what stays in sight (tenths of both sides), its files.

    `sources` are content types with their files from narrow to wide, the type that browsers are
    to prefer first; the last is for all browsers. `alt` is in the page's language.
    """

    width: int
    height: int
    focal_x: int
    focal_y: int
    alt: str
    sources: tuple[tuple[str, tuple[ImageFile, ...]], ...]


def write_image(
    image: ImageFiles, *, base: str, alt: str, sizes: str, eager: bool, first: bool
) -> SafeString:
    """Write an uploaded picture; `base` leads to the site's root.

    `first` is fetched before others: the one that is seen at once. `sizes` is how wide it will
    be, as CSS says it; a browser that can finds out by itself where the picture is not `eager`.
    """
    *others, (_type, plain) = image.sources
    wide = escape(sizes if eager else f"auto, {sizes}")
    written = "".join(
        f'<source type="{kind}" {_choice(files, base, wide)}>' for kind, files in others
    )
    look = f"picture focus-x{image.focal_x} focus-y{image.focal_y}"
    loading = "eager" if eager else "lazy"
    priority = ' fetchpriority="high"' if first else ""
    # Browsers without srcset take one that is neither the smallest nor the largest.
    middle = plain[len(plain) // 2]
    more = f"{_choice(plain, base, wide)} " if len(plain) > 1 else ""
    return SafeString(
        f'<picture>{written}<img class="{look}" src="{_address(middle, base)}" '
        f'{more}alt="{escape(alt or image.alt)}" '
        f'width="{image.width}" height="{image.height}" loading="{loading}"{priority} '
        'decoding="async"></picture>'
    )


def _choice(files: tuple[ImageFile, ...], base: str, wide: str) -> str:
    listed = ", ".join(f"{_address(file, base)} {file.width}w" for file in files)
    return f'srcset="{listed}" sizes="{wide}"'


def _address(file: ImageFile, base: str) -> str:
    return escape(file.path if file.path.startswith("data:") else base + file.path)
