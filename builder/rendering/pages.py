"""Renders pages: layout and site in, HTML out."""

from typing import Any

from django.template import Context
from django.utils import translation

from builder.rendering import links
from builder.rendering.engine import page_engine
from builder.rendering.icon import icon_data_uri
from builder.rendering.site import NavPage, PageInput, RenderedPage, SiteInput
from builder.rendering.tokens import to_css_variables
from builder.sections import HONEYPOT_FIELD, PATH_FIELD, Component, components


def render_page(*, page: PageInput, site: SiteInput) -> RenderedPage:
    """Render a page of a site whose layout and tokens have no faults.

    Raises `pydantic.ValidationError`, `KeyError` or `TokenError` for those that were not checked.
    """
    parts = components(dict(page.layout))
    context = _page_context(page, site)
    with translation.override(site.language):
        title = _first_title(parts)
        bodies = [_render_section(part, context, is_title=part.id == title) for part in parts]
        html = (
            page_engine()
            .get_template("page.html")
            .render(Context({**context, "regions": _regions(parts, bodies)}))
        )
    return RenderedPage(html=html, section_types=frozenset(part.section.type for part in parts))


def render_not_found(*, site: SiteInput, base: str = "/") -> RenderedPage:
    """Render the site's page for addresses that it does not have; `base` as in `PageInput`."""
    page = PageInput(key="", path="/404", title="404", layout={}, base=base, indexed=False)
    context = _page_context(page, site)
    with translation.override(site.language):
        html = page_engine().get_template("not_found.html").render(Context(context))
    return RenderedPage(html=html)


def _page_context(page: PageInput, site: SiteInput) -> dict[str, Any]:
    variables = to_css_variables(site.tokens)
    home = next((item for item in site.pages if item.path == "/"), NavPage("", site.name, "/"))
    return {
        "page": page,
        "site": site,
        "home": home,
        "base": links.base_of(page.path) if page.base is None else page.base,
        "canonical": site.base_url + page.path if site.base_url and page.indexed else "",
        "theme_color": variables["--color-background"],
        "icon": icon_data_uri(name=site.name, tokens=site.tokens),
    }


def _render_section(part: Component, context: dict[str, Any], *, is_title: bool) -> str:
    template = page_engine().get_template(part.section.template_name)
    own = {
        "id": part.id,
        "section": part.section,
        "props": part.props,
        "title_element": "h1" if is_title else "h2",
        "honeypot_field": HONEYPOT_FIELD,
        "path_field": PATH_FIELD,
    }
    return template.render(Context({**context, **own}))


def _first_title(parts: list[Component]) -> str | None:
    """Return the id of the section that titles the page: the first hero, or the first title."""
    titled = [part for part in parts if getattr(part.props, "title", "")]
    heroes = [part for part in titled if part.section.type == "Hero"]
    return next((part.id for part in [*heroes, *titled]), None)


def _regions(parts: list[Component], bodies: list[str]) -> dict[str, list[str]]:
    """Sort sections into the page's landmarks: navigation above main, footers below it.

    What stands between two sections of main stays in main, whatever its type.
    """
    types = [part.section.type for part in parts]
    start = next((i for i, kind in enumerate(types) if kind != "Navigation"), len(types))
    end = len(types)
    while end > start and types[end - 1] == "Footer":
        end -= 1
    return {"header": bodies[:start], "main": bodies[start:end], "footer": bodies[end:]}
