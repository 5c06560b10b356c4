"""Where a fault of a project is mended: the page, and the section of it, that a pointer names."""

import re
from dataclasses import dataclass

from builder import editing
from builder.models import Project

_WIREFRAME = re.compile(r"/wireframes/(?P<key>[^/]+)(?P<rest>/.*)?")
_CONTENT = re.compile(r"/content/(?P<index>\d{1,3})(/|$)")
_WORDS = re.compile(r"/root/props/translations/[^/]+/(?P<id>[^/]+)")
_SITEMAP = re.compile(r"/sitemap/pages/(?P<key>[^/]+)")


@dataclass(frozen=True)
class Place:
    """A page by its key and title, and a section of it by its id ("": the page itself)."""

    page: str
    title: str
    section: str = ""


def place_of(project: Project, pointer: str) -> Place | None:
    """The place of a fault of publishing; None where it is in no page."""
    pages = project.current_sitemap.pages if project.current_sitemap else {}
    found = _WIREFRAME.match(pointer) or _SITEMAP.match(pointer)
    if found is None or not isinstance(pages, dict) or found["key"] not in pages:
        return None
    key = found["key"]
    entry = pages[key]
    title = str(entry.get("title", key)) if isinstance(entry, dict) else key
    rest = found.groupdict().get("rest") or ""
    return Place(page=key, title=title, section=_section(project, key, rest))


def _section(project: Project, key: str, rest: str) -> str:
    words = _WORDS.search(rest)
    if words:
        return words["id"]
    content = _CONTENT.search(rest)
    if content is None:
        return ""
    page = editing.page_of(project, key)
    try:
        return str(page.layout["content"][int(content["index"])]["props"]["id"]) if page else ""
    except (KeyError, IndexError, TypeError):
        return ""
