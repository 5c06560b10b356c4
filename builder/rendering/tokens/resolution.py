"""Follows aliases (`{color.accent}`) to the values they stand for."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from builder.rendering.tokens.document import Path, Token

# How many aliases may lead from one to the next; each step costs a call.
MAX_ALIASES = 32
_ALIAS = re.compile(r"\{([^{}]+)\}")
# Composite types and the type of each of their parts.
COMPOSITES: dict[str, dict[str, str]] = {
    "typography": {
        "fontFamily": "fontFamily",
        "fontSize": "dimension",
        "fontWeight": "fontWeight",
        "letterSpacing": "dimension",
        "lineHeight": "number",
    },
    "shadow": {
        "color": "color",
        "offsetX": "dimension",
        "offsetY": "dimension",
        "blur": "dimension",
        "spread": "dimension",
        "inset": "boolean",
    },
}


class TokenError(ValueError):
    """A token that has no usable value; `code` is the fault's code."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def resolve(tokens: Mapping[Path, Token], path: Path) -> tuple[str, Any]:
    """Return a token's type and its value without aliases.

    Raises `TokenError` for an unknown alias, a cycle, a type that is missing or does not fit.
    """
    return _resolve(tokens, path, ())


def _resolve(tokens: Mapping[Path, Token], path: Path, trail: tuple[Path, ...]) -> tuple[str, Any]:
    if path in trail:
        names = " -> ".join(".".join(step) for step in (*trail, path))
        raise TokenError(
            "alias_cycle", _("The aliases run in a circle: %(names)s.") % {"names": names}
        )
    if len(trail) > MAX_ALIASES:
        text = _("More than %(count)d aliases lead to the value.") % {"count": MAX_ALIASES}
        raise TokenError("too_many_aliases", text)
    token = tokens.get(path)
    if token is None:
        text = _("There is no token %(name)s.") % {"name": ".".join(path)}
        raise TokenError("unknown_alias", text)
    trail = (*trail, path)
    target = _alias(token.value)
    if target:
        kind, value = _resolve(tokens, target, trail)
        if token.type not in (None, kind):
            text = _("The alias is a %(wanted)s, its target a %(kind)s.")
            raise TokenError("alias_type", text % {"wanted": token.type, "kind": kind})
        return kind, value
    if token.type is None:
        raise TokenError("missing_type", _("Neither the token nor a group around it has a $type."))
    return token.type, _composite(tokens, token.type, token.value, trail)


def _composite(tokens: Mapping[Path, Token], kind: str, value: Any, trail: tuple[Path, ...]) -> Any:
    parts = COMPOSITES.get(kind)
    if parts is None:
        return value
    if isinstance(value, list):
        return [_composite(tokens, kind, layer, trail) for layer in value]
    if not isinstance(value, Mapping):
        return value
    return {name: _part(tokens, parts.get(name), item, trail) for name, item in value.items()}


def _part(
    tokens: Mapping[Path, Token], wanted: str | None, value: Any, trail: tuple[Path, ...]
) -> Any:
    target = _alias(value)
    if not target:
        return value
    kind, found = _resolve(tokens, target, trail)
    if wanted not in (None, kind):
        text = _("Here stands a %(wanted)s, but the alias is a %(kind)s.")
        raise TokenError("alias_type", text % {"wanted": wanted, "kind": kind})
    return found


def _alias(value: Any) -> Path | None:
    match = _ALIAS.fullmatch(value) if isinstance(value, str) else None
    return tuple(match[1].split(".")) if match else None
