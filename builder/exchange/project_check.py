"""What a project's file must be: its manifest, its parts, and that they belong together."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer
from builder import locales, redirects, storable
from builder.exchange.archives import Archive, refusal
from builder.exchange.formats import FORMATS, Columns, ExchangeError
from builder.exchange.project_format import (
    FORMAT,
    MANIFEST,
    PROJECT,
    VERSION,
    VERSION_WITHOUT_IMAGES,
    Manifest,
    ProjectEntry,
    checked,
)
from builder.models import Project, Sitemap, SiteRedirect, StyleGuide, Wireframe
from builder.sections import validate_layout

_MODELS: Final = {"sitemaps": Sitemap, "pages": Wireframe, "style_guides": StyleGuide}
# An index of a thousand documents.
_MAX_INDEX: Final = 2_500_000
_AT_MOST: Final = 100


class Reading:
    """Reads a project's file part by part; `faults` are those of its documents."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._found: list[Fault] = []
        self._pages: dict[str, Any] = {}
        self._layouts: list[tuple[str, Any, Any]] = []
        self._compare_manifest()

    @property
    def faults(self) -> list[Fault]:
        return self._found[:_AT_MOST]

    def project(self) -> ProjectEntry:
        """`project.json`. Raises `ExchangeError`."""
        at = json_pointer([PROJECT])
        document = self._archive.document(PROJECT, most=_MAX_INDEX)
        entry = checked(ProjectEntry, document, at=at)
        faults = [fault.under(at) for fault in _reference_faults(entry)]
        if faults:
            raise ExchangeError(faults)
        return entry

    def documents(self, project: ProjectEntry, kind: str) -> list[tuple[Any, Columns]]:
        """Each document of a kind (a member of `project.json`) with the columns in its file."""
        form, read = FORMATS[_MODELS[kind]][0], []
        for entry in getattr(project, kind):
            try:
                columns = form.read(self._archive.document(entry.file))
            except ExchangeError as error:
                at = json_pointer([entry.file])
                self._found += [
                    fault if fault.pointer.startswith(at) else fault.under(at)
                    for fault in error.faults
                ]
                continue
            if kind == "sitemaps":
                self._pages[str(entry.id)] = columns["pages"]
            elif kind == "pages":
                self._layouts.append((entry.file, str(entry.sitemap), columns["layout"]))
            read.append((entry, columns))
        return read

    def redirects(self, project: ProjectEntry) -> list[SiteRedirect]:
        """The project's redirects, not yet anybody's, their addresses in their one spelling."""
        made = []
        rules = redirects.Rules(project=Project(), pages=frozenset(), own_hosts=frozenset())
        for index, entry in enumerate(project.redirects):
            redirect = SiteRedirect(origin=SiteRedirect.Origin.IMPORT, **entry.model_dump())
            at = json_pointer([PROJECT, "redirects", index])
            try:
                rules.check(redirect)
            except redirects.RedirectError as error:
                self._found += [fault.under(at) for fault in error.faults]
                continue
            rules.by_path[redirect.from_path] = redirect
            made.append(redirect)
        return made

    def compare(self, project: ProjectEntry) -> None:
        """Look for links that lead out of the project, and for files that nothing speaks of."""
        images = {str(each.id) for each in project.images}
        for file, sitemap, layout in self._layouts:
            keys = self._pages.get(sitemap, ())
            faults = validate_layout(layout, page_keys=keys, images=images)
            self._found += [fault.under(json_pointer([file])) for fault in faults]
        named = {each.file for each in _entries(project)}
        for name in self._archive.names:
            if "/" in name and name not in named:
                text = _("Nothing in project.json speaks of this file.")
                self._found.append(Fault(json_pointer([name]), "unexpected_file", text))

    def _compare_manifest(self) -> None:
        """Raises `ExchangeError` for a file of another version, or one that was changed."""
        at = json_pointer([MANIFEST])
        document = self._archive.document(MANIFEST)
        _refuse_other_format(document, at)
        manifest = checked(Manifest, document, at=at)
        listed, there = set(manifest.files), set(self._archive.names) - {MANIFEST}
        texts = {"missing_file": listed - there, "unexpected_file": there - listed}
        text = _("The manifest and the archive name different files.")
        faults = [
            Fault(json_pointer([name]), code, text)
            for code, names in texts.items()
            for name in sorted(names)
        ]
        if faults:
            raise ExchangeError(faults)
        wrong = _("The file is not what it was when it was exported.")
        for name, entry in manifest.files.items():
            if self._archive.sha256(name) != entry.sha256:
                faults.append(Fault(json_pointer([name]), "wrong_checksum", wrong))
        if faults:
            raise ExchangeError(faults)


def _refuse_other_format(document: Any, at: str) -> None:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise refusal(f"{at}/format", "unknown_format", _("This is no file of a project."))
    if document.get("version") not in (VERSION, VERSION_WITHOUT_IMAGES):
        text = _("This is version %(theirs)s of the format; version %(ours)s can be read.")
        names = {"theirs": str(document.get("version"))[:20], "ours": VERSION}
        raise refusal(f"{at}/version", "unsupported_version", text % names)


def _reference_faults(project: ProjectEntry) -> Iterator[Fault]:
    """What is wrong between the entries of `project.json`; pointers lead into it."""
    faults = storable.faults(project.model_dump(mode="json"), most=_MAX_INDEX)
    yield from faults
    found = locales.settings_faults(project.settings, language=project.language)
    yield from (fault.under("/settings") for fault in found)
    sitemaps = {each.id for each in project.sitemaps}
    pages = {each.id for each in project.pages}
    text = _("The file has no such document.")
    if project.current_sitemap is not None and project.current_sitemap not in sitemaps:
        yield Fault("/current_sitemap", "unknown_document", text)
    for index, page in enumerate(project.pages):
        if page.sitemap not in sitemaps:
            yield Fault(f"/pages/{index}/sitemap", "unknown_document", text)
    for index, style in enumerate(project.style_guides):
        if style.page not in pages:
            yield Fault(f"/style_guides/{index}/page", "unknown_document", text)
    yield from _twice("pages", ((page.sitemap, page.page_key) for page in project.pages))
    yield from _twice("style_guides", (style.page for style in project.style_guides))
    entries = _entries(project)
    text = _("Two documents have this id, or share a file.")
    for value in (*_repeated(each.id for each in entries), *_repeated(e.file for e in entries)):
        yield Fault("", "duplicate_document", f"{text} ({value})")


def _entries(project: ProjectEntry) -> list[Any]:
    """What stands in files of its own."""
    return [*(each for kind in _MODELS for each in getattr(project, kind)), *project.images]


def _twice(kind: str, places: Iterable[Any]) -> Iterator[Fault]:
    listed = list(places)
    for index, place in enumerate(listed):
        if place in listed[:index]:
            text = _("Another one stands in this place.")
            yield Fault(json_pointer([kind, index]), "duplicate_place", text)


def _repeated(values: Iterable[Any]) -> Iterator[Any]:
    return (value for value, count in Counter(values).items() if count > 1)
