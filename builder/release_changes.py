"""What differs between a release and another, or the project as it stands: path by path."""

import base64
import contextlib
import mimetypes
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Final, Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer
from builder import assembly, drafts, publishing, releases
from builder.drafts import HTML, SiteFile
from builder.models import Release
from builder.rendering.blocks import BLOCKS

Status = Literal["added", "removed", "changed"]

# Elements whose text goes on in the same line.
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "code", "em", "i", "img", "q", "small", "strong", "sub", "sup", "svg",
     "time", "u"}
)  # fmt: skip
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle"})
_UNSEEN: Final = frozenset({"script", "style", "svg", "template"})
# Nothing in a frame is to be followed or sent.
_CALM: Final = b"a,button,input,select,textarea{pointer-events:none}"
_STYLESHEET: Final = re.compile(r'(?P<start><link rel="stylesheet" href=")[./]*(?P<path>[^"]*)"')
_SCRIPT: Final = re.compile(r"<script\b[^>]*>.*?</script>\s*", re.DOTALL)
# A picture of several files; in a frame the one for all browsers stands in the page itself.
_SOURCE: Final = re.compile(r"<source\b[^>]*>")
_PICTURE: Final = re.compile(
    r'(?P<start><img class="picture [^"]*" src=")[./]*(?P<path>assets/images/[^"]+)"'
    r'( srcset="[^"]*" sizes="[^"]*")?'
)
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of visible text: `mark` is "+" for a new one, "-" for one that is gone, " " else."""

    mark: Literal["+", "-", " "]
    text: str


@dataclass(frozen=True, slots=True)
class ComponentChange:
    """A component of a page that is new, gone, or says something else."""

    status: Status
    id: str
    type: str


@dataclass(frozen=True, slots=True)
class PathChange:
    """A path that is not the same on both sides; sizes in bytes, None where it is not there.

    A page's `text` is its visible text as lines; it is empty where only something else differs,
    such as the stylesheet that the page names.
    """

    path: str
    status: Status
    content_type: str
    size_before: int | None
    size_after: int | None
    text: tuple[Line, ...] = ()
    components: tuple[ComponentChange, ...] = ()


@dataclass(frozen=True)
class Side:
    """One side: its manifest, where its files are, and those that are kept nowhere yet."""

    manifest: Mapping[str, Mapping[str, object]]
    release: Release
    made: Mapping[str, SiteFile] = field(default_factory=dict)

    def same(self, other: "Side", path: str) -> bool:
        mine, theirs = self.manifest.get(path), other.manifest.get(path)
        return bool(mine and theirs and mine["sha256"] == theirs["sha256"])

    def bodies(self, paths: Collection[str]) -> dict[str, bytes]:
        """The files of the paths that this side has. Raises `PublishError` for one that is gone."""
        kept = [path for path in paths if path in self.manifest and path not in self.made]
        found = releases.contents(release=self.release, paths=kept)
        gone = [path for path in kept if path not in found]
        if gone:
            text = _("The file is gone.")
            pointers = [json_pointer(["release", "manifest", path]) for path in gone]
            raise publishing.PublishError([Fault(each, "file_gone", text) for each in pointers])
        return found | {path: self.made[path].body for path in paths if path in self.made}


def of_release(release: Release) -> Side:
    """A release as it was published."""
    return Side(release.manifest, release)


def of_draft(release: Release) -> Side:
    """The release's project as publishing would make it now, kept nowhere.

    Raises `PublishError`.
    """
    with transaction.atomic():
        draft = publishing.checked(project=release.project)
        scripts = drafts.page_scripts(project=release.project)
        assembled = assembly.assemble(draft=draft, scripts=scripts, earlier=[release])
    return Side(assembled.manifest, release, assembled.files)


def side(*, release: Release, wanted: str) -> Side:
    """What a release is compared with: "draft", or the id of another release of its project.

    Raises `PublishError`.
    """
    if wanted == "draft":
        return of_draft(release)
    found = None
    with contextlib.suppress(ValidationError):
        found = Release.objects.filter(project=release.project_id, pk=wanted).first()
    if found is None:
        text = _("The project has no such release; “draft” is what it is now.")
        raise publishing.PublishError([Fault("/with", "unknown_release", text)])
    return of_release(found)


def compare(before: Side, after: Side) -> list[PathChange]:
    """What differs, by path; pages first. Raises `PublishError` where a file of one is gone."""
    paths = [path for path in {**after.manifest, **before.manifest} if not path.startswith(BLOCKS)]
    changed = [path for path in paths if not before.same(after, path)]
    pages = [path for path in changed if _entry(path, before, after)["content_type"] == HTML]
    old, new = before.bodies(pages), after.bodies(pages)
    found = [_change(path, before, after, old.get(path), new.get(path)) for path in changed]
    return sorted(found, key=lambda each: (each.content_type != HTML, each.path))


def near_changes(text: Sequence[Line], *, around: int = 2) -> list[Line | None]:
    """The changed lines of a diff with some around them; None where others are left out."""
    changed = [place for place, line in enumerate(text) if line.mark != " "]
    kept = {near for place in changed for near in range(place - around, place + around + 1)}
    shown: list[Line | None] = []
    for place, line in enumerate(text):
        if place in kept:
            shown.append(line)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return shown


def framed(html: bytes, files: Mapping[str, bytes]) -> bytes:
    """A page that needs nothing but itself, for a frame that may load nothing and run nothing.

    `files` are its stylesheets and pictures (`pictures_of`), by their paths in the release.
    """

    def within(match: re.Match[str]) -> str:
        css = files.get("/" + match["path"], b"") + _CALM
        return f'{match["start"]}data:text/css;base64,{base64.b64encode(css).decode()}"'

    def picture(match: re.Match[str]) -> str:
        body = base64.b64encode(files.get("/" + match["path"], b"")).decode()
        kind = mimetypes.guess_type(match["path"])[0]
        return f'{match["start"]}data:{kind};base64,{body}"'

    text = _SOURCE.sub("", _SCRIPT.sub("", _STYLESHEET.sub(within, html.decode())))
    return _PICTURE.sub(picture, text).encode()


def pictures_of(html: bytes) -> list[str]:
    """The paths of the files that a page's uploaded pictures are framed by."""
    return [f"/{match['path']}" for match in _PICTURE.finditer(html.decode())]


def visible_text(html: bytes) -> list[str]:
    """What a page says, a block a line."""
    return _read(html).lines


def _entry(path: str, before: Side, after: Side) -> Mapping[str, object]:
    return after.manifest.get(path) or before.manifest[path]


def _change(
    path: str, before: Side, after: Side, old: bytes | None, new: bytes | None
) -> PathChange:
    was, is_now = before.manifest.get(path), after.manifest.get(path)
    one, other = _read(old), _read(new)
    return PathChange(
        path=path,
        status="added" if was is None else "removed" if is_now is None else "changed",
        content_type=str(_entry(path, before, after)["content_type"]),
        size_before=_size(was),
        size_after=_size(is_now),
        text=tuple(_lines(one.lines, other.lines)),
        components=tuple(_components(one, other)),
    )


def _size(entry: Mapping[str, object] | None) -> int | None:
    size = entry["size"] if entry else None
    return size if isinstance(size, int) else None


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    """The lines of both, as a diff; nothing where they are the same."""
    if before == after:
        return
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Line(" ", text) for text in before[a0:a1])
        else:
            yield from (Line("-", text) for text in before[a0:a1])
            yield from (Line("+", text) for text in after[b0:b1])


def _components(before: "_Reader", after: "_Reader") -> Iterator[ComponentChange]:
    old, new = before.components, after.components
    for key, (kind, lines) in new.items():
        if key not in old:
            yield ComponentChange("added", key, kind)
        elif old[key] != (kind, lines):
            yield ComponentChange("changed", key, kind)
    for key, (kind, _lines_of_it) in old.items():
        if key not in new:
            yield ComponentChange("removed", key, kind)


def _read(html: bytes | None) -> "_Reader":
    reader = _Reader()
    reader.feed((html or b"").decode())
    reader.close()
    return reader


class _Reader(HTMLParser):
    """Reads the text that a page shows, and in which component of it."""

    def __init__(self) -> None:
        super().__init__()
        self.components: dict[str, tuple[str, list[str]]] = {}
        self.lines: list[str] = []
        self._line: list[str] = []
        # Open elements, each with its component; "" outside of one.
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _INLINE:
            self._end_line()
        if given.get("alt"):
            self._line.append(given["alt"])
        if tag == "meta" and given.get("name") == "description":
            self._line.append(given.get("content", ""))
            self._end_line()
        if tag in _VOID:
            return
        component = self._component
        if "data-hh-component" in given:
            component = given.get("id", "")
            self.components[component] = (given["data-hh-component"], [])
        self._open.append((tag, component))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of a drawing; it says nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end_line()
        while self._open and any(name == tag for name, _component in self._open):
            name, _component = self._open.pop()
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if not any(name in _UNSEEN for name, _component in self._open):
            self._line.append(data)

    def close(self) -> None:
        super().close()
        self._end_line()

    @property
    def _component(self) -> str:
        return self._open[-1][1] if self._open else ""

    def _end_line(self) -> None:
        text = _SPACE.sub(" ", "".join(self._line)).strip()
        self._line = []
        if not text:
            return
        self.lines.append(text)
        if self._component:
            self.components[self._component][1].append(text)
