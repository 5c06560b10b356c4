"""A template of the library as the site that it would become, without a database."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from builder import locales
from builder.fonts import FontFile
from builder.models.languages import RIGHT_TO_LEFT
from builder.rendering import (
    NavPage,
    PageInput,
    RenderedPage,
    ScriptTag,
    SiteInput,
    render_page,
    render_stylesheet,
)
from builder.rendering.scripts import section_script
from builder.rendering.stylesheet import site_fonts
from builder.template_library import TemplateDocument, TemplatePage

STYLESHEET: Final = "assets/site.css"
SCRIPT: Final = "assets/site.js"


@dataclass(frozen=True)
class TemplateSite:
    """The pages of a template by their paths, in all of its languages, and what they load."""

    pages: dict[str, RenderedPage]
    stylesheet: str
    script: bytes
    fonts: list[FontFile]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """What pages load, by its path below the site's root."""
        yield STYLESHEET, self.stylesheet.encode()
        if self.script:
            yield SCRIPT, self.script
        for font in self.fonts:
            yield font.path, font.body


def languages_of(template: TemplateDocument) -> list[str]:
    """The languages that every page of the template is in, its own first."""
    told = [set(page.translations) for page in template.pages]
    return [template.language, *sorted(set.intersection(*told))]


def render_template(template: TemplateDocument, *, base_url: str = "") -> TemplateSite:
    """Render a template whose layouts and tokens have no faults."""
    types = {item["type"] for page in template.pages for item in page.layout["content"]}
    script = section_script(section_types=types)
    languages = languages_of(template)
    pages: dict[str, RenderedPage] = {}
    for language in languages:
        tags = (ScriptTag(SCRIPT),) if script else ()
        site = _site(template, language, base_url=base_url, scripts=tags)
        for page in template.pages:
            document = page_in(template, page, language)
            pages[document.path] = render_page(page=document, site=site)
    css = render_stylesheet(tokens=template.tokens, section_types=types, languages=languages)
    fonts = site_fonts(template.tokens, languages=languages)
    return TemplateSite(pages, css, script.body if script else b"", fonts)


def page_in(template: TemplateDocument, page: TemplatePage, language: str) -> PageInput:
    """A page of the template in one of its languages."""
    own = language == template.language
    title, description, layout = page.title, page.description, page.layout
    if not own:
        texts = page.translations[language]
        title, description = texts["title"], texts["description"]
        layout = locales.layout_in(layout, language)
    props = {key: value for key, value in layout["root"]["props"].items() if key != "translations"}
    return PageInput(
        key=page.key,
        path=_path(template, page, language),
        title=title,
        description=description,
        layout={"root": {"props": props}, "content": layout["content"]},
        alternates=tuple((each, _path(template, page, each)) for each in languages_of(template)),
    )


def _site(
    template: TemplateDocument, language: str, *, base_url: str, scripts: tuple[ScriptTag, ...]
) -> SiteInput:
    home = "/" if language == template.language else f"/{language}"
    return SiteInput(
        name=template.site_names[language],
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        tokens=template.tokens,
        pages=tuple(
            NavPage(
                page.key,
                page_in(template, page, language).title,
                _path(template, page, language),
            )
            for page in template.pages
        ),
        stylesheet_path=STYLESHEET,
        base_url=base_url,
        scripts=scripts,
        home_path=home,
        elsewhere=tuple(
            NavPage(page.key, page.title, _path(template, page, each))
            for page in template.pages
            for each in languages_of(template)
            if each != language
        ),
    )


def _path(template: TemplateDocument, page: TemplatePage, language: str) -> str:
    prefix = "" if language == template.language else f"/{language}"
    return (prefix or "/") if page.path == "/" else prefix + page.path
