"""The languages of a template's document, and the document in another of them."""

from collections.abc import Collection, Mapping
from typing import Any

from builder import locales
from builder.locales import TRANSLATIONS
from builder.models import Template


def languages_of(template: Template) -> list[str]:
    """The template's languages, its own first: those in which each of its pages has a title."""
    pages = template.document["pages"]
    told = [set(page.get(TRANSLATIONS) or {}) for page in pages]
    others = set.intersection(*told) if told else set()
    return [template.language, *sorted(others - {template.language})]


def others(template: Template, *, own: str, wanted: Collection[str] | None) -> list[str]:
    """The languages of a site besides its own, of those that are wanted (None: all)."""
    known = languages_of(template)
    if own not in known:
        return []
    return [each for each in known if each != own and (wanted is None or each in wanted)]


def document_in(template: Template, language: str) -> dict[str, Any]:
    """The template's document with the texts of one of its languages as its own.

    What was its own is then the translation. A language that it does not have leaves it as it is.
    """
    document: dict[str, Any] = template.document
    if language not in languages_of(template)[1:]:
        return document
    pages = [_page_in(page, language, own=template.language) for page in document["pages"]]
    return {**document, "site_name": site_name(template, language), "pages": pages}


def in_languages(document: Mapping[str, Any], languages: Collection[str]) -> dict[str, Any]:
    """A document with its translations into some languages only."""
    return {**document, "pages": [_page_with(page, languages) for page in document["pages"]]}


def site_name(template: Template, language: str) -> str:
    """What the template calls its site in a language, or else in its own."""
    document = template.document
    return str((document.get("site_names") or {}).get(language) or document["site_name"])


def _page_with(page: Mapping[str, Any], languages: Collection[str]) -> dict[str, Any]:
    root = page["layout"].get("root") or {}
    layout = {
        **page["layout"],
        "root": {**root, "props": _kept(root.get("props") or {}, languages)},
    }
    return {**_kept(page, languages), "layout": layout}


def _kept(told: Mapping[str, Any], languages: Collection[str]) -> dict[str, Any]:
    found = told.get(TRANSLATIONS) or {}
    kept = {language: found[language] for language in found if language in languages}
    rest = {key: value for key, value in told.items() if key != TRANSLATIONS}
    return {**rest, TRANSLATIONS: kept} if kept else rest


def _page_in(page: Mapping[str, Any], language: str, *, own: str) -> dict[str, Any]:
    others = dict(page[TRANSLATIONS])
    texts = others.pop(language)
    others[own] = {"title": page["title"], "description": page.get("description", "")}
    return {
        **page,
        "title": texts["title"],
        "description": texts.get("description", ""),
        "layout": _layout_in(page["layout"], language, own=own, title=texts["title"]),
        TRANSLATIONS: others,
    }


def _layout_in(layout: Mapping[str, Any], language: str, *, own: str, title: str) -> dict[str, Any]:
    root = layout.get("root") or {}
    props = root.get("props") or {}
    words = dict(props.get(TRANSLATIONS) or {})
    mine = words.pop(language, {})
    words[own] = {
        item["props"]["id"]: {key: item["props"][key] for key in mine[item["props"]["id"]]}
        for item in layout["content"]
        if item["props"]["id"] in mine
    }
    changed = {**root, "props": {**props, "title": title, TRANSLATIONS: words}}
    return {**locales.layout_in(layout, language), "root": changed}
