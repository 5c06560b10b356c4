"""A project as it stands now: what hinders its publishing, and the files that it would become."""

import datetime
import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer
from builder import documents, locales
from builder.feeds import FEED_PATH, write_feed
from builder.fonts.library import CONTENT_TYPE as FONT_TYPE
from builder.images.showing import Pictures
from builder.locales import Locale
from builder.models import ImageRendition, Project, StyleGuide, Wireframe
from builder.rendering import (
    NavPage,
    PageInput,
    PageScript,
    ScriptTag,
    SiteInput,
    digest_of,
    inputs_of,
    render_not_found,
    render_page,
    render_stylesheet,
    section_script,
)
from builder.rendering.blocks import BLOCKS
from builder.rendering.blocks import CONTENT_TYPE as BLOCKS_TYPE
from builder.rendering.stylesheet import site_fonts
from builder.sections import registry, validate_layout
from builder.sections.pictures import image_ids
from builder.site_forms import forms_of

HTML: Final = "text/html; charset=utf-8"
NOT_FOUND_PATH: Final = "/404.html"
# One body answers for every unknown address of a language, at its prefix; the edge puts the site's
# root here.
NOT_FOUND_BASE: Final = "/_hh_base_/"


@dataclass(frozen=True)
class SiteFile:
    """A file of a release; `pinned` ones bear their hash in their name and never change."""

    body: bytes
    content_type: str
    pinned: bool = False

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class Part:
    """A file to be: `make` renders it; the same `inputs`, unless "", make the same file.

    With a page comes the document of its dynamic blocks, at `BLOCKS` before its path.
    """

    make: Callable[[], dict[str, SiteFile]]
    inputs: str = ""


@dataclass(frozen=True)
class Tree:
    """The pages of one language, and what they load: paths of stylesheet and scripts.

    `keys` are the pages' paths by their keys: whoever moves keeps the key. `pictures` are the files
    of uploaded pictures that the pages show, which are among `assets` too. `missing` is the page
    for addresses that the site does not have, `feed` that of its entries, where it has some.
    """

    locale: Locale
    pages: dict[str, Part]
    pictures: Mapping[str, ImageRendition]
    assets: list[str]
    forms: list[dict[str, Any]]
    keys: dict[str, str]
    missing: dict[str, Part]
    feed: dict[str, bytes]


@dataclass(frozen=True)
class Draft:
    """A project's documents, read once. `pages` has an entry only where the sitemap is right."""

    project: Project
    sitemap_faults: list[Fault]
    sitemap: dict[str, Any]
    pages: list[NavPage]
    wireframes: dict[str, Wireframe]
    style: dict[str, Any]
    pictures: Pictures
    # What the pages' layouts were read as when they were checked, by key.
    _read: dict[str, list[Any]] = field(default_factory=dict)

    @cached_property
    def locales(self) -> list[Locale]:
        return locales.locales_of(self.project)

    def faults(self) -> Iterator[Fault]:
        """What hinders publishing; none means that `trees` works."""
        yield from (fault.under("/sitemap") for fault in self.sitemap_faults)
        if self.project.status == Project.Status.ARCHIVED:
            yield archived()
        keys = {page.key for page in self.pages}
        for page in self.pages:
            here = json_pointer(["wireframes", page.key])
            yield from (fault.under(here) for fault in self._page_faults(page.key, keys))
        style = documents.style_faults(self.style)
        yield from (fault.under("/style_guide") for fault in style)
        yield from self._locale_faults()

    def frame(
        self, *, base_url: str, stylesheet: str, scripts: Sequence[ScriptTag], indexed: bool = True
    ) -> SiteInput:
        """The site around the pages of its own language; arguments as in `SiteInput`."""
        return SiteInput(
            name=self.project.name,
            language=self.project.language,
            direction=self.project.direction,
            tokens=self._tokens,
            pages=tuple(self.pages),
            stylesheet_path=stylesheet,
            base_url=base_url,
            scripts=tuple(scripts),
            indexed=indexed,
            about=str(self.project.settings.get("schema_type") or ""),
        )

    def trees(
        self,
        *,
        frame: SiteInput,
        languages: Collection[str] | None = None,
        carried: Mapping[str, Collection[str]] | None = None,
    ) -> Iterator[Tree]:
        """The pages of the languages (None: of all); wants a draft without faults.

        `carried` are languages that stay as they are live, with the paths that they have there:
        pages name them as their translations.
        """
        kept = carried or {}
        written = [each for each in self.locales if languages is None or each.language in languages]
        paths = {each.language: self._paths(each) for each in written}
        for language, live in kept.items():
            there = self._paths(next(each for each in self.locales if each.language == language))
            paths[language] = {key: path for key, path in there.items() if path in live}
        assets = [frame.stylesheet_path, *(script.path for script in frame.scripts), *self.fonts()]
        for locale in written:
            site = self._site(frame, locale)
            documents = [self._document(page, locale, paths) for page in site.pages]
            body = write_feed(site=site, pages=documents)
            feed = {locale.prefix + FEED_PATH: body} if body else {}
            site = replace(site, feed_path=next(iter(feed), ""))
            around = digest_of(site)
            pages: dict[str, Part] = {}
            forms: list[dict[str, Any]] = []
            shown: set[str] = set()
            for page, document in zip(site.pages, documents, strict=True):
                shown |= document.images.keys()
                read = None if locale.prefix else self._read.get(page.key)
                make = partial(_render, document, site, read)
                pages[page.path] = Part(make, inputs_of(page=document, site=around))
                with translation.override(locale.language):
                    forms += forms_of(page, document.layout)
            keys = {page.key: page.path for page in site.pages}
            pictures = self.pictures.renditions(shown)
            loaded = [*(f"/{path}" for path in assets), *pictures, *feed]
            missing = _not_found(locale.prefix + NOT_FOUND_PATH, site, around)
            yield Tree(locale, pages, pictures, loaded, forms, keys, missing, feed)

    @property
    def changed(self) -> dict[str, datetime.datetime]:
        """When each page was last written, by its key."""
        return {key: wireframe.updated_at for key, wireframe in self.wireframes.items()}

    def fonts(self) -> dict[str, SiteFile]:
        """The files of the fonts that the site's tokens name, by path without the first slash."""
        files = site_fonts(self._tokens, languages=[each.language for each in self.locales])
        return {file.path: SiteFile(file.body, FONT_TYPE, pinned=True) for file in files}

    def stylesheet(self) -> tuple[str, SiteFile]:
        """The site's stylesheet, for all languages, by its path without the first slash."""
        css = render_stylesheet(
            tokens=self._tokens,
            section_types=self._section_types,
            languages=[each.language for each in self.locales],
        )
        return _pinned("site.css", css.encode(), "text/css; charset=utf-8")

    def scripts(self) -> list[PageScript]:
        """The script of the site's sections; none where they need none."""
        used = {
            component["type"]
            for page in self.pages
            for component in self.wireframes[page.key].layout["content"]
            if registry()[component["type"]].wants_script(component["props"])
        }
        script = section_script(section_types=used)
        return [script] if script else []

    def _site(self, frame: SiteInput, locale: Locale) -> SiteInput:
        if not locale.prefix:
            return frame
        names = locales.titles(self.sitemap, locale)
        pages = tuple(
            NavPage(page.key, names[page.key].title, locale.path(page.path))
            for page in self.pages
            if page.key in names
        )
        return replace(
            frame,
            name=locale.name,
            language=locale.language,
            direction=locale.direction,
            pages=pages,
            home_path=locale.home,
            elsewhere=tuple(self.pages),
        )

    def _document(
        self, page: NavPage, locale: Locale, paths: Mapping[str, Mapping[str, str]]
    ) -> PageInput:
        wireframe = self.wireframes[page.key]
        layout, description = wireframe.layout, wireframe.description
        if locale.prefix:
            layout = locales.layout_in(layout, locale.language)
            own = locales.titles({page.key: self.sitemap[page.key]}, locale)[page.key]
            description = own.description or description
        shown = _rendered(layout)
        return PageInput(
            key=page.key,
            path=page.path,
            title=page.title,
            layout=shown,
            images=self.pictures.files(image_ids(shown), language=locale.language),
            description=description,
            alternates=tuple(
                (each.language, paths[each.language][page.key])
                for each in self.locales
                if page.key in paths.get(each.language, {})
            ),
        )

    def _paths(self, locale: Locale) -> dict[str, str]:
        """Where the pages are in a language, by key; those that are not in it are left out."""
        known = locales.titles(self.sitemap, locale) if locale.prefix else {}
        return {
            page.key: locale.path(page.path)
            for page in self.pages
            if not locale.prefix or page.key in known
        }

    def _page_faults(self, key: str, keys: set[str]) -> Iterator[Fault]:
        wireframe = self.wireframes.get(key)
        if wireframe is None:
            yield Fault("", "missing_wireframe", _("The page has no layout."))
            return
        read = self._read[key] = []
        found = validate_layout(
            wireframe.layout, page_keys=keys, images=self.pictures.known, found=read
        )
        yield from found
        for locale in self.locales[1:] if not found else ():
            yield from locales.layout_faults(wireframe.layout, locale.language, page_keys=keys)

    def _locale_faults(self) -> Iterator[Fault]:
        language = self.project.language
        for fault in locales.settings_faults(self.project.settings, language=language):
            yield fault.under("/settings")
        here = {page.key: page for page in self.pages}
        for fault in locales.path_faults(here, self.locales):
            yield fault.under("/sitemap")
        for locale in self.locales[1:] if here else ():
            for fault in locales.title_faults(self.sitemap, locale):
                yield fault.under("/sitemap")

    @cached_property
    def _section_types(self) -> set[str]:
        return {
            component["type"]
            for page in self.pages
            for component in self.wireframes[page.key].layout["content"]
        }

    @cached_property
    def _tokens(self) -> dict[str, Any]:
        return documents.token_document(self.style)


def read(*, project: Project) -> Draft:
    """Read the documents of a project: its current sitemap, that one's pages, the home's style."""
    sitemap = project.current_sitemap
    pages = sitemap.pages if sitemap else {}
    faults = documents.sitemap_faults(pages)
    found = Wireframe.objects.filter(sitemap=sitemap) if sitemap else Wireframe.objects.none()
    wireframes = {wireframe.page_key: wireframe for wireframe in found.defer("components")}
    ordered = [] if faults else documents.site_pages(pages)
    home = wireframes.get(ordered[0].key) if ordered else None
    guide = StyleGuide.objects.filter(wireframe=home).first() if home else None
    return Draft(
        project=project,
        sitemap_faults=faults,
        sitemap={} if faults else pages,
        pages=ordered,
        wireframes=wireframes,
        style=documents.columns_of(guide) if guide else {},
        pictures=Pictures(
            workspace_id=project.workspace_id,
            ids={found for page in ordered for found in _pictures_of(wireframes.get(page.key))},
        ),
    )


def archived() -> Fault:
    return Fault("/status", "archived", _("An archived project is not published."))


def page_scripts(*, project: Project) -> list[PageScript]:
    """The scripts that floors above give the site (setting BUILDER_PAGE_SCRIPTS)."""
    return [import_string(hook)(project=project) for hook in settings.BUILDER_PAGE_SCRIPTS]


def script_file(script: PageScript) -> tuple[str, SiteFile]:
    """A script's file, by its path without the first slash."""
    return _pinned(script.name, script.body, "text/javascript; charset=utf-8")


def _rendered(layout: Mapping[str, Any]) -> dict[str, Any]:
    """What of a layout its page is rendered from: no translations into other languages."""
    root = {**(layout.get("root") or {})}
    props = root.get("props")
    if isinstance(props, dict):
        root["props"] = {key: value for key, value in props.items() if key != locales.TRANSLATIONS}
    return {"root": root, "content": layout["content"]}


def _pictures_of(wireframe: Wireframe | None) -> set[str]:
    return image_ids(wireframe.layout) if wireframe else set()


def _not_found(path: str, site: SiteInput, around: str) -> dict[str, Part]:
    """The page for addresses that the site does not have, in a language of it."""

    def make() -> dict[str, SiteFile]:
        html = render_not_found(site=site, base=NOT_FOUND_BASE).html.encode()
        return {path: SiteFile(html, HTML)}

    page = PageInput(key="", path=path, title="", layout={}, base=NOT_FOUND_BASE)
    return {path: Part(make, inputs_of(page=page, site=around))}


def _render(
    document: PageInput, site: SiteInput, read: Sequence[Any] | None
) -> dict[str, SiteFile]:
    page = render_page(page=document, site=site, read=read)
    files = {document.path: SiteFile(page.html.encode(), HTML)}
    if page.blocked is not None:
        files[BLOCKS + document.path] = SiteFile(page.blocked.document(), BLOCKS_TYPE)
    return files


def _pinned(name: str, body: bytes, content_type: str) -> tuple[str, SiteFile]:
    file = PurePosixPath(name)
    path = f"assets/{file.stem}.{hashlib.sha256(body).hexdigest()[:12]}{file.suffix}"
    return path, SiteFile(body, content_type, pinned=True)
