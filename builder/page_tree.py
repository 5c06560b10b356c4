"""The pages of a project: making, naming, ordering and removing them, with all that hangs on them.

A page is an entry of the project's sitemap and a wireframe by the same key.
"""

import copy
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import structlog
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer
from builder import documents, locales, versioning
from builder.editing import DocumentError
from builder.models import Project, Sitemap, VersionHistory, Wireframe
from builder.sections import registry

log = structlog.get_logger(__name__)

# So far back a page that was removed is looked for among the sitemap's versions.
_LOOK_BACK: Final = 50


def add(*, project: Project, title: str) -> str:
    """Add a page at the end, with the home page's navigation and footer; returns its key.

    Raises `DocumentError`.
    """
    with versioning.saving():
        sitemap = _held(project)
        taken = {*sitemap.pages, *_keys(sitemap)}
        base = slugify(title)[:40].strip("-") or "page"
        key = _free(base, taken.__contains__)
        paths = {page.get("path") for page in sitemap.pages.values()}
        path = "/" if not sitemap.pages else _free(f"/{base}", paths.__contains__)
        order = max((page.get("order", 0) for page in sitemap.pages.values()), default=-1) + 1
        _save(sitemap, {**sitemap.pages, key: {"title": title, "path": path, "order": order}})
        documents.save_wireframe(
            wireframe=Wireframe(
                workspace_id=sitemap.workspace_id,
                sitemap=sitemap,
                page_key=key,
                title=title.strip()[:200],
                layout=_first_layout(project, sitemap, title),
            )
        )
    log.info("page.added", project_id=str(project.pk), key=key)
    return key


def change(*, project: Project, key: str, language: str, changes: Mapping[str, Any]) -> None:
    """Give a page another title, description or path; title and description in a language.

    Raises `DocumentError` with pointers such as /title.
    """
    with versioning.saving():
        sitemap = _held(project)
        entry = copy.deepcopy(_entry(sitemap, key))
        words = {name: changes[name] for name in ("title", "description") if name in changes}
        if language == project.language:
            entry.update(words)
        else:
            own = entry.setdefault(locales.TRANSLATIONS, {}).setdefault(language, {})
            own.update(words)
        if "path" in changes:
            entry["path"] = changes["path"]
        pages = {**sitemap.pages, key: entry}
        _refuse(_faults(project, pages), key)
        _save(sitemap, pages)
        page = Wireframe.objects.filter(sitemap=sitemap, page_key=key).first()
        if page is not None and words and language == project.language:
            page.title = entry["title"].strip()
            page.description = entry.get("description", "")
            page.save(update_fields=["title", "description", "updated_at"])


def arrange(*, project: Project, keys: Sequence[Any]) -> None:
    """Put the pages into this order; those that are not named follow. Raises `DocumentError`."""
    with versioning.saving():
        sitemap = _held(project)
        known = [key for key in keys if isinstance(key, str) and key in sitemap.pages]
        rest = [key for key in sitemap.pages if key not in known]
        places = {key: place for place, key in enumerate([*known, *rest])}
        pages = {key: {**page, "order": places[key]} for key, page in sitemap.pages.items()}
        _save(sitemap, pages)


def remove(*, project: Project, key: str, user_id: uuid.UUID | None) -> None:
    """Remove a page; `bring_back` undoes it. Raises `DocumentError` for the home page."""
    sitemap_before = _message(project, key)
    # A version of its own: the one before it keeps the page.
    with versioning.saving(message=sitemap_before, major=True):
        sitemap = _held(project)
        if _entry(sitemap, key).get("path") == "/":
            text = _("The home page stays: a site begins there.")
            raise DocumentError(Fault("", "home_page", text))
        page = Wireframe.objects.filter(sitemap=sitemap, page_key=key).first()
        _save(sitemap, {name: page for name, page in sitemap.pages.items() if name != key})
        if page is not None:
            documents.remove(document=page, user_id=user_id)
    log.info("page.removed", project_id=str(project.pk), key=key)


def bring_back(*, project: Project, key: str) -> None:
    """Undo the removal of a page. Raises `DocumentError`, `versioning.VersionError`."""
    with versioning.saving():
        sitemap = _held(project)
        if key in sitemap.pages:
            return
        earlier = VersionHistory.objects.of(sitemap).order_by("-version_number")[:_LOOK_BACK]
        entry = next(
            (each.data["pages"][key] for each in earlier if key in each.data["pages"]), None
        )
        rows = versioning.deletions(project=project).filter(entity_type="wireframes")
        last = rows.filter(data__page_key=key, data__sitemap=str(sitemap.pk)).first()
        if entry is None or last is None:
            raise DocumentError(Fault("", "gone", _("The page cannot be found any more.")))
        pages = {**sitemap.pages, key: entry}
        _refuse(_faults(project, pages), key)
        _save(sitemap, pages)
        versioning.restore(version=last)


def add_language(*, project: Project, language: str) -> None:
    """Have the site in another language too: each page is there, as yet in the site's own words.

    Raises `DocumentError`.
    """
    with versioning.saving():
        sitemap = _held(project)
        held = Project.objects.select_for_update(of=("self",), no_key=True).get(pk=project.pk)
        others = held.settings.get(locales.SETTING) or {}
        settings = {**held.settings, locales.SETTING: {**others, language: {"name": held.name}}}
        _refuse(list(locales.settings_faults(settings, language=held.language)), "")
        held.settings = settings
        held.save(update_fields=["settings", "updated_at"])
        pages = copy.deepcopy(sitemap.pages)
        for page in pages.values():
            page.setdefault(locales.TRANSLATIONS, {}).setdefault(language, {"title": page["title"]})
        _save(sitemap, pages)
    project.refresh_from_db(fields=["settings"])


def _held(project: Project) -> Sitemap:
    """The project's sitemap, held until the transaction ends: one change of its pages at a time."""
    rows = Sitemap.objects.select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=project.current_sitemap_id or uuid.UUID(int=0)).first()
    if found is None or documents.sitemap_faults(found.pages):
        text = _("The project has no map of pages that could be changed here.")
        raise DocumentError(Fault("", "no_sitemap", text))
    return found


def _entry(sitemap: Sitemap, key: str) -> dict[str, Any]:
    entry: dict[str, Any] | None = sitemap.pages.get(key)
    if entry is None:
        raise DocumentError(Fault("", "gone", _("The page was deleted meanwhile.")))
    return entry


def _message(project: Project, key: str) -> str:
    pages = project.current_sitemap.pages if project.current_sitemap else {}
    return _("Removed the page “%(title)s”") % {"title": pages.get(key, {}).get("title", key)}


def _keys(sitemap: Sitemap) -> list[str]:
    return list(Wireframe.objects.filter(sitemap=sitemap).values_list("page_key", flat=True))


def _free(base: str, is_taken: Callable[[str], bool]) -> str:
    number, found = 1, base
    while is_taken(found):
        number += 1
        found = f"{base}-{number}"
    return found


def _faults(project: Project, pages: dict[str, Any]) -> list[Fault]:
    found = documents.sitemap_faults(pages)
    if found:
        return found
    others = locales.locales_of(project)
    ordered = {page.key: page for page in documents.site_pages(pages)}
    found += locales.path_faults(ordered, others)
    for locale in others[1:]:
        found += locales.title_faults(pages, locale)
    return found


def _refuse(faults: Sequence[Fault], key: str) -> None:
    """Raise with the faults, those of the page itself pointing at its members."""
    here = json_pointer(["pages", key])
    if faults:
        raise DocumentError(
            *(Fault(each.pointer.removeprefix(here), each.code, each.detail) for each in faults)
        )


def _save(sitemap: Sitemap, pages: dict[str, Any]) -> None:
    _refuse(documents.sitemap_faults(pages), "")
    sitemap.pages = pages
    sitemap.save(update_fields=["pages", "updated_at"])


def _first_layout(project: Project, sitemap: Sitemap, title: str) -> dict[str, Any]:
    """What a new page begins with: a title between the home page's navigation and footer."""
    home = next((key for key, page in sitemap.pages.items() if page["path"] == "/"), "")
    page = Wireframe.objects.filter(sitemap=sitemap, page_key=home).first()
    around = page.layout["content"] if page and not documents.layout_faults(page.layout) else []
    frame = [item for item in around if item["type"] in ("Navigation", "Footer")]
    hero = registry()["Hero"].example(language=project.language)
    props = {"id": "Hero-1", "variant": "plain", "title": title.strip()[:160], "text": hero["text"]}
    content = [
        *(item for item in frame if item["type"] == "Navigation"),
        {"type": "Hero", "props": props},
        *(item for item in frame if item["type"] == "Footer"),
    ]
    ids = {item["props"]["id"] for item in frame}
    if page is not None and "Hero-1" in ids:
        props["id"] = _free("Hero-1", ids.__contains__)
    return {"root": {"props": _words_of(page, ids)}, "content": content, "zones": {}}


def _words_of(page: Wireframe | None, ids: set[str]) -> dict[str, Any]:
    """The translations of the components that a new page takes over."""
    props = ((page.layout.get("root") or {}).get("props") or {}) if page else {}
    words = props.get(locales.TRANSLATIONS) or {}
    kept = {
        language: {name: texts for name, texts in each.items() if name in ids}
        for language, each in words.items()
    }
    return {locales.TRANSLATIONS: kept} if any(kept.values()) else {}
