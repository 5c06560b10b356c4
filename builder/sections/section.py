"""What a section type is."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise

from builder.sections.forms import FormField, Reward
from builder.sections.props import SectionProps


def no_fields(_props: Any) -> Sequence[FormField]:
    """Say that a section is not a form."""
    return ()


def always(_props: Mapping[str, Any]) -> bool:
    """Say that a section with a script has it wherever it stands."""
    return True


def no_reward(_props: Any) -> Reward | None:
    """Say that a form gives nothing but thanks."""
    return None


@dataclass(frozen=True)
class Section:
    """A section type: one folder with its props, template, style and example.

    `type` is Puck's component type; `component_type` is what the Magic Connector reads (None for a
    section that starts nothing); `icon` is the name of a Material symbol, as the console uses them.
    What stands `beside` a page's content (news, a pop-up) never gives the page its title, and is
    no part of its main landmark when it is the first or the last. `reward` is what the door gives
    to who has sent the section's form; `wants_script` says of props as they are written whether
    they need the section's script.
    """

    name: str | Promise
    icon: str
    props: type[SectionProps]
    folder: Path
    type: str  # below props, whose annotation means the built-in

    component_type: str | None = None
    variants: tuple[str, ...] = ()
    form_fields: Callable[[Any], Sequence[FormField]] = no_fields
    beside: bool = False
    reward: Callable[[Any], Reward | None] = no_reward
    wants_script: Callable[[Mapping[str, Any]], bool] = always

    @property
    def template_name(self) -> str:
        """Return the template's name for the rendering engine."""
        return f"{self.folder.name}/template.html"

    def stylesheet(self) -> str:
        """Return the section's CSS, as written."""
        return _read(self.folder / "style.css")

    def script(self) -> str:
        """Return what makes the section livelier where scripts run; "" for most sections."""
        path = self.folder / "script.js"
        return _read(path) if path.exists() else ""

    def example(self, *, language: str) -> dict[str, Any]:
        """Return default props in the language, or in English where there are none."""
        examples: dict[str, dict[str, Any]] = json.loads(_read(self.folder / "example.json"))
        return examples.get(language, examples["en"])


@cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
