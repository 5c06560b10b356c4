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


def resolve(*, href: str, base: str, pages: Sequence[NavPage]) -> str:
    """Return the address that a link of the props stands for.

    `page:key` becomes the page's path, a path becomes relative to the base; what leads elsewhere
    stays. A page that the site lacks becomes the site's root.
    """
    match = PAGE_LINK.fullmatch(href)
    if match:
        paths = {page.key: page.path for page in pages}
        address = within_site(base=base, path=paths.get(match["key"], "/"))
        return address + (match["fragment"] or "")
    if href.startswith("/"):
        return within_site(base=base, path=href)
    return href
