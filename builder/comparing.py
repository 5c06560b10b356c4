"""What is between two versions of a record: a patch (RFC 6902), and a list for people.

Pure: content in, as a version's `data` holds it (JSON values).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from accounts.faults import json_pointer

Kind = Literal["added", "removed", "moved", "changed"]
Step = str | int

# Above so many characters of JSON a patch in small steps costs more than the document.
_LARGE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `pointer` is into the later content (into the earlier for what was removed);
    `component` the id of the page's component that it is in, "" outside of one.
    """

    pointer: str
    kind: Kind
    subject: str
    before: Any
    after: Any
    component: str = ""

    @property
    def text(self) -> str:
        """The change in words, such as “Hero “hero”: title”."""
        texts = {
            "added": _("%(subject)s added"),
            "removed": _("%(subject)s removed"),
            "moved": _("%(subject)s moved"),
            "changed": _("%(subject)s changed"),
        }
        # Set apart where the sentence runs the other way, quotation marks would go astray else.
        subject = f"\u2068{self.subject}\u2069" if get_language_bidi() else self.subject
        return texts[self.kind] % {"subject": subject}


def patch(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The operations (RFC 6902) that make `after` of `before`, tried before they are returned."""
    import jsonpatch

    whole = [{"op": "replace", "path": "", "value": after}]
    if len(_written(before)) + len(_written(after)) > _LARGE:
        return whole
    made: list[dict[str, Any]] = jsonpatch.make_patch(before, after).patch
    reproduced = jsonpatch.apply_patch(before, made)
    return made if _written(reproduced) == _written(after) else whole


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], *, names: Mapping[str, Any] | None = None
) -> list[Change]:
    """What differs, for people: components by their ids, all else by where it is.

    `names` are what people call the members of the content.
    """
    found: list[Change] = []
    for name in dict.fromkeys([*after, *before]):
        if name == "layout":
            found += _layout(before.get(name) or {}, after.get(name) or {})
        else:
            told = str((names or {}).get(name, name))
            rows = _values([name], before.get(name), after.get(name))
            found += (replace(row, subject=told + row.subject.removeprefix(name)) for row in rows)
    return found


def touched(found: Sequence[Change]) -> frozenset[str]:
    """The ids of the components that changes are in."""
    return frozenset(change.component for change in found if change.component)


def _layout(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    earlier, later = _components(before), _components(after)
    for key, (index, item) in earlier.items():
        if key not in later:
            yield _of_component("removed", index, item, before=item)
    moved = _moved(
        [key for key in earlier if key in later], [key for key in later if key in earlier]
    )
    for key, (index, item) in later.items():
        if key not in earlier:
            yield _of_component("added", index, item, after=item)
            continue
        if key in moved:
            yield _of_component("moved", index, item, before=earlier[key][0], after=index)
        yield from _within(index, earlier[key][1], item)
    rest = [{k: v for k, v in each.items() if k != "content"} for each in (before, after)]
    yield from _values(["layout"], *rest)


def _components(layout: Mapping[str, Any]) -> dict[str, tuple[int, dict[str, Any]]]:
    """A layout's components by id, each with its place."""
    content = layout.get("content")
    found: dict[str, tuple[int, dict[str, Any]]] = {}
    for index, item in enumerate(content if isinstance(content, list) else []):
        props = item.get("props") if isinstance(item, dict) else None
        key = str(props.get("id", index)) if isinstance(props, dict) else str(index)
        found[key] = (index, item if isinstance(item, dict) else {})
    return found


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest that must move for one order to become the other, or nearly."""
    blocks = SequenceMatcher(a=before, b=after, autojunk=False).get_matching_blocks()
    stayed = {key for block in blocks for key in before[block.a : block.a + block.size]}
    return set(before) - stayed


def _of_component(
    kind: Kind, index: int, item: Mapping[str, Any], *, before: Any = None, after: Any = None
) -> Change:
    pointer = json_pointer(["layout", "content", index])
    return Change(pointer, kind, _name(item, index), before, after, _id(item, index))


def _within(index: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    here: list[Step] = ["layout", "content", index]
    name, key = _name(after, index), _id(after, index)
    for change in _values(here, before, after):
        steps = change.pointer.split("/")[4:]
        place = " › ".join(step for step in steps if step != "props")
        subject = f"{name}: {place}" if place else name
        yield Change(change.pointer, change.kind, subject, change.before, change.after, key)


def _values(steps: Sequence[Step], before: Any, after: Any) -> Iterator[Change]:
    """Differences of two values at a place: within objects, else the value as a whole."""
    if _same(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict) and "$value" not in {*before, *after}:
        for name in dict.fromkeys([*after, *before]):
            if name not in before:
                yield _at([*steps, name], "added", None, after[name])
            elif name not in after:
                yield _at([*steps, name], "removed", before[name], None)
            else:
                yield from _values([*steps, name], before[name], after[name])
    else:
        yield _at(steps, "changed", before, after)


def _at(steps: Sequence[Step], kind: Kind, before: Any, after: Any) -> Change:
    return Change(json_pointer(steps), kind, " › ".join(map(str, steps)), before, after)


def _id(item: Mapping[str, Any], index: int) -> str:
    props = item.get("props")
    return str(props.get("id", index)) if isinstance(props, dict) else str(index)


def _name(item: Mapping[str, Any], index: int) -> str:
    return f"{item.get('type', '?')} “{_id(item, index)}”"


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON; Python has 1 == True == 1.0."""
    return one is other or _written(one) == _written(other)


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
