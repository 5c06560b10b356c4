"""What a release is made of: pages rendered anew, reused from earlier ones, or carried over."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer
from builder import drafts, locales, projects, releases
from builder.crawlers import write_robots, write_sitemap
from builder.drafts import NOT_FOUND_PATH, Draft, Part, SiteFile, Tree
from builder.feeds import CONTENT_TYPE as FEED_TYPE
from builder.images.showing import Pictures
from builder.models import ImageRendition, Release
from builder.releases import Press
from builder.rendering import PageScript, ScriptTag
from builder.rendering.blocks import BLOCKS
from builder.sections.pictures import unknown_images


class PublishError(Exception):
    """A project cannot be published as it stands; `faults` say why and where.

    Pointers: `/sitemap/pages/…`, `/wireframes/<page key>/…`, `/style_guide/<column>/…`,
    `/settings/locales/…`, `/locales/<index>`.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_("The project cannot be published as it stands."))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Assembled:
    """The columns of a release, and the files that the workspace has not yet."""

    manifest: dict[str, dict[str, Any]]
    inputs: dict[str, str]
    locales: dict[str, dict[str, Any]]
    forms: list[dict[str, Any]]
    files: dict[str, SiteFile]


@dataclass
class _Plan:
    """A release in the making: paths to be, by where their files come from."""

    parts: dict[str, Part] = field(default_factory=dict)
    carried: dict[str, dict[str, Any]] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    locales: dict[str, dict[str, Any]] = field(default_factory=dict)
    forms: list[dict[str, Any]] = field(default_factory=list)

    def add(self, path: str, part: Part) -> None:
        self.parts[path] = part
        if part.inputs:
            self.inputs[path] = part.inputs

    def add_file(self, path: str, file: SiteFile) -> None:
        self.parts[path] = Part(lambda: {path: file})

    def add_tree(self, tree: Tree, pictures: Pictures) -> None:
        for path, part in {**tree.pages, **tree.missing}.items():
            self.add(path, part)
        for path, body in tree.feed.items():
            self.add_file(path, SiteFile(body, FEED_TYPE))
        for path, file in tree.pictures.items():
            # What has the same hash is the same file.
            self.add(path, Part(partial(_picture, path, file, pictures), file.sha256))
        self.locales[tree.locale.language] = {
            "prefix": tree.locale.prefix,
            "pages": [*tree.pages],
            "assets": tree.assets,
            "keys": tree.keys,
        }
        self.forms += tree.forms

    def carry(self, language: str, live: Release) -> None:
        """Take a language's pages as they are live."""
        locale = self.locales[language] = live.locales[language]
        missing = locale["prefix"] + NOT_FOUND_PATH
        self.carry_paths([*locale["pages"], *locale["assets"], missing], live)
        self.forms += [form for form in live.forms if form["path"] in set(locale["pages"])]

    def carry_paths(self, paths: Iterable[str], live: Release) -> None:
        for path in paths:
            self.carried.update(_files_of(path, live))
            if path in live.inputs:
                self.inputs[path] = live.inputs[path]


def assemble(
    *,
    draft: Draft,
    scripts: Sequence[PageScript] = (),
    wanted: Collection[str] | None = None,
    live: Release | None = None,
    earlier: Iterable[Release] = (),
    indexed: bool = True,
    press: Press | None = None,
) -> Assembled:
    """Render what no earlier release has; wants a transaction, and a draft without faults.

    `wanted` are the languages taken from the draft (None: all); the others are as in `live`, the
    release that visitors see. `earlier` are releases whose files may be used again where their
    inputs are the same. `press` compresses meanwhile what is to be stored. Raises `PublishError`
    where `wanted` and `live` do not go together.
    """
    workspace_id = draft.project.workspace_id
    plan = _plan(draft, scripts, wanted, live, indexed=indexed)
    known = _known(plan.parts, earlier)
    releases.hold(workspace_id=workspace_id)
    files = [*known.values(), plan.carried]
    used = [entry["sha256"] for each in files for entry in each.values()]
    here = releases.present(workspace_id=workspace_id, hashes=used)
    _refuse_gone(plan, here)
    manifest, made = {**plan.carried}, {}
    for path, part in plan.parts.items():
        reused = known.get(path, {})
        if reused and all(entry["sha256"] in here for entry in reused.values()):
            manifest.update(reused)
        else:
            rendered = part.make()
            made.update(rendered)
            if press is not None:
                press.add(rendered.values())
    manifest.update({path: releases.entry(file) for path, file in made.items()})
    return Assembled(manifest, plan.inputs, plan.locales, plan.forms, made)


def store(assembled: Assembled, *, workspace_id: uuid.UUID, press: Press) -> dict[str, Any]:
    """Keep the files; returns the columns of a release that has them. Wants a transaction."""
    releases.store(workspace_id=workspace_id, files=assembled.files.values(), press=press)
    names = ("manifest", "inputs", "locales", "forms")
    return {name: getattr(assembled, name) for name in names}


def _plan(
    draft: Draft,
    scripts: Sequence[PageScript],
    wanted: Collection[str] | None,
    live: Release | None,
    *,
    indexed: bool,
) -> _Plan:
    plan = _Plan()
    carried = _carried(draft, wanted, live)
    _complete_pictures(draft)
    stylesheet, css = draft.stylesheet()
    given = [*draft.scripts(), *scripts]
    assets = {path: (file, item) for item in given for path, file in [drafts.script_file(item)]}
    tags = [ScriptTag(path, item.attributes) for path, (_file, item) in assets.items()]
    base_url = projects.site_url(project=draft.project)
    frame = draft.frame(base_url=base_url, stylesheet=stylesheet, scripts=tags, indexed=indexed)
    there = {each: live.locales[each]["pages"] for each in carried} if live else {}
    trees = draft.trees(frame=frame, languages=wanted, carried=there)
    written = {tree.locale.language: tree for tree in trees}
    for locale in draft.locales:
        if locale.language in written:
            plan.add_tree(written[locale.language], draft.pictures)
        elif locale.language in carried and live is not None:
            plan.carry(locale.language, live)
    files = {
        stylesheet: css,
        **draft.fonts(),
        **{path: file for path, (file, _item) in assets.items()},
    }
    for path, file in files.items():
        plan.add_file(f"/{path}", file)
    sitemap = write_sitemap(locales=plan.locales, changed=draft.changed, base_url=base_url)
    plan.add_file("/sitemap.xml", SiteFile(sitemap, "application/xml; charset=utf-8"))
    robots = SiteFile(write_robots(base_url=base_url), "text/plain; charset=utf-8")
    plan.add_file("/robots.txt", robots)
    return plan


def _complete_pictures(draft: Draft) -> None:
    """Have every file of the pages' pictures. Raises `PublishError`, `StorageAwayError`."""
    draft.pictures.complete()
    text = _("The picture's file is lost: upload it once more.")
    gone = [
        Fault(fault.pointer, "file_gone", text).under(json_pointer(["wireframes", page.key]))
        for page in draft.pages
        for fault in unknown_images(draft.wireframes[page.key].layout, draft.pictures.ready)
    ]
    if gone:
        raise PublishError(gone)


def _picture(path: str, file: ImageRendition, pictures: Pictures) -> dict[str, SiteFile]:
    return {path: SiteFile(pictures.content(file), file.content_type, pinned=True)}


def _carried(draft: Draft, wanted: Collection[str] | None, live: Release | None) -> set[str]:
    """The languages that stay as they are live. Raises `PublishError`."""
    if wanted is None:
        return set()
    known = [locale.language for locale in draft.locales]
    faults = list(locales.choice_faults(draft.project, wanted))
    if not wanted:
        faults.append(Fault("/locales", "no_locales", _("Name one language at least.")))
    own = draft.project.language
    carried = {each for each in known if each not in wanted and live and each in live.locales}
    if own not in wanted and not (live and live.locales.get(own, {}).get("prefix") == ""):
        text = _("The site's own language, %(language)s, is not live yet: publish it as well.")
        faults.append(Fault("/locales", "own_locale_not_live", text % {"language": own}))
    elif live and any(live.locales[each]["prefix"] != _prefix(draft, each) for each in carried):
        text = _("The project's own language has changed: publish all languages together.")
        faults.append(Fault("/locales", "own_locale_changed", text))
    if faults:
        raise PublishError(faults)
    return carried


def _prefix(draft: Draft, language: str) -> str:
    return next(each.prefix for each in draft.locales if each.language == language)


def _known(
    parts: Mapping[str, Part], earlier: Iterable[Release]
) -> dict[str, dict[str, dict[str, Any]]]:
    """By path, the files of earlier releases that were made of the same inputs."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for release in earlier:
        for path, part in parts.items():
            if part.inputs and part.inputs == release.inputs.get(path):
                found.setdefault(path, _files_of(path, release))
    return found


def _files_of(path: str, release: Release) -> dict[str, dict[str, Any]]:
    """A path's file and, for a page with dynamic blocks, their document."""
    both = (path, BLOCKS + path)
    return {each: release.manifest[each] for each in both if each in release.manifest}


def _refuse_gone(plan: _Plan, here: Collection[str]) -> None:
    """What is live and gone cannot be carried over: it is rendered from the documents alone."""
    gone = [path for path, entry in plan.carried.items() if entry["sha256"] not in here]
    if gone:
        text = _("The live file of %(path)s is gone: publish all languages together.")
        raise PublishError([Fault("/locales", "file_gone", text % {"path": gone[0]})])
