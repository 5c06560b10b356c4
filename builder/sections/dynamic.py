"""Blocks that are decided for each visitor: what a layout says of them.

`root.props.dynamic` maps a component's id to its variants, each a few props that differ from the
component's own: `{"hero": {"variants": {"evening": {"title": "Good evening"}}}}`. The component as
it stands is the variant `default`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from accounts.faults import Fault, json_pointer
from builder.sections.discovery import registry
from builder.sections.section import Section

DEFAULT: Final = "default"
MAX_BLOCKS: Final = 10
MAX_VARIANTS: Final = 10
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")

CheckProps = Callable[[Section, dict[str, Any]], Iterator[Fault]]


def variants(layout: Mapping[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """Each dynamic component's variants by key, as whole components; the default is not among them.

    Wants a layout without faults.
    """
    declared = _declared(layout)
    if not declared:
        return {}
    content = {item["props"]["id"]: item for item in layout["content"]}
    return {
        component_id: {
            key: _varied(content[component_id], changes)
            for key, changes in block["variants"].items()
        }
        for component_id, block in declared.items()
    }


def dynamic_faults(layout: Mapping[str, Any], *, check: CheckProps) -> Iterator[Fault]:
    """What is wrong with a layout's dynamic blocks; `check` finds what is with a section's props.

    Wants a content without faults.
    """
    declared = _declared(layout)
    here = "/root/props/dynamic"
    if not isinstance(declared, dict):
        yield Fault(here, "invalid_type", "Dynamic blocks are an object, a block by its id.")
        return
    if len(declared) > MAX_BLOCKS:
        yield Fault(here, "too_many_blocks", f"A page has at most {MAX_BLOCKS} dynamic blocks.")
        return
    content = {item["props"]["id"]: item for item in layout["content"]}
    for component_id, block in declared.items():
        pointer = here + json_pointer([component_id])
        if component_id not in content:
            yield Fault(pointer, "unknown_component", "The page has no component with this id.")
            continue
        for fault in _block_faults(content[component_id], block, check=check):
            yield fault.under(pointer)


def _block_faults(item: dict[str, Any], block: Any, *, check: CheckProps) -> Iterator[Fault]:
    found = block.get("variants") if isinstance(block, dict) else None
    if not isinstance(found, dict) or set(block) != {"variants"}:
        yield Fault("", "invalid_type", "A dynamic block is an object with its variants.")
        return
    if not 1 <= len(found) <= MAX_VARIANTS:
        text = f"A dynamic block has one to {MAX_VARIANTS} variants."
        yield Fault("/variants", "variant_count", text)
        return
    for key, changes in found.items():
        pointer = json_pointer(["variants", key])
        if not _KEY.fullmatch(key) or key == DEFAULT:
            text = "A variant's key has small letters, digits, hyphens; “default” is taken."
            yield Fault(pointer, "invalid_key", text)
        elif not isinstance(changes, dict) or "id" in changes:
            yield Fault(pointer, "invalid_type", "A variant is an object of props, without id.")
        else:
            for fault in _variant_faults(item, changes, check=check):
                yield fault.under(pointer)


def _variant_faults(
    item: dict[str, Any], changes: dict[str, Any], *, check: CheckProps
) -> Iterator[Fault]:
    section = registry()[item["type"]]
    varied = _varied(item, changes)["props"]
    found = [_within(fault) for fault in check(section, varied)]
    yield from found
    if not found and _fields(section, varied) != _fields(section, item["props"]):
        text = "A form asks every visitor for the same fields."
        yield Fault("", "other_fields", text)


def _fields(section: Section, props: Mapping[str, Any]) -> tuple[Any, ...]:
    own = {key: value for key, value in props.items() if key != "id"}
    return tuple(section.form_fields(section.props.model_validate(own)))


def _within(fault: Fault) -> Fault:
    """The fault of a whole component, told of the variant's own props."""
    return Fault(fault.pointer.removeprefix("/props"), fault.code, fault.detail)


def _declared(layout: Mapping[str, Any]) -> Any:
    props = (layout.get("root") or {}).get("props")
    return (props.get("dynamic") or {}) if isinstance(props, dict) else {}


def _varied(item: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {**item, "props": {**item["props"], **changes}}
