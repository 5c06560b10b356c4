"""The scripts of a site's pages: its sections' own, and those that floors above give it.

The latter come by a hook (setting BUILDER_PAGE_SCRIPTS).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from builder.sections import registry

# The script of a site's own sections; its published name has a hash between the two.
SITE_SCRIPT: Final = "site.js"
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


def section_script(*, section_types: Collection[str]) -> PageScript | None:
    """The script of the sections that a site uses; None where they need none.

    Each section's `script.js` is a block of its own: what it names is known to it alone. Raises
    `KeyError` for an unknown section type.
    """
    used = [registry()[kind] for kind in sorted(section_types)]
    bodies = [section.script() for section in used if section.script()]
    if not bodies:
        return None
    blocks = "".join(f"{{\n{body.strip()}\n}}\n" for body in bodies)
    return PageScript(SITE_SCRIPT, f'"use strict";\n{blocks}'.encode())
