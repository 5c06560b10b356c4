"""Reads the built-in templates."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from accounts.faults import Fault, json_pointer
from builder.template_library.languages import LANGUAGES, by_language, in_language, language_faults
from builder.template_library.shorthand import whole_content, whole_tokens

LIBRARY: Final = Path(__file__).parent
FILE: Final = "template.json"
# What somebody is still writing: its drawings are there, and it is not yet offered.
DRAFT: Final = "draft.json"
_RIGHT_TO_LEFT: Final = frozenset({"ar"})


class TemplateError(Exception):
    """A template's file that cannot be read as one; `faults` say why, pointing into the file."""

    def __init__(self, path: Path, faults: Sequence[Fault]) -> None:
        lines = [f"{fault.pointer or '/'}: {fault.detail}" for fault in faults]
        super().__init__(f"{path.parent.name}/{path.name}: {'; '.join(lines)}")
        self.faults = tuple(faults)


@dataclass(frozen=True)
class TemplatePage:
    """A page of a template: its place in the sitemap and its layout (Puck Data).

    `translations` are title and description by language; the layout's texts in other languages are
    in its `root.props.translations` (see `builder.locales`).
    """

    key: str
    path: str
    title: str
    description: str
    layout: dict[str, Any]
    translations: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class TemplateDocument:
    """A complete site to start from, in its own language and in the other.

    `name`, `description` and `site_names` are by language code; `tokens` is the whole token
    document of the site (colour, typography, spacing, component, grid, breakpoint; see
    `builder.rendering.tokens`).
    """

    slug: str
    name: dict[str, str]
    description: dict[str, str]
    category: str
    trade: str
    target_audience: tuple[str, ...]
    use_cases: tuple[str, ...]
    language: str
    direction: Literal["ltr", "rtl"]
    site_name: str
    site_names: dict[str, str]
    pages: tuple[TemplatePage, ...]
    tokens: dict[str, Any]
    schema_type: str = ""


class _File(BaseModel):
    """The outline of a template's file; what is inside pages is checked as layouts are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: dict[str, str]
    description: dict[str, str]
    category: Annotated[str, Field(pattern=r"^[a-z][a-z-]{1,58}$")]
    trade: Annotated[str, Field(min_length=2, max_length=80)]
    schema_type: Annotated[str, Field(pattern=r"^([A-Z][A-Za-z]+)?$")] = ""
    target_audience: Annotated[tuple[str, ...], Field(min_length=1)]
    use_cases: Annotated[tuple[str, ...], Field(min_length=1)]
    language: Literal["en", "ar"]
    site_name: dict[str, str]
    sections: dict[str, dict[str, Any]] = {}
    pages: Annotated[tuple["_Page", ...], Field(min_length=1)]
    tokens: dict[str, Any]


class _Page(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    path: str
    title: dict[str, str]
    description: dict[str, str]
    content: list[Any]


@cache
def load() -> tuple[TemplateDocument, ...]:
    """Return the built-in templates, by slug. Raises `TemplateError`."""
    return tuple(read(path) for path in sorted(LIBRARY.glob(f"*/{FILE}")))


def read(path: Path) -> TemplateDocument:
    """Read one template's file. Raises `TemplateError`, with pointers into it.

    What a layout or tokens must be is not checked here: see `builder.template_check`.
    """
    file = _checked(path)
    texts = {"name": file.name, "description": file.description, "site_names": file.site_name}
    return TemplateDocument(
        slug=path.parent.name,
        **texts,
        category=file.category,
        trade=file.trade,
        target_audience=file.target_audience,
        use_cases=file.use_cases,
        language=file.language,
        direction="rtl" if file.language in _RIGHT_TO_LEFT else "ltr",
        site_name=file.site_name[file.language],
        pages=tuple(_page(page, file) for page in file.pages),
        tokens=whole_tokens(file.tokens),
        schema_type=file.schema_type,
    )


def _checked(path: Path) -> _File:
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise TemplateError(path, [Fault("", "invalid_json", str(error))]) from None
    try:
        file = _File.model_validate(written)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        faults = [Fault(json_pointer(item["loc"]), item["type"], item["msg"]) for item in found]
        raise TemplateError(path, faults) from None
    faults = [*language_faults(written), *_text_faults(file)]
    if faults:
        raise TemplateError(path, faults)
    return file


def _text_faults(file: _File) -> list[Fault]:
    """Texts of the template and its pages that are not by language: an object, but another one."""
    texts: dict[tuple[str, ...], dict[str, str]] = {
        ("name",): file.name,
        ("description",): file.description,
    }
    texts[("site_name",)] = file.site_name
    for index, page in enumerate(file.pages):
        texts[("pages", str(index), "title")] = page.title
        texts[("pages", str(index), "description")] = page.description
    return [
        Fault(json_pointer(path), "missing_translation", "A text by language stands here.")
        for path, text in texts.items()
        if not by_language(text)
    ]


def _page(page: _Page, file: _File) -> TemplatePage:
    content = whole_content(page.content, file.sections)
    own = file.language
    others = [language for language in LANGUAGES if language != own]
    props: dict[str, Any] = {"title": page.title[own]}
    props["translations"] = {language: _words(content, language) for language in others}
    return TemplatePage(
        key=page.key,
        path=page.path,
        title=page.title[own],
        description=page.description[own],
        layout={"root": {"props": props}, "content": in_language(content, own), "zones": {}},
        translations={
            language: {"title": page.title[language], "description": page.description[language]}
            for language in others
        },
    )


def _words(content: list[Any], language: str) -> dict[str, dict[str, Any]]:
    """A layout's texts in another language: by component, the props in which a text is."""
    found: dict[str, dict[str, Any]] = {}
    for item in content:
        props = item.get("props") if isinstance(item, Mapping) else None
        if isinstance(props, Mapping):
            words = {key: in_language(value, language) for key, value in props.items()}
            differing = {key: words[key] for key in words if _has_texts(props[key])}
            if differing and isinstance(props.get("id"), str):
                found[props["id"]] = differing
    return found


def _has_texts(value: Any) -> bool:
    if by_language(value):
        return True
    items = value.values() if isinstance(value, Mapping) else value
    return isinstance(value, Mapping | list) and any(_has_texts(item) for item in items)
