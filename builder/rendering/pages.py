"""Renders pages: layout and site in, HTML out."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from django.conf.locale import LANG_INFO
from django.template import Context
from django.utils import translation

from builder.fonts import preloads
from builder.rendering import links
from builder.rendering.blocks import Block, mark, split
from builder.rendering.engine import page_engine
from builder.rendering.head import head
from builder.rendering.icon import icon_data_uri
from builder.rendering.site import NavPage, PageInput, RenderedPage, SiteInput
from builder.rendering.tokens import to_css_variables
from builder.sections import HONEYPOT_FIELD, PATH_FIELD, Component, components
from builder.sections.dynamic import DEFAULT, variants


def render_page(
    *, page: PageInput, site: SiteInput, read: Sequence[Component] | None = None
) -> RenderedPage:
    """Render a page of a site whose layout and tokens have no faults.

    `read` are the layout's components, where they were read to check them.
    Raises `pydantic.ValidationError`, `KeyError` or `TokenError` for those that were not checked.
    """
    varied = variants(page.layout)
    # A hidden one stays where a variant of it may be seen.
    found = components(dict(page.layout)) if read is None else read
    parts = [part for part in found if not part.props.hidden or part.id in varied]
    context = {**_page_context(page, site), "leading": _first_seen(parts)}
    with translation.override(site.language):
        title = _first_title(parts)
        bodies = [_render_section(part, context, is_title=part.id == title) for part in parts]
        blocks = [
            _block(part, body, varied[part.id], context, is_title=part.id == title)
            for part, body in zip(parts, bodies, strict=True)
            if part.id in varied
        ]
        shown = [
            mark(part.id) if part.id in varied else body
            for part, body in zip(parts, bodies, strict=True)
        ]
        regions = _regions(parts, shown)
        html = (
            page_engine()
            .get_template("page.html")
            .render(Context({**context, **head(page, site, parts), "regions": regions}))
        )
    types = frozenset(part.section.type for part in parts)
    if not blocks:
        return RenderedPage(html=html, section_types=types)
    blocked = split(html, blocks)
    return RenderedPage(html=blocked.html({}), section_types=types, blocked=blocked)


def _block(
    part: Component,
    body: str,
    varied: Mapping[str, dict[str, Any]],
    context: dict[str, Any],
    *,
    is_title: bool,
) -> Block:
    others = {}
    # In one order, whatever the database makes of an object's keys.
    for key, item in sorted(varied.items()):
        (variant,) = components({"content": [item]})
        others[key] = _render_section(variant, context, is_title=is_title)
    return Block(part.id, part.section.type, {DEFAULT: body, **others})


def render_not_found(*, site: SiteInput, base: str = "/") -> RenderedPage:
    """Render the site's page for addresses that it does not have; `base` as in `PageInput`."""
    page = PageInput(key="", path="/404", title="404", layout={}, base=base, indexed=False)
    context = {**_page_context(page, site), **head(page, site, [])}
    with translation.override(site.language):
        html = page_engine().get_template("not_found.html").render(Context(context))
    return RenderedPage(html=html)


def _page_context(page: PageInput, site: SiteInput) -> dict[str, Any]:
    look = _look(site.name, orjson.dumps(site.tokens), site.language)
    there = (item for item in site.pages if item.path == site.home_path)
    home = next(there, NavPage("", site.name, site.home_path))
    indexed = site.indexed and page.indexed
    canonical = site.base_url + page.path if site.base_url and indexed else ""
    return {
        "page": page,
        "site": site,
        "home": home,
        "base": links.base_of(page.path) if page.base is None else page.base,
        "canonical": canonical,
        "indexed": indexed,
        "alternates": page.alternates if canonical and len(page.alternates) > 1 else (),
        "languages": [
            (language, LANG_INFO[language]["name_local"], path)
            for language, path in page.alternates
            if language != site.language
        ],
        "theme_color": look.theme_color,
        "icon": look.icon,
        "preloads": look.preloads,
    }


class _Look(NamedTuple):
    """What pages take from the tokens without the stylesheet."""

    theme_color: str
    icon: str
    preloads: tuple[str, ...]


@lru_cache(maxsize=64)
def _look(name: str, tokens: bytes, language: str) -> _Look:
    """The look of a site, once for all of its pages; `tokens` as JSON, since that can be a key."""
    document = orjson.loads(tokens)
    variables = to_css_variables(document)
    icon = icon_data_uri(name=name, tokens=document)
    return _Look(variables["--color-background"], icon, preloads(variables, language=language))


def _render_section(part: Component, context: dict[str, Any], *, is_title: bool) -> str:
    if part.props.hidden:
        return ""
    template = page_engine().get_template(part.section.template_name)
    own = {
        "id": part.id,
        "section": part.section,
        "props": part.props,
        "leads": part.id == context["leading"],
        "title_element": "h1" if is_title else "h2",
        # What stands in a section without a title stands beside other sections' titles.
        "item_element": "h2" if is_title or not getattr(part.props, "title", "") else "h3",
        "honeypot_field": HONEYPOT_FIELD,
        "path_field": PATH_FIELD,
    }
    return template.render(Context({**context, **own}))


def _first_seen(parts: list[Component]) -> str | None:
    """Return the id of the section that the page begins with, below its navigation."""
    return next((part.id for part in parts if part.section.type != "Navigation"), None)


def _first_title(parts: list[Component]) -> str | None:
    """Return the id of the section that titles the page: the first hero, or the first title."""
    own = [part for part in parts if not (part.props.hidden or part.section.beside)]
    titled = [part for part in own if getattr(part.props, "title", "")]
    heroes = [part for part in titled if part.section.type == "Hero"]
    return next((part.id for part in [*heroes, *titled]), None)


def _regions(parts: list[Component], bodies: list[str]) -> dict[str, list[str]]:
    """Sort sections into the page's landmarks: navigation above main, footers below it.

    What stands between two sections of main stays in main, whatever its type.
    """
    kinds = ["" if part.section.beside else part.section.type for part in parts]
    above = {"", "Navigation"}
    start = next((i for i, kind in enumerate(kinds) if kind not in above), len(kinds))
    end = len(kinds)
    while end > start and kinds[end - 1] in {"", "Footer"}:
        end -= 1
    return {"header": bodies[:start], "main": bodies[start:end], "footer": bodies[end:]}
