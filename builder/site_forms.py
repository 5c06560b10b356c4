"""The forms of a page, as the door that takes in what visitors send needs to know them."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from builder.rendering import NavPage
from builder.sections import form_fields, form_reward, registry
from builder.sections.dynamic import variants
from builder.sections.forms import FormField
from builder.sections.section import no_fields


def forms_of(page: NavPage, layout: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What each form of a page asks for, and what it gives; wants a layout without faults."""
    varied = variants(layout)
    for component in layout["content"]:
        # Most components ask for nothing, and need not be read to know it.
        if registry()[component["type"]].form_fields is no_fields:
            continue
        # What no visitor sees takes nothing in; a variant of it may be seen.
        if component["props"].get("hidden") and component["props"]["id"] not in varied:
            continue
        fields = form_fields(component)
        if fields:
            form = {
                "component_id": component["props"]["id"],
                "page_key": page.key,
                "path": page.path,
                "type": component["type"],
                "fields": [_stored(field) for field in fields],
            }
            reward = form_reward(component)
            yield {**form, "reward": asdict(reward)} if reward else form


def _stored(field: FormField) -> dict[str, Any]:
    """A field without what it does not say, so that the same form is the same document."""
    told = {**asdict(field), "options": list(field.options)}
    return {name: value for name, value in told.items() if value is not None}
