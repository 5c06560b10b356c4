"""Addresses within a site, relative to the page that bears them."""

from collections.abc import Sequence

from builder.rendering.site import NavPage
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
