"""What an editor and the documentation need to know of a section's props: one field for each.

Read from the props' types, so that a section says nothing twice. Texts are in the language that is
active: names and choices from `prop_labels` unless a prop has a `Label` of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from django.utils.functional import Promise
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from builder.sections.prop_labels import choice_label, item_label, prop_label
from builder.sections.props import (
    Fold,
    Kind,
    Label,
    Link,
    OnlyFor,
    PerBreakpoint,
    Picture,
    PropKind,
    SectionProps,
)
from builder.sections.section import Section

BREAKPOINTS: Final = ("base", "medium", "wide")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a prop may have, and what it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class PropField:
    """A prop as a form shows it.

    `kind` of a list is "list", and `item` is what it is a list of; `fields` are the props of a
    group, a link or a picture. `least` and `most` bound a number, or count a text's characters or a
    list's pieces; None is no bound. `default` is as JSON; a `nullable` prop may be null, which is
    "there is none". With `per_breakpoint` the value may also be an object by `BREAKPOINTS`.
    `place` tells what the section says ("content") from how it looks ("look"). What has a `fold`
    stands folded away under that heading; `variants` are those that show it, none named is all.
    """

    name: str
    label: str
    kind: PropKind
    hint: str = ""
    required: bool = False
    nullable: bool = False
    per_breakpoint: bool = False
    default: Any = None
    least: float | None = None
    most: float | None = None
    choices: tuple[Choice, ...] = ()
    item: "PropField | None" = None
    fields: tuple["PropField", ...] = ()
    place: Literal["content", "look"] = "content"
    fold: str = ""
    variants: tuple[str, ...] = ()


def prop_schema(section: Section) -> tuple[PropField, ...]:
    """The fields of a section's props: what it says in the order of its class, then its look."""
    found = tuple(_fields_of(section.props))
    look = {"variant", *SectionProps.model_fields}
    of_look = [each.name in look or each.per_breakpoint for each in found]
    content = [each for each, is_look in zip(found, of_look, strict=True) if not is_look]
    rest = [each for each, is_look in zip(found, of_look, strict=True) if is_look]
    return (*content, *(replace(each, place="look") for each in rest))


@dataclass
class _Told:
    """What metadata say of a prop; the innermost were read first."""

    kind: PropKind | None = None
    label: str | Promise = ""
    hint: str | Promise = ""
    least: float | None = None
    most: float | None = None
    fold: str | Promise = ""
    variants: tuple[str, ...] = ()

    def read(self, metadata: Any) -> None:
        for each in metadata:
            if isinstance(each, Kind):
                self.kind = each.name
            elif isinstance(each, Label):
                self.label, self.hint = each.title or self.label, each.hint or self.hint
            elif isinstance(each, Fold):
                self.fold = each.title
            elif isinstance(each, OnlyFor):
                self.variants = each.variants
            elif isinstance(each, FieldInfo):
                self.read(each.metadata)
            else:
                self.least = _bound(each, "min_length", "ge", self.least)
                self.most = _bound(each, "max_length", "le", self.most)


def _bound(metadata: Any, length: str, number: str, known: float | None) -> float | None:
    found = getattr(metadata, length, None)
    found = getattr(metadata, number, None) if found is None else found
    return known if found is None else found


def _fields_of(model: type[BaseModel]) -> Iterator[PropField]:
    for name, info in model.model_fields.items():
        told = _Told(label=info.title or "", hint=info.description or "")
        told.read(info.metadata)
        yield _field(name, info.annotation, told, info)


def _field(name: str, annotation: Any, told: _Told, info: FieldInfo | None = None) -> PropField:
    kind, nullable = _without_none(_bare(annotation, told), told)
    per_breakpoint = isinstance(kind, type) and issubclass(kind, PerBreakpoint)
    if per_breakpoint:
        kind, _none = _without_none(_bare(_base_of(kind), told), told)
    given = {"choices": (), "item": None, "fields": ()} | _by_type(name, kind, told)
    return PropField(
        name=name,
        label=str(told.label) or prop_label(name),
        hint=str(told.hint),
        required=info is not None and info.is_required(),
        nullable=nullable,
        per_breakpoint=per_breakpoint,
        default=_default(info),
        least=told.least,
        most=told.most,
        fold=str(told.fold),
        variants=told.variants,
        **given,
    )


def _by_type(name: str, kind: Any, told: _Told) -> dict[str, Any]:
    """What follows from a type: the kind of field, and what is within."""
    if get_origin(kind) is Literal:
        choices = tuple(Choice(str(each), choice_label(name, str(each))) for each in get_args(kind))
        return {"kind": told.kind or "choice", "choices": choices}
    if get_origin(kind) is tuple:
        return {"kind": "list", "item": _item(name, get_args(kind)[0])}
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        whole: PropKind = "link" if kind is Link else "picture" if kind is Picture else "group"
        return {"kind": whole, "fields": tuple(_fields_of(kind))}
    plain: dict[Any, PropKind] = {bool: "switch", int: "number", float: "number"}
    return {"kind": told.kind or plain.get(kind, "line")}


def _item(name: str, annotation: Any) -> PropField:
    return replace(_field(name, annotation, _Told()), label=item_label(name))


def _bare(annotation: Any, told: _Told) -> Any:
    """A type without its metadata, which are noted."""
    while hasattr(annotation, "__metadata__"):
        told.read(annotation.__metadata__)
        annotation = annotation.__origin__
    return annotation


def _without_none(annotation: Any, told: _Told) -> tuple[Any, bool]:
    if get_origin(annotation) not in (Union, UnionType):
        return annotation, False
    found = [each for each in get_args(annotation) if each is not NoneType]
    # `Href | Literal[""]` is an address that may be left empty, not one that may be null.
    (kind,) = [each for each in found if len(found) == 1 or get_origin(each) is not Literal]
    return _bare(kind, told), NoneType in get_args(annotation)


def _base_of(kind: type[BaseModel]) -> Any:
    """The type of one value of a prop that has one for each breakpoint."""
    info = kind.model_fields["base"]
    return _with_metadata(info.annotation, info.metadata)


def _with_metadata(annotation: Any, metadata: list[Any]) -> Any:
    return Annotated[(annotation, *metadata)] if metadata else annotation


def _default(info: FieldInfo | None) -> Any:
    if info is None or info.is_required():
        return None
    return _plain(info.get_default(call_default_factory=True, validated_data={}))


def _plain(value: Any) -> Any:
    if isinstance(value, PerBreakpoint):
        steps = value.steps()
        return steps["base"] if len(steps) == 1 else steps
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
