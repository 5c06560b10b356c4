"""What is wrong with a template of the library; what its author is told before it is offered.

Pointers lead into the file: `/pages/0/content/2/props/title`, also for a section that pages share.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args
from xml.etree import ElementTree

from pydantic import BaseModel

from accounts.faults import Fault, json_pointer
from builder import documents, fonts, locales, template_measures
from builder.color_difference import difference
from builder.fonts.faces import used_families
from builder.rendering import tokens
from builder.rendering.structured import KINDS
from builder.sections import registry, validate_layout
from builder.sections.comparison.section import NO, YES
from builder.sections.props import Kind
from builder.template_library import TemplateDocument, TemplatePage
from builder.template_library.library import LIBRARY

LEAST_PAGES: Final = 3
# How different the accents of any two templates are (CIEDE2000).
LEAST_DIFFERENCE: Final = 15.0
MOST_DRAWING_BYTES: Final = 64_000
MOST_DRAWINGS_BYTES: Final = 400_000
_NORMAL, _LARGE = 4.5, 3.0
# What stands on what, and how much it must stand out (WCAG 2.2, 1.4.3 and 1.4.11).
CONTRASTS: Final = (
    ("text", "background", _NORMAL),
    ("text", "surface", _NORMAL),
    ("muted", "background", _NORMAL),
    ("muted", "surface", _NORMAL),
    ("link", "background", _NORMAL),
    ("link", "surface", _NORMAL),
    ("on-accent", "accent", _NORMAL),
    ("on-inverse", "inverse", _NORMAL),
    ("inverse-muted", "inverse", _NORMAL),
    ("inverse-accent", "inverse", _NORMAL),
    ("emphasis", "background", _LARGE),
    ("emphasis", "surface", _LARGE),
    ("field", "background", _LARGE),
    ("field", "surface", _LARGE),
    ("focus", "background", _LARGE),
    ("focus", "surface", _LARGE),
)
_TEXTS: Final = frozenset({"line", "prose", "rich"})
_ELEMENTS: Final = frozenset(
    {
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polygon",
        "polyline",
        "text",
        "tspan",
    }
)
_REFUSED: Final = frozenset({"style", "id", "href"})
_PAINT: Final = re.compile(r"none|currentColor|var\(--color-[a-z0-9-]+\)")
_ADDRESS: Final = re.compile(
    r"[^\s@]+@[^\s@]+|(https?://|www\.)\S+|[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?"
)


def faults(template: TemplateDocument) -> Iterator[Fault]:
    """What is wrong with a template in itself; none means that it can be rendered."""
    if template.schema_type not in KINDS:
        known = ", ".join(sorted(KINDS))
        yield Fault("/schema_type", "unknown_type", f"Known types are {known}.")
    yield from _page_faults(template)
    yield from _token_faults(template)
    yield from drawing_faults(template)


def faults_among(
    template: TemplateDocument, others: tuple[TemplateDocument, ...]
) -> Iterator[Fault]:
    """What a template has too much in common with another one."""
    order, accent = home_order(template), accent_of(template)
    for other in others:
        if other.slug == template.slug:
            continue
        if home_order(other) == order:
            text = f"The home page of {other.slug} has the same order of sections."
            yield Fault("/pages/0/content", "same_order", text)
        found = difference(accent, accent_of(other))
        if found < LEAST_DIFFERENCE:
            text = f"ΔE2000 to the accent of {other.slug} is {found:.1f}, not {LEAST_DIFFERENCE:g}."
            yield Fault("/tokens/color/accent", "same_accent", text)


def home_order(template: TemplateDocument) -> tuple[str, ...]:
    """The types of the home page's sections, as they stand."""
    return tuple(item["type"] for item in template.pages[0].layout["content"])


def accent_of(template: TemplateDocument) -> str:
    """The accent as #rrggbb. Wants tokens without faults."""
    return tokens.to_css_variables(template.tokens)["--color-accent"]


def _page_faults(template: TemplateDocument) -> Iterator[Fault]:
    if len(template.pages) < LEAST_PAGES:
        yield Fault("/pages", "too_few_pages", f"A template has {LEAST_PAGES} pages or more.")
    if template.pages[0].path != "/":
        yield Fault("/pages/0/path", "no_home_page", "The first page is the home page.")
    twice = [
        key for key, count in Counter(page.key for page in template.pages).items() if count > 1
    ]
    if twice:
        yield Fault("/pages", "duplicate_key", f"Two pages have the key {twice[0]}.")
        return
    sitemap = {
        page.key: {"title": page.title, "path": page.path, "description": page.description}
        for page in template.pages
    }
    yield from documents.sitemap_faults(sitemap)
    for index, page in enumerate(template.pages):
        here = json_pointer(["pages", index])
        yield from (fault.under(here) for fault in _layout_faults(template, page))


def _layout_faults(template: TemplateDocument, page: TemplatePage) -> Iterator[Fault]:
    keys = {each.key for each in template.pages}
    found = list(validate_layout(page.layout, page_keys=keys))
    yield from found
    if found:
        return
    for language in page.translations:
        yield from locales.layout_faults(page.layout, language, page_keys=keys)
    (words,) = page.layout["root"]["props"]["translations"].values()
    for index, item in enumerate(page.layout["content"]):
        told = words.get(item["props"]["id"], {})
        props = registry()[item["type"]].props
        here = json_pointer(["content", index, "props"])
        yield from (fault.under(here) for fault in _one_language(props, item["props"], told))


def _one_language(model: type[BaseModel], own: Any, other: Any) -> Iterator[Fault]:
    """Texts that are the same in both languages though they have words: given in one only."""
    for name, info in model.model_fields.items():
        if name not in own:
            continue
        annotation = (info.annotation, *info.metadata)
        theirs = other.get(name, own[name])
        yield from (
            fault.under(json_pointer([name]))
            for fault in _text_faults(annotation, own[name], theirs)
        )


def _text_faults(annotation: Any, own: Any, other: Any) -> Iterator[Fault]:
    if isinstance(own, str):
        if own == other and _is_text(annotation) and _has_words(own):
            text = 'Give the text by language: {"en": "…", "ar": "…"}.'
            yield Fault("", "missing_translation", text)
    elif isinstance(own, list):
        for index, item in enumerate(own):
            found = _text_faults(annotation, item, other[index])
            yield from (fault.under(f"/{index}") for fault in found)
    elif isinstance(own, Mapping):
        for part in _parts(annotation):
            if set(own) <= set(part.model_fields):
                yield from _one_language(part, own, other)
                break


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    """The groups of props that a type speaks of, wherever they stand in it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    inner = annotation if isinstance(annotation, tuple) else get_args(annotation)
    for each in inner:
        yield from _parts(each)


def _is_text(annotation: Any) -> bool:
    if isinstance(annotation, Kind):
        return annotation.name in _TEXTS
    inner = [*get_args(annotation), *getattr(annotation, "__metadata__", ())]
    return any(_is_text(each) for each in (annotation if isinstance(annotation, tuple) else inner))


def _has_words(text: str) -> bool:
    """Whether a text has letters, addresses and a comparison's signs aside."""
    if text in (YES, NO):
        return False
    return any(any(map(str.isalpha, word)) for word in text.split() if not _ADDRESS.fullmatch(word))


def _token_faults(template: TemplateDocument) -> Iterator[Fault]:
    found = [fault.under("/tokens") for fault in tokens.validate(template.tokens)]
    missing = set(tokens.GROUPS) - set(template.tokens)
    if missing:
        text = f"The tokens lack {', '.join(sorted(missing))}."
        found.append(Fault("/tokens", "missing_tokens", text))
    yield from found
    if found:
        return
    variables = tokens.to_css_variables(template.tokens)
    for text, ground, least in CONTRASTS:
        ratio = template_measures.contrast(
            variables[f"--color-{text}"], variables[f"--color-{ground}"]
        )
        if ratio < least:
            detail = f"{text} on {ground} has a contrast of {ratio:.2f}, not {least:g}."
            yield Fault(json_pointer(["tokens", "color", text]), "low_contrast", detail)
    yield from _font_faults(variables)


def _font_faults(variables: Mapping[str, str]) -> Iterator[Fault]:
    for style in ("display", "heading", "body", "label"):
        css = {"-font-family": variables[f"--typography-{style}-font-family"]}
        families = fonts.known_families(used_families(css))
        lacking = {"latin", "arabic"} - {family.script for family in families}
        if lacking:
            text = f"{style} has no {' and no '.join(sorted(lacking))} family of docs/fonts.md."
            yield Fault("/tokens/typography/family", "unknown_font", text)


def drawing_faults(template: TemplateDocument) -> Iterator[Fault]:
    """What is wrong with the template's drawings, by their file, and which are of no use."""
    files = sorted((LIBRARY / template.slug / "art").glob("*.svg"))
    names = {f"{template.slug}/{path.stem}": path for path in files}
    shown = set(re.findall(r"'art': '([^']+)'", str(template.pages)))
    for name in sorted(shown - set(names)):
        yield Fault("/pages", "unknown_art", f"{name} is no drawing of this template.")
    for name in sorted(set(names) - shown):
        yield Fault(f"/art/{names[name].name}", "unused_art", "No page shows the drawing.")
    for path in files:
        for detail in _drawing_faults(path.read_text(encoding="utf-8")):
            yield Fault(f"/art/{path.name}", "invalid_art", detail)
    if sum(path.stat().st_size for path in files) > MOST_DRAWINGS_BYTES:
        text = f"All drawings together have at most {MOST_DRAWINGS_BYTES} bytes."
        yield Fault("/art", "heavy_art", text)


def _drawing_faults(svg: str) -> Iterator[str]:
    if len(svg.encode()) > MOST_DRAWING_BYTES:
        yield f"A drawing has at most {MOST_DRAWING_BYTES} bytes."
    if not svg.startswith("<svg "):
        yield "The file begins with <svg and has no XML declaration."
        return
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314  our own file
    except ElementTree.ParseError as error:
        yield f"This is no XML: {error}."
        return
    if not root.get("viewBox") or root.get("width") or root.get("height"):
        yield "A drawing has a viewBox, and neither width nor height."
    for element in root.iter():
        if element.tag not in _ELEMENTS:
            yield f"<{element.tag}> is not allowed; allowed are {', '.join(sorted(_ELEMENTS))}."
        for name in sorted(_REFUSED & set(element.keys())):
            yield f'<{element.tag} {name}="…"> is not allowed.'
        for name in ("fill", "stroke"):
            if not _PAINT.fullmatch(element.get(name, "none")):
                yield f'{name}="{element.get(name)}": paint with none, currentColor or a variable.'
