"""Reads and checks a page's layout: Puck Data whose components are our section types."""

import re
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from pydantic import ValidationError

from accounts.faults import Fault, json_pointer
from builder.sections.discovery import registry
from builder.sections.dynamic import dynamic_faults
from builder.sections.forms import FormField, Reward
from builder.sections.pictures import unknown_images
from builder.sections.props import PAGE_LINK, SectionProps
from builder.sections.section import Section

MAX_SECTIONS = 100
# An id becomes an element's id, a fragment and a step of a form's address.
_COMPONENT_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,127}")


class Component(NamedTuple):
    """One checked component of a layout."""

    id: str
    section: Section
    props: SectionProps


def validate_layout(
    layout: Any,
    *,
    page_keys: Collection[str] | None = None,
    images: Collection[str] | None = None,
    found: list[Component] | None = None,
) -> list[Fault]:
    """Return what is wrong with a layout; an empty list means that it can be rendered.

    With `page_keys` given, links to pages (`page:about`) must name one of them; with `images`
    given, uploaded pictures must be among these ids. The components that are right are added to
    `found`: without a fault they are what `components` would read once more.
    """
    if not isinstance(layout, dict):
        return [Fault("", "invalid_type", _("A layout is an object with root, content and zones."))]
    faults = [*_outline_faults(layout)]
    content = layout.get("content")
    if not isinstance(content, list):
        return [
            *faults,
            Fault("/content", "invalid_type", _("The content is a list of components.")),
        ]
    if len(content) > MAX_SECTIONS:
        text = _("A page has at most %(count)d sections.") % {"count": MAX_SECTIONS}
        return [*faults, Fault("/content", "too_many_sections", text)]
    seen: set[str] = set()
    for index, component in enumerate(content):
        own = _component_faults(component, seen=seen, page_keys=page_keys, found=found)
        faults.extend(fault.under(f"/content/{index}") for fault in own)
    if not faults:
        faults.extend(dynamic_faults(layout, check=partial(_props_faults, page_keys=page_keys)))
    if not faults and images is not None:
        faults.extend(unknown_images(layout, images))
    return faults


def components(layout: dict[str, Any]) -> list[Component]:
    """Return the components of a layout in which `validate_layout` finds no fault.

    Raises `pydantic.ValidationError` or `KeyError` for one that was not checked.
    """
    return [_component(item) for item in layout["content"]]


def form_fields(component: dict[str, Any]) -> tuple[FormField, ...]:
    """Return what a component asks its visitors for; nothing when it is no form."""
    checked = _component(component)
    return tuple(checked.section.form_fields(checked.props))


def form_reward(component: dict[str, Any]) -> Reward | None:
    """Return what the door gives to who has sent a component's form; most give thanks alone."""
    checked = _component(component)
    return checked.section.reward(checked.props)


def _component(item: dict[str, Any]) -> Component:
    section = registry()[item["type"]]
    props = {key: value for key, value in item["props"].items() if key != "id"}
    return Component(item["props"]["id"], section, section.props.model_validate(props))


def _outline_faults(layout: dict[str, Any]) -> Iterator[Fault]:
    for key in layout:
        if key not in {"root", "content", "zones"}:
            yield Fault(json_pointer([key]), "extra_forbidden", _("A layout has no such member."))
    if not isinstance(layout.get("root", {}), dict):
        yield Fault("/root", "invalid_type", _("The root is an object."))
    zones = layout.get("zones", {})
    if not isinstance(zones, dict):
        yield Fault("/zones", "invalid_type", _("The zones are an object."))
        return
    for name, zone in zones.items():
        if zone:
            text = _("Our sections have no zones; put the components in content.")
            yield Fault(json_pointer(["zones", name]), "unsupported_zone", text)


def _component_faults(
    component: Any,
    *,
    seen: set[str],
    page_keys: Collection[str] | None,
    found: list[Component] | None,
) -> Iterator[Fault]:
    if not isinstance(component, dict):
        yield Fault("", "invalid_type", _("A component is an object with type and props."))
        return
    props = component.get("props")
    if not isinstance(props, dict):
        yield Fault("/props", "invalid_type", _("The props are an object."))
        return
    yield from _id_faults(props.get("id"), seen=seen)
    section = registry().get(str(component.get("type")))
    if section is None:
        known = ", ".join(registry())
        yield Fault(
            "/type",
            "unknown_section",
            _("There is no such section; there are %(known)s.") % {"known": known},
        )
        return
    yield from _props_faults(section, props, page_keys=page_keys, found=found)


def _id_faults(value: Any, *, seen: set[str]) -> Iterator[Fault]:
    if not isinstance(value, str) or not _COMPONENT_ID.fullmatch(value):
        text = _("An id starts with a letter and has letters, digits, hyphens and underscores.")
        yield Fault("/props/id", "invalid_id", text)
    elif value in seen:
        yield Fault("/props/id", "duplicate_id", _("Another component of the page has this id."))
    else:
        seen.add(value)


def _props_faults(
    section: Section,
    props: dict[str, Any],
    *,
    page_keys: Collection[str] | None,
    found: list[Component] | None = None,
) -> Iterator[Fault]:
    own = {key: value for key, value in props.items() if key != "id"}
    try:
        checked = section.props.model_validate(own)
    except ValidationError as error:
        yield from _validation_faults(error, own)
        return
    if found is not None:
        found.append(Component(props["id"], section, checked))
    if page_keys is not None:
        for path, key in _page_links(own):
            if key not in page_keys:
                text = _("The site has no page %(key)s.") % {"key": key}
                yield Fault(json_pointer(["props", *path]), "unknown_page", text)


def _validation_faults(error: ValidationError, props: dict[str, Any]) -> Iterator[Fault]:
    errors = error.errors(include_url=False, include_context=False, include_input=False)
    # A list whose only item is faulty is called too short as well: that would mislead.
    parents = {item["loc"][:length] for item in errors for length in range(len(item["loc"]))}
    for item in errors:
        if item["type"] != "too_short" or item["loc"] not in parents:
            way = json_pointer(["props", *_within(props, item["loc"])])
            yield Fault(way, item["type"], item["msg"])


def _within(props: Any, way: tuple[str | int, ...]) -> Iterator[str | int]:
    """The steps that the props have as written: a value for all breakpoints has no `base`."""
    for step in way:
        if isinstance(props, dict):
            yield step
            props = props.get(str(step))
        elif isinstance(props, list) and isinstance(step, int):
            yield step
            props = props[step]


def _page_links(
    value: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The links to pages within props that were checked, as they are written."""
    found = value.items() if isinstance(value, dict) else enumerate(value)
    for name, item in found:
        if isinstance(item, dict | list):
            yield from _page_links(item, (*path, name))
        elif name == "href" and isinstance(item, str):
            match = PAGE_LINK.fullmatch(item)
            if match:
                yield (*path, name), match["key"]
