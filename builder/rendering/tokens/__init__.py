"""Design tokens of a site: checked, and written as CSS variables.

A site's document has the groups color, typography, spacing, component, grid and breakpoint in the
format of Design Tokens 2025.10, of which color, dimension, fontFamily, fontWeight, number, shadow
and typography are read. What a document leaves out is taken from `default_tokens.json`.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer
from builder.rendering.tokens.document import Path as TokenPath
from builder.rendering.tokens.document import Token, walk
from builder.rendering.tokens.resolution import TokenError, resolve
from builder.rendering.tokens.values import declarations

__all__ = ["TokenError", "defaults", "to_css_variables", "usual_types", "validate", "with_defaults"]

GROUPS = ("color", "typography", "spacing", "component", "grid", "breakpoint")


@cache
def defaults() -> dict[str, Any]:
    """Return the tokens that every site has; not to be changed by the caller."""
    text = Path(__file__).with_name("default_tokens.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def with_defaults(tokens: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tokens over the defaults."""
    return _over(tokens, defaults())


def validate(tokens: Any) -> list[Fault]:
    """Return what is wrong with a site's token document."""
    faults = [item for item in walk(tokens) if isinstance(item, Fault)]
    faults = faults or [item for item in walk(with_defaults(tokens)) if isinstance(item, Fault)]
    if faults:
        return faults
    own, whole = _tokens(tokens), _tokens(with_defaults(tokens))
    for path, token in own.items():
        faults.extend(_token_faults(token, whole, usual_types().get(path)))
    return [*faults, *_missing(whole), *_collisions(own, whole)]


def to_css_variables(tokens: Mapping[str, Any]) -> dict[str, str]:
    """Return the CSS variables of a document and of the defaults below it.

    `{"color": {"accent": …}}` becomes `--color-accent`; a typography token becomes five variables
    (`--typography-display-font-size`, …). Raises `TokenError` for a document with faults.
    """
    found = _tokens(with_defaults(tokens))
    variables: dict[str, str] = {}
    for path in found:
        kind, value = resolve(found, path)
        name = "--" + "-".join(path)
        variables.update((name + suffix, css) for suffix, css in declarations(kind, value).items())
    return variables


def _over(tokens: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for name, item in tokens.items():
        under = below.get(name)
        if _is_group(item) and _is_group(under):
            merged[name] = _over(item, under)
        else:
            merged[name] = item
    return merged


def _is_group(node: Any) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(node, Mapping) and "$value" not in node


def _tokens(document: Mapping[str, Any]) -> dict[TokenPath, Token]:
    found: dict[TokenPath, Token] = {}
    for item in walk(document):
        if isinstance(item, Fault):
            raise TokenError(item.code, f"{item.pointer}: {item.detail}")
        found[item.path] = item
    return found


@cache
def usual_types() -> dict[TokenPath, str]:
    """The type of each token that every site has, by its path; not to be changed by the caller."""
    found = _tokens(defaults())
    return {path: resolve(found, path)[0] for path in found}


def _token_faults(
    token: Token, tokens: Mapping[TokenPath, Token], usual: str | None
) -> list[Fault]:
    pointer = json_pointer(token.path)
    try:
        kind, value = resolve(tokens, token.path)
        declarations(kind, value)
    except TokenError as error:
        return [Fault(f"{pointer}/$value", error.code, str(error))]
    if usual not in (None, kind):
        text = _("The sections want a %(usual)s here, not a %(kind)s.") % {
            "usual": usual,
            "kind": kind,
        }
        return [Fault(f"{pointer}/$value", "wrong_type", text)]
    return []


def _missing(whole: Mapping[TokenPath, Token]) -> Iterator[Fault]:
    """Yield what the sections want and a token or a group of the same name stands in place of."""
    for path, kind in usual_types().items():
        if path not in whole:
            text = _("The sections want a %(kind)s here.") % {"kind": kind}
            yield Fault(json_pointer(path), "missing_token", text)


def _collisions(
    own: Mapping[TokenPath, Token], whole: Mapping[TokenPath, Token]
) -> Iterator[Fault]:
    names: dict[str, TokenPath] = {"-".join(path): path for path in whole if path not in own}
    for path in own:
        other = names.setdefault("-".join(path), path)
        if other != path:
            text = _("Its CSS variable is that of %(other)s.") % {"other": ".".join(other)}
            yield Fault(json_pointer(path), "name_collision", text)
