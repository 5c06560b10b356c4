"""Texts of a template in both languages: wherever a text is, `{"en": "…", "ar": "…"}` may stand.

A list of texts may be given by language as a whole: `{"en": ["…"], "ar": ["…"]}`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeGuard

from accounts.faults import Fault, json_pointer

LANGUAGES: Final = ("en", "ar")
_NAMES: Final = frozenset(LANGUAGES)


def by_language(value: Any) -> TypeGuard[Mapping[str, Any]]:
    """Whether a value is one by language: an object whose members are languages, and only they."""
    return isinstance(value, Mapping) and bool(value) and set(value) <= _NAMES


def in_language(value: Any, language: str) -> Any:
    """The value with what is by language in one of them. Wants a value without faults."""
    if by_language(value):
        return value[language]
    if isinstance(value, Mapping):
        return {key: in_language(item, language) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [in_language(item, language) for item in value]
    return value


def language_faults(value: Any, pointer: str = "") -> Iterator[Fault]:
    """What is by language and lacks one of them, or is not of the same kind in both."""
    if by_language(value):
        yield from _pair_faults(value, pointer)
    elif isinstance(value, Mapping | list | tuple):
        items = value.items() if isinstance(value, Mapping) else enumerate(value)
        for key, item in items:
            yield from language_faults(item, pointer + json_pointer([key]))


def _pair_faults(value: Mapping[str, Any], pointer: str) -> Iterator[Fault]:
    for language in LANGUAGES:
        if language not in value:
            text = f"The text is not given in the language {language}."
            yield Fault(f"{pointer}/{language}", "missing_translation", text)
        elif not _is_text(value[language]):
            text = "By language stands a text that is not empty, or a list of such texts."
            yield Fault(f"{pointer}/{language}", "invalid_type", text)
    sizes = {len(item) if isinstance(item, list) else -1 for item in value.values()}
    if len(sizes) > 1:
        text = "Both languages have a text, or a list of as many."
        yield Fault(pointer, "unequal_translation", text)


def _is_text(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, str) and item.strip() for item in value)
    return isinstance(value, str) and bool(value.strip())
