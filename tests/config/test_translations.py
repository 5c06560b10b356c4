"""The Arabic catalogues: whole, compiled, and true to the texts in the code.

What is to be translated is read from the code itself (Python's syntax tree, Django's own
`templatize`), so that no gettext program is needed.
"""

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import unfold
from django.conf import settings
from django.utils import formats, translation
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
APPS = [
    "accounts", "analytics", "builder", "config", "conversations", "experiments", "journeys",
    "personalization",
]  # fmt: skip
PACKAGES = ROOT / "config" / "package_locale"
CATALOGUES = [*(ROOT / app / "locale" for app in APPS), PACKAGES]
PLURAL_FORMS = 6

# A text as gettext keeps it: context, one, many.
Text = tuple[str, str, str]
# Where each function has its context, its text and its plural.
ARGUMENTS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\{.*?\}\}|</?\w[^>]*>")


@dataclass
class Entry:
    fuzzy: bool = False
    values: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        values = self.values
        return values.get("msgctxt", ""), values["msgid"], values.get("msgid_plural", "")

    @property
    def translations(self) -> list[str]:
        return [value for key, value in self.values.items() if key.startswith("msgstr")]


def entries(folder: Path) -> list[Entry]:
    """The entries of a folder's .po file, its header left out."""
    found: list[Entry] = []
    source = (folder / "ar" / "LC_MESSAGES" / "django.po").read_text()
    for block in source.strip().split("\n\n"):
        entry, key = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#"):
                entry.fuzzy |= line.startswith("#,") and "fuzzy" in line
                continue
            name, _, literal = line.rpartition(' "') if line[0] != '"' else ("", "", line[1:])
            key = name.split(" ", 1)[0] if name else key
            if name and '"' in name:  # the text itself has a space before a quotation mark
                key, literal = line.split(' "', 1)
            entry.values[key] = entry.values.get(key, "") + ast.literal_eval('"' + literal)
        found.append(entry)
    return found[1:]


def function_of(call: ast.Call) -> str:
    """`gettext` for `_`, `translation.gettext` and `gettext_lazy`; empty for other functions."""
    func = call.func
    name = func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")
    name = "gettext" if name == "_" else name.removesuffix("_lazy").removesuffix("_noop")
    return name if name in ARGUMENTS else ""


def calls(source: str) -> Iterator[Text]:
    """The texts that Python code translates."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not (name := function_of(node)):
            continue
        given = [arg.value if isinstance(arg, ast.Constant) else "" for arg in node.args]
        context, one, many = (
            given[index] if index is not None else "" for index in ARGUMENTS[name]
        )
        if one:
            yield str(context), str(one), str(many)


def template_calls(source: str) -> Iterator[Text]:
    """The texts that a template translates."""
    code = templatize(source)
    for start in re.finditer(r"(?<!\w)(?:n?p?gettext|_)\(", code):
        for end in re.finditer(r"\)", code[start.start() :]):
            try:
                found = list(calls(code[start.start() :][: end.end()]))
            except SyntaxError:  # a bracket within the text
                continue
            yield from found
            break


def texts(folder: Path) -> set[Text]:
    found: set[Text] = set()
    for path in folder.rglob("*"):
        if path.suffix == ".py":
            found.update(calls(path.read_text()))
        elif path.suffix in (".html", ".txt"):
            found.update(template_calls(path.read_text()))
    return found


def test_texts_are_found_in_code_and_templates():
    source = '_("a" " b")\npgettext_lazy("of a person", "title")\nngettext("one", "many", n)'
    assert set(calls(source)) == {
        ("", "a b", ""),
        ("of a person", "title", ""),
        ("", "one", "many"),
    }
    template = (
        '{% load i18n %}{% translate "a (b)" %}{% if x == _("c") %}{% endif %}'
        "{% blocktranslate count n=n %}{{ n }} d{% plural %}{{ n }} ds{% endblocktranslate %}"
        '{% translate "title" context "of a person" %}'
    )
    assert set(template_calls(template)) == {
        ("", "a (b)", ""),
        ("", "c", ""),
        ("", "%(n)s d", "%(n)s ds"),
        ("of a person", "title", ""),
    }


@pytest.mark.parametrize("app", APPS)
def test_every_text_has_its_entry_and_no_entry_is_left_over(app):
    assert {entry.text for entry in entries(ROOT / app / "locale")} == texts(ROOT / app)


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: f"{folder.parent.name}")
def test_every_entry_is_translated(folder):
    for entry in entries(folder):
        assert not entry.fuzzy, entry.text
        plural = "msgid_plural" in entry.values
        assert len(entry.translations) == (PLURAL_FORMS if plural else 1), entry.text
        assert all(entry.translations), entry.text


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: f"{folder.parent.name}")
def test_translations_keep_the_placeholders(folder):
    """A form of the plural may say its number in words: one, two, none."""
    for entry in entries(folder):
        _, one, many = entry.text
        wanted = sorted(PLACEHOLDER.findall(many or one))
        for number, translated in enumerate(entry.translations):
            found = sorted(PLACEHOLDER.findall(translated))
            in_words = bool(many) and number < 3 and not found
            assert found == wanted or in_words, (one, translated)
        assert one.endswith("\n") == entry.translations[0].endswith("\n"), one


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: f"{folder.parent.name}")
def test_the_compiled_catalogue_is_fresh(folder):
    with (folder / "ar" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)
    assert compiled.pop("")
    wanted = {}
    for entry in entries(folder):
        context, one, many = entry.text
        key = f"{context}\x04{one}" if context else one
        if many:
            wanted.update({(key, i): form for i, form in enumerate(entry.translations)})
        else:
            wanted[key] = entry.translations[0]
    assert compiled == wanted


def test_a_text_is_the_same_in_every_app():
    """Django puts all catalogues into one, in which the first app's translation wins."""
    seen: dict[tuple[str, str], list[str]] = {}
    for folder in CATALOGUES:
        for entry in entries(folder):
            assert seen.setdefault(entry.text[:2], entry.translations) == entry.translations


def test_the_theme_speaks_arabic():
    """django-unfold has no catalogues: its texts on our pages are in config/package_locale."""
    theme = Path(unfold.__file__).parent
    used = texts(theme / "templates") | texts(theme / "contrib" / "filters")
    with translation.override("ar"):
        missing = {
            one
            for context, one, many in used
            if (context, one) not in NOT_SHOWN
            and (
                translation.ngettext(one, many, 5)
                if many
                else translation.pgettext(context, one)
                if context
                else translation.gettext(one)
            )
            in (one, many)
        }
    assert missing == set()


# Names, not words.
NOT_SHOWN: set[tuple[str, str]] = set()


def test_dates_are_written_as_arabic_writes_them():
    with translation.override("ar"):
        assert formats.get_format("DATETIME_FORMAT") == "j F Y، g:i A"
