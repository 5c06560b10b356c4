"""The languages of a site: its own at "/", and others, each below a prefix of its own ("/ar").

A project names its other languages in `settings.locales`, by language, with what is the site's
name in it: `{"ar": {"name": "…"}}`. A page is in a language once its sitemap entry has
`translations.<language>.title`; its texts are in its layout's `root.props.translations`, by
language and component: the props given there stand in place of the component's own. What is not
translated stays as it is in the site's own language.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from accounts.faults import Fault, json_pointer
from builder.models import Project
from builder.models.languages import RIGHT_TO_LEFT, Language
from builder.rendering import NavPage
from builder.sections import validate_layout

SETTING: Final = "locales"
TRANSLATIONS: Final = "translations"


@dataclass(frozen=True, slots=True)
class Locale:
    """A language of a site; `prefix` is what its paths begin with, `name` the site's in it."""

    language: str
    prefix: str
    name: str

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def home(self) -> str:
        return self.prefix or "/"

    def path(self, path: str) -> str:
        """Where the page with this path in the site's own language is in this one."""
        return self.home if path == "/" else self.prefix + path


class PageTranslation(BaseModel):
    """What a sitemap's page is called in another language."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    description: Annotated[str, StringConstraints(max_length=500)] = ""


class _Options(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""


def locales_of(project: Project) -> list[Locale]:
    """The project's languages, its own first; those whose settings are wrong are left out."""
    others = project.settings.get(SETTING) if isinstance(project.settings, dict) else None
    found = [Locale(project.language, "", project.name)]
    for language, options in others.items() if isinstance(others, dict) else ():
        if language in Language.values and language != project.language:
            name = options.get("name") if isinstance(options, dict) else ""
            found.append(Locale(language, f"/{language}", str(name or "") or project.name))
    return found


def choice_faults(project: Project, wanted: Iterable[str]) -> Iterator[Fault]:
    """Which of the languages that somebody names are none of the project's; at /locales/<index>."""
    known = [locale.language for locale in locales_of(project)]
    for index, language in enumerate(wanted):
        if language not in known:
            text = _("The project is not in this language; it is in %(known)s.")
            detail = text % {"known": ", ".join(known)}
            yield Fault(f"/locales/{index}", "unknown_locale", detail)


def settings_faults(settings: Any, *, language: str) -> Iterator[Fault]:
    """What is wrong with the languages in a project's settings; pointers begin with /locales."""
    others = settings.get(SETTING, {}) if isinstance(settings, dict) else {}
    if not isinstance(others, dict):
        yield Fault(f"/{SETTING}", "invalid_type", _("Languages are an object, by language."))
        return
    for name, options in others.items():
        here = json_pointer([SETTING, name])
        if name not in Language.values:
            known = ", ".join(Language.values)
            text = _("There is no such language; there are %(known)s.") % {"known": known}
            yield Fault(here, "unknown_locale", text)
        elif name == language:
            yield Fault(here, "own_locale", _("This is the project's own language already."))
        yield from _model_faults(_Options, options, here)


def path_faults(pages: Mapping[str, NavPage], locales: Collection[Locale]) -> Iterator[Fault]:
    """Pages that stand where another language's pages are; pointers begin with /pages."""
    taken = {locale.prefix.strip("/") for locale in locales if locale.prefix}
    for key, page in pages.items():
        if page.path.split("/")[1] in taken:
            text = _("The pages of another language are there.")
            yield Fault(json_pointer(["pages", key, "path"]), "reserved_path", text)


def titles(pages: Mapping[str, Any], locale: Locale) -> dict[str, PageTranslation]:
    """What the pages are called in another language; those that are not right are left out."""
    found = {}
    for key in pages:
        translation = _of_language(pages[key], locale.language)
        try:
            found[key] = PageTranslation.model_validate(translation)
        except ValidationError:
            continue
    return found


def title_faults(pages: Mapping[str, Any], locale: Locale) -> Iterator[Fault]:
    """What is wrong with the pages' names in another language; pointers begin with /pages."""
    for key, page in pages.items():
        here = json_pointer(["pages", key, TRANSLATIONS, locale.language])
        translation = _of_language(page, locale.language)
        if translation is not None:
            yield from _model_faults(PageTranslation, translation, here)
        elif page["path"] == "/":
            text = _("The home page has no title in this language.")
            yield Fault(here, "missing_translation", text)


def layout_in(layout: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A layout with its texts in another language. Wants translations without faults."""
    words = _layout_words(layout, language) or {}
    content = []
    for component in layout["content"]:
        own = component["props"]
        other = {key: value for key, value in words.get(own["id"], {}).items() if key != "id"}
        content.append({**component, "props": {**own, **other}})
    return {**layout, "content": content}


def layout_faults(
    layout: Mapping[str, Any], language: str, *, page_keys: Collection[str]
) -> Iterator[Fault]:
    """What is wrong with a layout's texts in another language; wants the layout itself right.

    Texts of a component that is no longer there are passed over.
    """
    here = json_pointer(["root", "props", TRANSLATIONS, language])
    words = _layout_words(layout, language)
    if words is None:
        return
    if not isinstance(words, dict) or not all(isinstance(each, dict) for each in words.values()):
        text = _("Translations are objects: props by component.")
        yield Fault(here, "invalid_type", text)
        return
    ids = [component["props"]["id"] for component in layout["content"]]
    for fault in validate_layout(layout_in(layout, language), page_keys=page_keys):
        if not fault.pointer.startswith("/content/"):  # a variant that does not go with the texts
            yield fault
            continue
        _content, index, _props, *rest = fault.pointer.removeprefix("/").split("/")
        pointer = "/".join([here, ids[int(index)], *rest])
        yield Fault(pointer, fault.code, fault.detail)


def _of_language(page: Any, language: str) -> Any:
    translations = page.get(TRANSLATIONS) if isinstance(page, dict) else None
    return translations.get(language) if isinstance(translations, dict) else None


def _layout_words(layout: Mapping[str, Any], language: str) -> Any:
    props = (layout.get("root") or {}).get("props") or {}
    translations = props.get(TRANSLATIONS) if isinstance(props, dict) else None
    return translations.get(language) if isinstance(translations, dict) else None


def _model_faults(model: type[BaseModel], value: Any, here: str) -> Iterator[Fault]:
    try:
        model.model_validate(value)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_context=False, include_input=False):
            yield Fault(here + json_pointer(item["loc"]), item["type"], item["msg"])
