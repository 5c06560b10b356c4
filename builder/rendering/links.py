"""Addresses within a site, relative to the page that bears them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from builder.rendering.site import NavPage, SiteInput
from builder.sections.props import PAGE_LINK


def base_of(path: str) -> str:
    """Return the relative way from a page's path to the site's root ("./", "../")."""
    return "../" * (path.strip("/").count("/")) or "./"


def within_site(*, base: str, path: str) -> str:
    """Return the address of a path of the site ("/about") from a page with that base."""
    return base + path.lstrip("/")


def resolve(*, href: str, base: str, pages: Sequence[NavPage], home: str = "/") -> str:
    """Return the address that a link of the props stands for.

    `page:key` becomes the path of the first page with that key, a path becomes relative to the
    base; what leads elsewhere stays. A page that the site lacks becomes its home.
    """
    match = PAGE_LINK.fullmatch(href)
    if match:
        path = next((page.path for page in pages if page.key == match["key"]), home)
        return within_site(base=base, path=path) + (match["fragment"] or "")
    if href.startswith("/"):
        return within_site(base=base, path=href)
    return href


class Links:
    """The links of those pages of a site that have the same base.

    What a link becomes is kept: most links of a site are on all of its pages. `written` is for
    whoever writes more of a link than its address.
    """

    def __init__(self, *, site: SiteInput, base: str) -> None:
        self._base, self._home = base, site.home_path
        self._pages = (*site.pages, *site.elsewhere)
        self._addresses: dict[str, str] = {}
        self.written: dict[tuple[Any, ...], Any] = {}

    def address(self, href: str) -> str:
        """The address that a link stands for, as `resolve` says."""
        found = self._addresses.get(href)
        if found is None:
            found = resolve(href=href, base=self._base, pages=self._pages, home=self._home)
            self._addresses[href] = found
        return found


@lru_cache(maxsize=16)
def links_of(site: SiteInput, base: str) -> Links:
    """The links of a site's pages with a base; one for all of them, as long as they are rendered.

    A site is the same as itself alone: two with the same values do not share.
    """
    return Links(site=site, base=base)
