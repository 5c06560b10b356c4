"""What a page is rendered from: plain values, so that rendering knows no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from builder.rendering.blocks import BlockedPage
from builder.rendering.images import ImageFiles
from builder.rendering.scripts import ScriptTag


@dataclass(frozen=True, slots=True)
class NavPage:
    """A page of the site as navigation knows it; `path` starts with a slash ("/", "/about")."""

    key: str
    title: str
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class SiteInput:
    """The site around a page.

    `tokens` is the site's token document; `base_url` its public address without a closing slash
    (for canonical links, "" leaves them out); `stylesheet_path` and the scripts' paths are below
    the site's root and start without a slash. `home_path` is where its pages begin ("/ar" for a
    language below a prefix); `elsewhere` are pages that links may lead to and menus do not list.
    `indexed` lets search engines keep the pages (a preview's are not to be found). `about` is what
    the site is about (`builder.rendering.structured.KINDS`), `feed_path` where its feed is, if it
    has one ("/feed.xml").
    """

    name: str
    language: str
    direction: Literal["ltr", "rtl"]
    tokens: Mapping[str, Any]
    pages: tuple[NavPage, ...]
    stylesheet_path: str
    base_url: str = ""
    scripts: tuple[ScriptTag, ...] = ()
    form_action_prefix: str = "_hh/forms/"
    home_path: str = "/"
    elsewhere: tuple[NavPage, ...] = ()
    indexed: bool = True
    about: str = ""
    feed_path: str = ""


@dataclass(frozen=True, slots=True)
class PageInput:
    """A page to render; `layout` is Puck Data without faults (`builder.sections.validate_layout`).

    `base` is put before every address within the site. By default it is the relative way from the
    page's path to the site's root, so that one body serves on a host of its own and under a path;
    a body that is served at several paths (a 404 page) wants an absolute one ("/").
    `alternates` are the languages that the page is in, itself among them, with its path in each.
    `images` are the uploaded pictures that the layout shows, by id.
    """

    key: str
    path: str
    title: str
    layout: Mapping[str, Any]
    description: str = ""
    base: str | None = None
    indexed: bool = True
    alternates: tuple[tuple[str, str], ...] = ()
    images: Mapping[str, ImageFiles] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as HTML, and the section types that it uses (for its stylesheet).

    `blocked` is the same page in parts, where blocks of it are decided for each visitor.
    """

    html: str
    section_types: frozenset[str] = field(default_factory=frozenset)
    blocked: BlockedPage | None = None
