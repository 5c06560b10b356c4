"""Pictures of templates: every page at every width, the gallery's, and the contact sheet."""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from builder.template_library import TemplateDocument
from builder.template_library.library import DRAFT, FILE, LIBRARY, read
from builder.template_sites import TemplateSite, languages_of, render_template

_CHROMIUM: Final = "/usr/bin/chromium"
_ROOT: Final = Path(__file__).resolve().parents[3]
GALLERY: Final = _ROOT / "builder" / "static" / "builder" / "templates"
SHEET: Final = _ROOT / "docs" / "images" / "templates.webp"
WIDTHS: Final = (390, 820, 1440)
# A picture of the gallery, and the most bytes that it may have.
_GALLERY_SIZE: Final = (640, 480)
_GALLERY_BYTES: Final = 30_000
_SHEET_COLUMNS: Final = 6


class Command(BaseCommand):
    """Takes pictures of templates in Chromium (needs the browser group)."""

    help = (
        "Take pictures of templates: into a folder, of every page at 390, 820 and 1440 px in both"
        " languages; --gallery writes those of the studio's gallery, --sheet the contact sheet."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="templates, also unfinished ones; default all")
        parser.add_argument("--folder", type=Path, help="where the pictures of all pages go")
        parser.add_argument("--gallery", action="store_true", help="the pictures of the gallery")
        parser.add_argument("--sheet", action="store_true", help="the contact sheet of the docs")

    def handle(self, *args: Any, **options: Any) -> None:
        templates = [*_chosen(options["slugs"])]
        with _chromium() as browser:
            count = 0
            for template in templates:
                with tempfile.TemporaryDirectory() as folder:
                    count += _of_template(browser, template, Path(folder), options)
            if options["sheet"]:
                _write_sheet([template.slug for template in templates])
                count += 1
        self.stdout.write(f"Pictures written: {count}. Templates: {len(templates)}.")


class _chromium:  # noqa: N801  a context, used as a function
    """A browser of the machine's own."""

    def __enter__(self) -> Any:
        try:
            from playwright.sync_api import sync_playwright
        except ImportError:
            raise CommandError("Install the browser group: uv sync --group browser") from None
        self.playwright = sync_playwright().start()
        return self.playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])

    def __exit__(self, *_error: object) -> None:
        self.playwright.stop()


def _chosen(slugs: list[str]) -> Iterator[TemplateDocument]:
    if not slugs:
        yield from (read(path) for path in sorted(LIBRARY.glob(f"*/{FILE}")))
    for slug in slugs:
        found = [path for name in (FILE, DRAFT) if (path := LIBRARY / slug / name).exists()]
        if not found:
            raise CommandError(f"There is no template {slug}.")
        yield read(found[0])


def _of_template(
    browser: Any, template: TemplateDocument, root: Path, options: dict[str, Any]
) -> int:
    site = render_template(template)
    _write_site(site, root)
    count = 0
    for path in site.pages:
        language = next(
            (each for each in languages_of(template)[1:] if f"{path}/".startswith(f"/{each}/")),
            template.language,
        )
        name = path.removeprefix(f"/{language}").strip("/").replace("/", "-") or "home"
        address = _file(root, path).as_uri()
        if options["folder"]:
            options["folder"].mkdir(parents=True, exist_ok=True)
            for width in WIDTHS:
                target = options["folder"] / f"{template.slug}.{language}.{name}.{width}.png"
                target.write_bytes(_shot(browser, address, width=width, height=900, whole=True))
                count += 1
        if options["gallery"] and name == "home":
            _write_gallery(template.slug, language, _shot(browser, address, width=1280, height=960))
            count += 1
    return count


def _write_site(site: TemplateSite, root: Path) -> None:
    for path, body in site.files():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    for path, page in site.pages.items():
        target = _file(root, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.html, encoding="utf-8")


def _file(root: Path, path: str) -> Path:
    # Addresses within a page are relative to its path: a file stands where its path does.
    return root / f"{path.strip('/') or 'home'}.html"


def _shot(browser: Any, address: str, *, width: int, height: int, whole: bool = False) -> bytes:
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.fonts.ready")
    found: bytes = page.screenshot(full_page=whole)
    context.close()
    return found


def _write_gallery(slug: str, language: str, png: bytes) -> None:
    from PIL import Image

    picture = Image.open(io.BytesIO(png)).convert("RGB").resize(_GALLERY_SIZE)
    GALLERY.mkdir(parents=True, exist_ok=True)
    for quality in range(80, 20, -5):
        written = io.BytesIO()
        picture.save(written, "WEBP", quality=quality, method=6)
        if written.tell() <= _GALLERY_BYTES:
            break
    (GALLERY / f"{slug}.{language}.webp").write_bytes(written.getvalue())


def _write_sheet(slugs: list[str]) -> None:
    """Put the gallery's pictures side by side, each template in both languages."""
    from PIL import Image

    pictures = [path for slug in slugs for path in sorted(GALLERY.glob(f"{slug}.*.webp"))]
    width, height = _GALLERY_SIZE[0] // 2, _GALLERY_SIZE[1] // 2
    gap = 16
    rows = -(-len(pictures) // _SHEET_COLUMNS)
    size = (_SHEET_COLUMNS * (width + gap) + gap, rows * (height + gap) + gap)
    sheet = Image.new("RGB", size, "#dcdcd8")
    for index, path in enumerate(pictures):
        row, column = divmod(index, _SHEET_COLUMNS)
        place = (gap + column * (width + gap), gap + row * (height + gap))
        with Image.open(path) as picture:
            sheet.paste(picture.resize((width, height)), place)
    SHEET.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(SHEET, "WEBP", quality=72, method=6)
