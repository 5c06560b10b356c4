"""The hook by which floors above give a site's pages a script (setting BUILDER_PAGE_SCRIPTS)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_ATTRIBUTE = re.compile(r"data-[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class PageScript:
    """A script to publish with a site: what a function of the hook returns.

    `name` is its file name without a hash ("tracker.js"), `body` the JavaScript, `attributes` the
    data attributes of its script element ("data-key").
    """

    name: str
    body: bytes
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScriptTag:
    """A published script as a page refers to it: its path below the site's root."""

    path: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.attributes:
            if not _ATTRIBUTE.fullmatch(name):
                raise ValueError(f"{name!r} is no data attribute")
