"""docs/sections.md names the sections that there are, with their looks and what they ask."""

from pathlib import Path

from django.conf import settings
from django.utils import translation

from builder.sections import form_fields, registry
from tests.builder.pages import layout_of


def row(section):
    """A type's line of the table."""
    example = section.example(language="en")
    (component,) = layout_of((section.type, "one", example))["content"]
    asked = ", ".join(f"`{field.name}`" for field in form_fields(component))
    script = "yes" if section.script() else ""
    looks = ", ".join(section.variants)
    return f"| `{section.type}` | {section.name} | {looks} | {asked} | {script} |"


def test_the_table_of_section_types_is_what_the_registry_has():
    text = (Path(settings.BASE_DIR) / "docs" / "sections.md").read_text("utf-8")
    with translation.override("en"):
        wanted = [row(section) for section in registry().values()]
    table = text.partition("## The types")[2].strip().splitlines()
    assert table[2:] == wanted
