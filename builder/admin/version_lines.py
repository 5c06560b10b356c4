"""What the console's pages of versions show of each."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from builder import comparing, side_by_side, versioning
from builder.models import Project, VersionHistory

PER_PAGE = 25
# Of a version's changes so many are named, the others counted.
NAMED = 5

Address = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Line:
    """A version in a list: what was done, what changed by it, and where it may be looked at."""

    version: VersionHistory
    deed: Any
    icon: str
    changes: list[str]
    more: int
    compare: str
    revert: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its version, and the frame that shows the page `key` of it."""

    version: VersionHistory
    frame: str
    key: str
    beside: int

    @property
    def address(self) -> str:
        return f"{self.frame}?{urlencode({'page': self.key, 'beside': self.beside})}"


def told(change: comparing.Change) -> tuple[comparing.Change, str, str]:
    """A change with its values as a page shows them: before, after."""
    return change, _shown(change.before), _shown(change.after)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "–" if value in (None, "") else Truncator(text).chars(300)


def lines(found: Sequence[VersionHistory], address: Address) -> list[Line]:
    """The lines of versions, the newest first; of more than `PER_PAGE` the last is not shown."""
    shown = []
    for version, before in zip(found, [*found[1:], None], strict=True):
        changes = versioning.changes(before, version) if before else []
        texts = [change.text for change in changes]
        deed, icon = _deed(version)
        number = version.version_number
        compare = f"{address('compare')}?{urlencode({'from': number - 1, 'to': number})}"
        shown.append(
            Line(
                version,
                deed,
                icon,
                texts[:NAMED],
                max(0, len(texts) - NAMED),
                compare if before else "",
                address("version_revert", number),
            )
        )
    return shown[:PER_PAGE]


def gone(project: Project, address: Address) -> list[tuple[VersionHistory, str]]:
    """The project's deleted documents, each with where it is restored."""
    found = versioning.deletions(project=project).select_related("user")
    return [(version, address("version_restore", version.pk)) for version in found]


def page_links(
    sites: Sequence[side_by_side.Then], shown: str, numbers: tuple[int, int]
) -> list[tuple[str, str, bool]]:
    """The pages that either side has: title, query, and whether it is the one shown."""
    titles = {page.key: page.title for site in sites for page in site.pages}
    pair = {"from": numbers[0], "to": numbers[1]}
    return [
        (title, "?" + urlencode({**pair, "page": key}), key == shown)
        for key, title in titles.items()
    ]


def _deed(version: VersionHistory) -> tuple[Any, str]:
    if version.is_deletion:
        return _("deleted"), "delete"
    if version.version_number == 1:
        return _("made"), "add_circle"
    if version.message:
        return version.message, "bookmark"
    return _("saved"), "edit"
