"""Short forms that a template's tokens and pages are written in, and what they stand for.

Tokens: a colour is `#rrggbb` (or `#rrggbbaa`), a length a number of rem or `"1px"`, an alias
`"{color.accent}"`, a type style `{"size": 3, "weight": 600, "spacing": -0.05, "line": 1.1}`, a
shadow `"none"` or `"0 1px 2px 0 #10242b14"`. A token of Design Tokens 2025.10, with its `$value`,
stays as it is. Pages: a section that several pages share is named in place of being repeated.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")
_LENGTH: Final = re.compile(r"(-?[0-9]*\.?[0-9]+)(px|rem)?")
_ALIAS: Final = re.compile(r"\{[^{}]+\}")
# Which family a type style is set in where it does not say so.
_FAMILIES: Final = {"lead": "body", "body": "body", "label": "label"}
_STYLE: Final = frozenset({"family", "size", "weight", "spacing", "line"})
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def whole_tokens(written: Mapping[str, Any]) -> dict[str, Any]:
    """The token document (Design Tokens 2025.10) that a template's tokens stand for.

    What is in no short form is left for the tokens' own check to find.
    """
    return {name: _group(item, (name,)) for name, item in written.items()}


def whole_content(content: Any, shared: Mapping[str, Any]) -> Any:
    """A page's components: those named are the template's shared ones, with the page's own props.

    `"navigation"` and `{"use": "navigation", "props": {…}}`. A component without an id has that of
    its name, or else of its type. What names nothing is left as it is.
    """
    if not isinstance(content, list):
        return content
    return [_component(item, shared) for item in content]


def _component(item: Any, shared: Mapping[str, Any]) -> Any:
    name = item if isinstance(item, str) else item.get("use") if isinstance(item, Mapping) else None
    if name is None and isinstance(item, Mapping):
        return _with_id(item, _CAMEL.sub("-", str(item.get("type", ""))).lower())
    found = shared.get(name) if isinstance(name, str) else None
    if not isinstance(found, Mapping) or not isinstance(name, str):
        return item
    changes = item.get("props", {}) if isinstance(item, Mapping) else {}
    return _with_id({**found, "props": {**found.get("props", {}), **changes}}, name)


def _with_id(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {**item, "props": {"id": name, **item.get("props", {})}}


def _group(node: Any, path: tuple[str, ...]) -> Any:
    if isinstance(node, Mapping):
        if "$value" in node:
            return dict(node)
        if path[0] == "typography" and len(path) == 2 and node and set(node) <= _STYLE:
            return _token("typography", _style(node, path[-1]))
        return {
            name: item if name.startswith("$") else _group(item, (*path, name))
            for name, item in node.items()
        }
    if isinstance(node, str) and _ALIAS.fullmatch(node):
        return {"$value": node}
    kind = _kind(path)
    return _token(kind, _value(kind, node))


def _token(kind: str, value: Any) -> dict[str, Any]:
    return {"$type": kind, "$value": value}


def _kind(path: tuple[str, ...]) -> str:
    """The type that the sections want at a path; for a token that they do not know, its group's."""
    from builder.rendering.tokens import usual_types

    groups = {"color": "color", "typography": "fontFamily"}
    return usual_types().get(path) or groups.get(path[0], "dimension")


def _value(kind: str, written: Any) -> Any:
    if kind == "color" and isinstance(written, str):
        return _color(written)
    if kind == "dimension":
        return _length(written)
    if kind == "shadow" and isinstance(written, str):
        return _shadow(written)
    return written


def _style(node: Mapping[str, Any], name: str) -> dict[str, Any]:
    family = node.get("family", _FAMILIES.get(name, "display"))
    return {
        "fontFamily": f"{{typography.family.{family}}}",
        "fontSize": _length(node.get("size", 1)),
        "fontWeight": node.get("weight", 400),
        "letterSpacing": _length(node.get("spacing", 0)),
        "lineHeight": node.get("line", 1.5),
    }


def _length(written: Any) -> Any:
    if isinstance(written, int | float):
        return {"value": written, "unit": "rem"}
    match = _LENGTH.fullmatch(written) if isinstance(written, str) else None
    return {"value": float(match[1]), "unit": match[2] or "rem"} if match else written


def _color(written: str) -> Any:
    if not _HEX.fullmatch(written):
        return written
    channels = [int(written[start : start + 2], 16) / 255 for start in range(1, len(written), 2)]
    alpha = {"alpha": round(channels[3], 4)} if len(channels) == 4 else {}
    components = [round(channel, 4) for channel in channels[:3]]
    return {"colorSpace": "srgb", "components": components, **alpha, "hex": written[:7].lower()}


def _shadow(written: str) -> Any:
    if written == "none":
        written = "0px 0px 0px 0px #00000000"
    *lengths, color = written.split()
    if len(lengths) != 4:
        return written
    names = ("offsetX", "offsetY", "blur", "spread")
    sizes = {name: _length(item) for name, item in zip(names, lengths, strict=True)}
    return {"color": _color(color), **sizes}
