"""Pages as visitors would see them, out of documents that need not be saved."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from accounts.faults import Fault
from builder import documents, drafts, editing, locales, release_changes
from builder.images.showing import Pictures
from builder.models import Project, StyleGuide, Template, Wireframe
from builder.models.languages import RIGHT_TO_LEFT
from builder.rendering import NavPage, PageInput, SiteInput, render_page, render_stylesheet
from builder.sections.pictures import image_ids
from builder.studio import assets

# A page that nobody edits: it runs nothing, sends nothing, and is of no origin.
STILL: Final = (
    "sandbox; default-src 'none'; style-src data:; img-src 'self' data: https:; "
    "font-src 'self' data:; frame-ancestors 'self'"
)
# Where the page's stylesheet is, from the page.
STYLESHEET: Final = "site.css"
CALM: Final = "a,button,input,select,textarea{pointer-events:none}html{scrollbar-width:none}"


class UnknownPageError(Exception):
    """The site has no such page, or not in this language."""


@dataclass(frozen=True)
class Drawing:
    """A page's HTML and the stylesheet that it wants, or why there is none."""

    html: str = ""
    css: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def css_name(self) -> str:
        return hashlib.sha256(self.css.encode()).hexdigest()[:16]


def draft_of(
    project: Project, *, layouts: Mapping[str, Any] | None = None, style: Mapping[str, Any] = {}
) -> drafts.Draft:
    """The project's draft, with these layouts by page and these columns of tokens in it."""
    draft = drafts.read(project=project)
    wireframes = dict(draft.wireframes)
    for key, layout in (layouts or {}).items():
        known = wireframes.get(key)
        if known is None:
            raise UnknownPageError(key)
        wireframes[key] = Wireframe(
            sitemap_id=known.sitemap_id, page_key=key, title=known.title,
            description=known.description, layout=layout,
        )  # fmt: skip
    shown = {name for page in wireframes.values() for name in image_ids(page.layout)}
    return replace(
        draft,
        wireframes=wireframes,
        style={**draft.style, **style},
        pictures=Pictures(workspace_id=project.workspace_id, ids=shown),
    )


def faults_of(draft: drafts.Draft, key: str) -> tuple[Fault, ...]:
    """What hinders a page of the draft from being drawn; pointers into the layout, or a column."""
    layout = draft.wireframes[key].layout
    found = editing.layout_faults(project=draft.project, layout=layout)
    return (*found, *documents.style_faults(draft.style))


def draw(draft: drafts.Draft, *, key: str, language: str) -> Drawing:
    """A page of a draft in one of its languages. Raises `UnknownPageError`."""
    if key not in draft.wireframes or key not in {page.key for page in draft.pages}:
        raise UnknownPageError(key)
    faults = faults_of(draft, key)
    if faults:
        return Drawing(faults=faults)
    # Files of a picture that was just uploaded are made here, where the job has not come to it.
    draft.pictures.complete()
    frame = draft.frame(base_url="", stylesheet=STYLESHEET, scripts=(), indexed=False)
    for tree in draft.trees(frame=frame, languages=[language]):
        path = tree.keys.get(key)
        if path is not None:
            made = tree.pages[path].make()
            _path, sheet = draft.stylesheet()
            return Drawing(html=made[path].body.decode(), css=sheet.body.decode())
    raise UnknownPageError(key)


def draw_template(template: Template, *, language: str) -> Drawing:
    """The home page of a template, in the language if it speaks it."""
    pages = template.document["pages"]
    home = next(page for page in pages if page["path"] == "/")
    spoken = language if language in languages_of(template) else template.language
    layout = home["layout"]
    if spoken != template.language:
        layout = locales.layout_in(layout, spoken)
    site = SiteInput(
        name=template.document["site_name"],
        language=spoken,
        direction="rtl" if spoken in RIGHT_TO_LEFT else "ltr",
        tokens=template.document["tokens"],
        pages=tuple(NavPage(page["key"], page["title"], page["path"]) for page in pages),
        stylesheet_path=STYLESHEET,
        indexed=False,
    )
    page = PageInput(
        key=home["key"], path="/", title=home["title"], layout=layout, base="", indexed=False
    )
    types = {component["type"] for component in layout["content"]}
    css = render_stylesheet(
        tokens=site.tokens, section_types=types, languages=languages_of(template)
    )
    return Drawing(html=render_page(page=page, site=site).html, css=css)


def languages_of(template: Template) -> list[str]:
    """The languages that a template speaks, its own first."""
    home = next(page for page in template.document["pages"] if page["path"] == "/")
    props = (home["layout"].get("root") or {}).get("props") or {}
    return [template.language, *props.get(locales.TRANSLATIONS, {})]


def home_key(project: Project) -> str:
    """The key of the project's home page; "" where it has none."""
    pages = project.current_sitemap.pages if project.current_sitemap else {}
    if documents.sitemap_faults(pages):
        return ""
    ordered = documents.site_pages(pages)
    return ordered[0].key if ordered else ""


def style_guide_of(project: Project) -> StyleGuide | None:
    """The style guide of the project's home page, which is the site's."""
    if project.current_sitemap_id is None:
        return None
    rows = StyleGuide.objects.filter(
        wireframe__sitemap_id=project.current_sitemap_id, wireframe__page_key=home_key(project)
    )
    return rows.first()


def still(
    request: HttpRequest, drawing: Drawing, *, workspace_id: uuid.UUID | None, seconds: int = 0
) -> HttpResponse:
    """A drawn page for a frame that shows it and does nothing else, with its stylesheet within it:
    from a frame of no origin it would be asked for without a cookie.
    """
    drawing = shown_at(request, drawing, workspace_id=workspace_id)
    sheets = {f"/{STYLESHEET}": (drawing.css + CALM).encode()}
    body = release_changes.framed(drawing.html.encode(), sheets)
    response = HttpResponse(body)
    response["Content-Security-Policy"] = STILL
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = f"private, max-age={seconds}" if seconds else "no-store"
    return response


def shown_at(request: HttpRequest, drawing: Drawing, *, workspace_id: uuid.UUID | None) -> Drawing:
    """The drawing with addresses of its fonts and pictures that frames of no origin may load."""
    origin = f"{request.scheme}://{request.get_host()}"
    html = assets.without_preloads(drawing.html)
    if workspace_id is not None:
        html = assets.with_images(html, workspace_id=workspace_id)
    css = assets.with_fonts(drawing.css, origin=origin)
    return replace(drawing, html=html, css=css)


def tokens_of(draft: drafts.Draft) -> dict[str, Any]:
    """The site's tokens; the defaults where its own are not right."""
    return documents.token_document({} if documents.style_faults(draft.style) else draft.style)
