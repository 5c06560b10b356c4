"""A project as it stands now: what hinders its publishing, and the files that it would become."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer
from builder import documents
from builder.models import Project, StyleGuide, Wireframe
from builder.rendering import (
    NavPage,
    PageInput,
    PageScript,
    ScriptTag,
    SiteInput,
    render_not_found,
    render_page,
    render_stylesheet,
)
from builder.sections import form_fields, validate_layout

HTML: Final = "text/html; charset=utf-8"
NOT_FOUND_PATH: Final = "/404.html"
# One body answers for every unknown address; the edge puts the site's root here.
NOT_FOUND_BASE: Final = "/_hh_base_/"


@dataclass(frozen=True)
class SiteFile:
    """A file of a release; `pinned` ones bear their hash in their name and never change."""

    body: bytes
    content_type: str
    pinned: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class Draft:
    """A project's documents, read once. `pages` has an entry only where the sitemap is right."""

    project: Project
    sitemap_faults: list[Fault]
    pages: list[NavPage]
    wireframes: dict[str, Wireframe]
    style: dict[str, Any]

    def faults(self) -> Iterator[Fault]:
        """What hinders publishing; none means that `files` works."""
        yield from (fault.under("/sitemap") for fault in self.sitemap_faults)
        if self.project.status == Project.Status.ARCHIVED:
            yield archived()
        keys = {page.key for page in self.pages}
        for page in self.pages:
            here = json_pointer(["wireframes", page.key])
            wireframe = self.wireframes.get(page.key)
            if wireframe is None:
                yield Fault(here, "missing_wireframe", _("The page has no layout."))
                continue
            found = validate_layout(wireframe.layout, page_keys=keys)
            yield from (fault.under(here) for fault in found)
        style = documents.style_faults(self.style)
        yield from (fault.under("/style_guide") for fault in style)

    def files(self, *, base_url: str, scripts: Sequence[PageScript]) -> dict[str, SiteFile]:
        """The site's files by path. `base_url` as in `SiteInput`; wants a draft without faults."""
        assets = {_script_path(script): script for script in scripts}
        css = render_stylesheet(tokens=self._tokens, section_types=self._section_types()).encode()
        stylesheet = _pinned("site.css", css)
        site = SiteInput(
            name=self.project.name,
            language=self.project.language,
            direction=self.project.direction,
            tokens=self._tokens,
            pages=tuple(self.pages),
            stylesheet_path=stylesheet,
            base_url=base_url,
            scripts=tuple(ScriptTag(path, item.attributes) for path, item in assets.items()),
        )
        not_found = render_not_found(site=site, base=NOT_FOUND_BASE).html.encode()
        return {
            **{page.path: SiteFile(self._html(page, site), HTML) for page in self.pages},
            NOT_FOUND_PATH: SiteFile(not_found, HTML),
            f"/{stylesheet}": SiteFile(css, "text/css; charset=utf-8", pinned=True),
            **{
                f"/{path}": SiteFile(item.body, "text/javascript; charset=utf-8", pinned=True)
                for path, item in assets.items()
            },
            **_for_crawlers(self.pages, base_url),
        }

    def forms(self) -> list[dict[str, Any]]:
        """What each form asks for, as the door that takes them in needs it."""
        return [
            {
                "component_id": component["props"]["id"],
                "page_key": page.key,
                "path": page.path,
                "type": component["type"],
                "fields": [{**asdict(field), "options": list(field.options)} for field in fields],
            }
            for page in self.pages
            for component in self.wireframes[page.key].layout["content"]
            if (fields := form_fields(component))
        ]

    @property
    def _tokens(self) -> dict[str, Any]:
        return documents.token_document(self.style)

    def _section_types(self) -> set[str]:
        return {
            component["type"]
            for page in self.pages
            for component in self.wireframes[page.key].layout["content"]
        }

    def _html(self, page: NavPage, site: SiteInput) -> bytes:
        wireframe = self.wireframes[page.key]
        document = PageInput(
            key=page.key,
            path=page.path,
            title=page.title,
            layout=wireframe.layout,
            description=wireframe.description,
        )
        return render_page(page=document, site=site).html.encode()


def read(*, project: Project) -> Draft:
    """Read the documents of a project: its current sitemap, that one's pages, the home's style."""
    sitemap = project.current_sitemap
    pages = sitemap.pages if sitemap else {}
    faults = documents.sitemap_faults(pages)
    found = Wireframe.objects.filter(sitemap=sitemap) if sitemap else Wireframe.objects.none()
    wireframes = {wireframe.page_key: wireframe for wireframe in found}
    ordered = [] if faults else documents.site_pages(pages)
    home = wireframes.get(ordered[0].key) if ordered else None
    guide = StyleGuide.objects.filter(wireframe=home).first() if home else None
    return Draft(
        project=project,
        sitemap_faults=faults,
        pages=ordered,
        wireframes=wireframes,
        style=documents.columns_of(guide) if guide else {},
    )


def archived() -> Fault:
    return Fault("/status", "archived", _("An archived project is not published."))


def page_scripts(*, project: Project) -> list[PageScript]:
    """The scripts that floors above give the site (setting BUILDER_PAGE_SCRIPTS)."""
    return [import_string(hook)(project=project) for hook in settings.BUILDER_PAGE_SCRIPTS]


def _script_path(script: PageScript) -> str:
    return _pinned(script.name, script.body)


def _pinned(name: str, body: bytes) -> str:
    file = PurePosixPath(name)
    return f"assets/{file.stem}.{hashlib.sha256(body).hexdigest()[:12]}{file.suffix}"


def _for_crawlers(pages: Sequence[NavPage], base_url: str) -> dict[str, SiteFile]:
    addresses = "".join(
        f"<url><loc>{escape(base_url + quote(page.path))}</loc></url>" for page in pages
    )
    sitemap = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{addresses}</urlset>\n'
    )
    robots = f"User-agent: *\nAllow: /\nSitemap: {base_url}/sitemap.xml\n"
    return {
        "/sitemap.xml": SiteFile(sitemap.encode(), "application/xml; charset=utf-8"),
        "/robots.txt": SiteFile(robots.encode(), "text/plain; charset=utf-8"),
    }
