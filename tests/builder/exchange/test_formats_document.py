"""docs/formats.md is true: its examples are read, its table and its limits are the code's."""

import json
import re
from pathlib import Path

import pytest

from builder import storable
from builder.exchange import FORMATS, archives, project_format
from tests.builder.exchange.project_files import contents, exported

TEXT = Path("docs/formats.md").read_text()
EXAMPLES = dict(re.findall(r"```json (\w+)\n(.*?)```", TEXT, re.DOTALL))
FORMS = {"sitemap" if form.name == "json" else form.name: (model, form)
         for model, forms in FORMATS.items() for form in forms}  # fmt: skip


def test_every_format_has_its_row_and_its_example():
    named = set(re.findall(r"^\| `[a-z-]+/<id>/` \| `(\w+)` \|", TEXT, re.MULTILINE))
    assert named == {form.name for _model, form in FORMS.values()}
    assert set(EXAMPLES) == set(FORMS)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_each_example_comes_back_the_same(name):
    model, form = FORMS[name]
    example = json.loads(EXAMPLES[name])
    record = model(**form.read(example))
    if name == "grapesjs":
        record.page_key, record.title = "home", "Home"
    assert form.write(record) == example


@pytest.mark.django_db
def test_the_files_of_a_project_are_those_of_the_table(project):
    named = re.findall(r"^\| `([^`]*\.(?:json|ndjson))` \|", TEXT, re.MULTILINE)
    patterns = [re.escape(name).replace("<id>", "[0-9a-f-]{36}") for name in named]
    for name in contents(exported(project, versions=True)):
        (pattern,) = [each for each in patterns if re.fullmatch(each, name)]
        patterns = [each for each in patterns if each != pattern or "{36}" in each]
    assert all("{36}" in each for each in patterns), "each file of the table is there"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("at most {:,} bytes", storable.MAX_BYTES),
        ("and {} levels", storable.MAX_DEPTH),
        ("At most {} MB", project_format.MAX_BYTES // 1_000_000),
        ("{} MB unpacked", archives.MAX_INFLATED // 1_000_000),
        ("{:,} files", archives.MAX_FILES),
        ("{:,} versions", project_format.MAX_VERSIONS),
        ("`version` is {};", project_format.VERSION),
        ("`format` is `{}`", project_format.FORMAT),
    ],
)
def test_its_limits_are_the_codes(words, value):
    assert words.format(value) in TEXT
