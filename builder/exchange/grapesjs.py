"""A page's layout as a project of the GrapesJS editor, and back.

A GrapesJS project is `{assets, styles, pages: [{frames: [{component}]}]}`; the frame's component
is the wrapper, its children are the page. Each section becomes a component of the type
`halfhour:<section>`, which GrapesJS keeps with all its members even where no plug-in defines the
type. Its member `puck` is the component of the layout as it is; the wrapper's `puck` is what the
layout has besides. Nothing is ever parsed as HTML, on either side.

A layout is made of sections and nothing else, so that what is no section has no place in it: free
elements, text, styles and scripts are refused with a pointer, not dropped.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer
from builder import storable

PREFIX: Final = "halfhour:"
# What GrapesJS writes about a component that says how it is edited, not what it is.
_EDITING: Final = frozenset(
    {
        "badgable", "copyable", "custom-name", "delegate", "draggable", "droppable",
        "editable", "highlightable", "hoverable", "icon", "layerable", "locked", "name",
        "propagate", "removable", "resizable", "selectable", "status", "stylable",
        "stylable-require", "style-signature", "toolbar", "traits", "unstylable",
    }
)  # fmt: skip
# What GrapesJS puts around a page of its own accord.
_AROUND: Final[Mapping[str, Any]] = {"head": {"type": "head"}, "docEl": {"tagName": "html"}}
_WRAPPER: Final = ("pages", 0, "frames", 0, "component")


def write(layout: Mapping[str, Any], *, key: str, title: str) -> dict[str, Any]:
    """A checked layout as a GrapesJS project of one page."""
    rest = {name: value for name, value in layout.items() if name != "content"}
    wrapper = {
        "type": "wrapper",
        "puck": rest,
        "components": [_component(item) for item in layout["content"]],
    }
    page = {"id": key, "name": title, "frames": [{"component": wrapper}]}
    return {"assets": [], "styles": [], "pages": [page]}


def read(project: Any) -> tuple[dict[str, Any], list[Fault]]:
    """The layout in a GrapesJS project, not checked yet, and what has no place in a layout.

    With faults the layout is of no use. Pointers lead into the project; `locate` brings those of
    the layout there.
    """
    faults = storable.faults(project) or list(_outline_faults(project))
    if faults:
        return {}, faults
    wrapper = project["pages"][0]["frames"][0]["component"]
    here = json_pointer(_WRAPPER)
    faults = list(_wrapper_faults(wrapper))
    content = []
    for index, item in enumerate(wrapper.get("components", [])):
        found = list(_section_faults(item))
        faults.extend(fault.under(f"{here}/components/{index}") for fault in found)
        if not found:
            content.append(item["puck"])
    if faults:
        return {}, faults
    rest = wrapper.get("puck", {"root": {"props": {}}, "zones": {}})
    return {**rest, "content": content}, []


def locate(pointer: str) -> str:
    """A pointer into the layout as one into the project that it was read from."""
    first, slash, rest = pointer.removeprefix("/").partition("/")
    wrapper = json_pointer(_WRAPPER)
    if first != "content":
        return f"{wrapper}/puck{pointer}"
    index, deeper, inner = rest.partition("/")
    if not slash:
        return f"{wrapper}/components"
    return f"{wrapper}/components/{index}/puck{deeper}{inner}"


def _component(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": f"{PREFIX}{item['type']}",
        "tagName": "section",
        "attributes": {"data-section": item["type"]},
        "puck": item,
    }


def _outline_faults(project: Any) -> Iterator[Fault]:
    if not isinstance(project, dict):
        yield Fault("", "invalid_type", _("A GrapesJS project is an object with pages."))
        return
    for name in ("styles", "symbols", "dataSources"):
        if project.get(name):
            text = _("A layout holds sections only; the site's look is its style guide.")
            yield Fault(f"/{name}", "unsupported_member", text)
    place: Any = project
    for length, step in enumerate(_WRAPPER, start=1):
        place = place[step] if isinstance(step, int) else place.get(step)
        pointer = json_pointer(_WRAPPER[:length])
        if step in ("pages", "frames") and (not isinstance(place, list) or len(place) != 1):
            yield Fault(pointer, "not_one", _("A layout is one page of one frame."))
            return
        if step not in ("pages", "frames") and not isinstance(place, dict):
            yield Fault(pointer, "invalid_type", _("This is an object."))
            return
    if not isinstance(place.get("components", []), list):
        text = _("Components are a list; HTML is not taken in.")
        yield Fault(f"{json_pointer(_WRAPPER)}/components", "invalid_type", text)


def _wrapper_faults(wrapper: Mapping[str, Any]) -> Iterator[Fault]:
    here = json_pointer(_WRAPPER)
    for fault in _unknown(wrapper, {"type", "puck", "components", *_AROUND}):
        yield fault.under(here)
    for name, usual in _AROUND.items():
        if wrapper.get(name, usual) != usual:
            text = _("This has no place in a layout; it would be lost.")
            yield Fault(f"{here}/{name}", "unsupported_member", text)
    rest = wrapper.get("puck", {})
    if not isinstance(rest, dict) or "content" in rest:
        text = _("What a layout has besides its content: root and zones.")
        yield Fault(f"{here}/puck", "invalid_type", text)


def _section_faults(item: Any) -> Iterator[Fault]:
    if not isinstance(item, dict):
        yield Fault("", "invalid_type", _("A component is an object; HTML is not taken in."))
        return
    kind = item.get("type")
    if not isinstance(kind, str) or not kind.startswith(PREFIX):
        text = _("Only sections of Halfhour have a place in its pages; this is another component.")
        yield Fault("/type" if "type" in item else "", "unknown_component", text)
        return
    puck = item.get("puck")
    if not isinstance(puck, dict) or puck.get("type") != kind.removeprefix(PREFIX):
        text = _("A section is in its member puck, with the type that the component has.")
        yield Fault("/puck", "invalid_section", text)
        return
    yield from _unknown(item, {"type", "tagName", "attributes", "puck"})
    own = _component(puck)
    for name in ("tagName", "attributes"):
        if item.get(name, own[name]) != own[name]:
            yield Fault(f"/{name}", "unsupported_member", _("A section has none of its own."))


def _unknown(item: Mapping[str, Any], known: set[str]) -> Iterator[Fault]:
    """What would be lost: an empty list or text is no loss."""
    for name, value in item.items():
        if name not in known and name not in _EDITING and value not in ("", [], {}, None):
            text = _("This has no place in a layout; it would be lost.")
            yield Fault(json_pointer([name]), "unsupported_member", text)
