"""What a template is made of, measured from its contents; nothing here is a guess.

Rules: a word is what blanks separate in a text that visitors read. The setup time is what writing
all words anew takes at `WORDS_PER_MINUTE`, in whole minutes, rounded up: an ordinary typist's pace,
and the templates' texts stand ready to be kept. Contrast is the ratio of WCAG 2.2 (1..21).
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from builder.components import connectable
from builder.sections import form_fields, registry

WORDS_PER_MINUTE: Final = 40

# Props that name or place something; no visitor reads them.
_UNREAD: Final = frozenset(
    {
        "id", "variant", "tone", "href", "src", "art", "track", "name", "kind", "autocomplete",
        "width", "height", "layout", "icon",
    }
)  # fmt: skip
# Which text stands on which ground.
_ON_GROUND: Final = (
    ("text", "background"),
    ("text", "surface"),
    ("muted", "background"),
    ("link", "background"),
    ("on-accent", "accent"),
    ("on-inverse", "inverse"),
)


def measure(document: Mapping[str, Any]) -> dict[str, Any]:
    """The measured fields of a template's metadata; `document` as in `Template.document`."""
    components = list(_components(document))
    words = sum(word_count(item["props"]) for _page, item in components)
    starting = [
        (page, item)
        for page in document["pages"]
        for item in connectable(page["layout"])
    ]  # fmt: skip
    return {
        "intelligent_components": [_metadata(page, item) for page, item in starting],
        "workflow_compatibility": _compatibility([item for _page, item in starting]),
        "estimated_setup_time": math.ceil(words / WORDS_PER_MINUTE),
        "design_patterns": _patterns([item for _page, item in components]),
        "color_psychology": _colors(document["tokens"]),
        "layout_effectiveness": {
            "pages": len(document["pages"]),
            "sections": len(components),
            "words": words,
            "forms": sum(bool(form_fields(item)) for _page, item in components),
        },
        "responsive_breakpoints": _breakpoints(document["tokens"]),
    }


def describe(measured: Mapping[str, Any], *, trade: str) -> str:
    """A sentence on what the template has, out of its measures."""
    layout = measured["layout_effectiveness"]
    asked = len(measured["workflow_compatibility"]["form_fields"])
    return (
        f"{trade}: {layout['pages']} pages of {layout['sections']} sections and {layout['words']}"
        f" words; {len(measured['intelligent_components'])} components can start a workflow,"
        f" {layout['forms']} of them forms that ask for {asked} different things."
    )


def word_count(value: Any) -> int:
    """How many words of a section's props a visitor reads."""
    if isinstance(value, str):
        return len(value.split())
    if isinstance(value, Mapping):
        return sum(word_count(each) for key, each in value.items() if key not in _UNREAD)
    if isinstance(value, list | tuple):
        return sum(word_count(each) for each in value)
    return 0


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (#rrggbb), 1..21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return round((lighter + 0.05) / (darker + 0.05), 2)


def _components(document: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for page in document["pages"]:
        for item in page["layout"]["content"]:
            yield page, item


def _metadata(page: Mapping[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    section = registry()[item["type"]]
    options: dict[str, Any] = {"variants": list(section.variants)}
    fields = form_fields(item)
    if fields:
        options["fields"] = [field.name for field in fields]
    return {
        "component_id": item["props"]["id"],
        "type": str(section.component_type),
        "page_key": page["key"],
        "suggested_workflows": [],
        "customization_options": options,
        "performance_metrics": {},
    }


def _compatibility(starting: list[dict[str, Any]]) -> dict[str, Any]:
    types = Counter(str(registry()[item["type"]].component_type) for item in starting)
    asked = {field.name for item in starting for field in form_fields(item)}
    return {"components": dict(sorted(types.items())), "form_fields": sorted(asked)}


def _patterns(components: list[dict[str, Any]]) -> list[str]:
    found = (
        f"{item['type']}: {item['props']['variant']}" if item["props"].get("variant") else
        item["type"]
        for item in components
    )  # fmt: skip
    return list(dict.fromkeys(found))


def _colors(tokens: Mapping[str, Any]) -> dict[str, Any]:
    palette = dict(_palette(tokens))
    return {
        "palette": palette,
        "contrast": {
            f"{text} on {ground}": contrast(palette[text], palette[ground])
            for text, ground in _ON_GROUND
            if text in palette and ground in palette
        },
    }


def _palette(tokens: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The colours as CSS has them, aliases followed, those that have a plain hexadecimal form."""
    from builder.rendering.tokens import to_css_variables

    variables = to_css_variables(tokens)
    for name in tokens.get("color", {}):
        value = variables.get(f"--color-{name}", "")
        if not name.startswith("$") and len(value) == 7 and value.startswith("#"):
            yield name, value


def _breakpoints(tokens: Mapping[str, Any]) -> dict[str, str]:
    from builder.rendering.tokens import to_css_variables

    variables = to_css_variables(tokens)
    return {
        name: variables[f"--breakpoint-{name}"]
        for name in tokens.get("breakpoint", {})
        if f"--breakpoint-{name}" in variables
    }


def _luminance(color: str) -> float:
    channels = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
