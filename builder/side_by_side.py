"""Two versions of a record as visitors would see them: the page of each, with its whole site.

A page is self-contained (its stylesheet within it, no script), for a frame that may load nothing.
"""

import base64
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from builder import comparing, documents, moments
from builder.models import Language, Project, VersionHistory
from builder.models.languages import RIGHT_TO_LEFT
from builder.rendering import NavPage, PageInput, SiteInput, render_page, render_stylesheet

# Nothing in the frame is to be followed or sent; what differs is outlined.
_CALM: Final = "a,button,input,select,textarea{pointer-events:none}"
_MARK: Final = (
    "{outline:4px solid #d97706;outline-offset:-4px;"
    "box-shadow:inset 0 0 0 6px rgba(253,230,138,.9)}"
)


@dataclass(frozen=True)
class Then:
    """A project's site at a moment, of plain content."""

    moment: moments.Moment

    @cached_property
    def sitemap(self) -> VersionHistory | None:
        """The sitemap that the project had, or failing that its newest."""
        found = self.moment.of_kind("sitemaps")
        wanted = self.moment.project.data.get("current_sitemap")
        current = [each for each in found if str(each.entity_id) == wanted]
        chosen = current or found[-1:]
        return chosen[0] if chosen else None

    @cached_property
    def pages(self) -> list[NavPage]:
        pages = self.sitemap.data["pages"] if self.sitemap else {}
        return [] if documents.sitemap_faults(pages) else documents.site_pages(pages)

    @cached_property
    def wireframes(self) -> dict[str, VersionHistory]:
        """The sitemap's pages by their keys."""
        root = str(self.sitemap.entity_id) if self.sitemap else ""
        rows = self.moment.of_kind("wireframes")
        return {each.data["page_key"]: each for each in rows if each.data["sitemap"] == root}

    @cached_property
    def tokens(self) -> dict[str, Any]:
        """The home page's style is the site's."""
        home = self.wireframes.get(self.pages[0].key) if self.pages else None
        for guide in self.moment.of_kind("style_guides") if home else ():
            if home and guide.data["wireframe"] == str(home.entity_id):
                return documents.token_document(guide.data)
        return documents.token_document({})

    def layout(self, key: str) -> Mapping[str, Any]:
        found = self.wireframes.get(key)
        return found.data["layout"] if found else {}

    def is_right(self, key: str) -> bool:
        """Whether the page can be rendered by today's rules."""
        known = key in self.wireframes and any(page.key == key for page in self.pages)
        if not known or documents.layout_faults(self.layout(key)):
            return False
        return not documents.style_faults(documents.style_columns(self.tokens))


def then(*, project: Project, version: VersionHistory) -> Then:
    """The project's site when a version of one of its records had just been saved."""
    moment = moments.as_of(project=project, at=version.saved_at)
    return Then(moment.with_version(version))


def page_of(site: Then, version: VersionHistory, wanted: str = "") -> str:
    """The key of the page to show: the one asked for, the version's own, or the home page."""
    keys = [page.key for page in site.pages]
    own = str(version.data.get("page_key", ""))
    return next((key for key in (wanted, own, *keys[:1]) if key in keys), "")


def differing(one: Then, other: Then, key: str) -> frozenset[str]:
    """The ids of the page's components that are not the same on both sides."""
    layouts = [{"layout": side.layout(key)} for side in (one, other)]
    return comparing.touched(comparing.changes(*layouts))


def as_address(css: str) -> str:
    """A stylesheet as an address that holds it."""
    return f"data:text/css;base64,{base64.b64encode(css.encode()).decode()}"


def render(
    *,
    site: Then,
    key: str,
    marked: Collection[str] = (),
    address_of: Callable[[str], str] = as_address,
) -> str:
    """The page as HTML; wants one that `is_right`. `address_of` says where its stylesheet is."""
    page = next(page for page in site.pages if page.key == key)
    wireframe = site.wireframes[key].data
    language = site.moment.project.data.get("language", Language.ENGLISH)
    content = wireframe["layout"]["content"]
    css = render_stylesheet(tokens=site.tokens, section_types={each["type"] for each in content})
    # Ids of this side's layout alone: they are checked, and mean nothing else in a stylesheet.
    here = {each["props"]["id"] for each in content}
    around = SiteInput(
        name=site.moment.project.data.get("name", ""),
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        tokens=site.tokens,
        pages=tuple(site.pages),
        stylesheet_path=address_of(css + _CALM + _marks(here & set(marked))),
    )
    document = PageInput(
        key=key,
        path=page.path,
        title=page.title,
        layout=wireframe["layout"],
        description=wireframe.get("description", ""),
        base="",
        indexed=False,
    )
    return render_page(page=document, site=around).html


def _marks(ids: Collection[str]) -> str:
    selectors = ",".join(f"#{one}" for one in sorted(ids))
    return selectors + _MARK if selectors else ""
