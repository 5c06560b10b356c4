"""Finds the section types: each folder beside this module that has a section.py."""

from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from builder.sections.section import Section


@cache
def registry() -> MappingProxyType[str, Section]:
    """Return all section types by their type name, in alphabetical order of their folders."""
    folders = sorted(path.parent.name for path in Path(__file__).parent.glob("*/section.py"))
    modules = (import_module(f"builder.sections.{folder}.section") for folder in folders)
    sections: list[Section] = [module.SECTION for module in modules]
    return MappingProxyType({section.type: section for section in sections})
