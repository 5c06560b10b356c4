"""The fields by which an editor and the documentation know a section's props."""

import json

import pytest
from django.utils import translation

from builder.sections import registry
from builder.sections.prop_schema import prop_schema


def fields(kind):
    return {each.name: each for each in prop_schema(registry()[kind])}


def every(found):
    for each in found:
        yield each
        yield from every(each.fields)
        if each.item:
            yield from every([each.item])


def test_fields_tell_kind_bounds_and_default():
    hero = fields("Hero")
    assert (hero["title"].kind, hero["title"].required, hero["title"].most) == ("line", True, 160)
    assert (hero["text"].kind, hero["text"].required, hero["text"].default) == ("prose", False, "")
    assert (hero["picture"].kind, hero["picture"].nullable) == ("picture", True)
    assert {"art", "src", "alt"} <= {each.name for each in hero["picture"].fields}
    assert (hero["hidden"].kind, hero["hidden"].default) == ("switch", False)
    actions = hero["actions"]
    assert (actions.kind, actions.most, actions.item.kind) == ("list", 2, "link")
    assert [each.kind for each in actions.item.fields] == ["line", "address", "line"]


def test_a_prop_by_breakpoint_is_one_field():
    space = fields("Hero")["space"]
    assert (space.kind, space.per_breakpoint, space.default) == ("choice", True, "normal")
    assert [each.value for each in space.choices] == ["none", "small", "normal", "large"]
    assert (fields("Hero")["shown"].kind, fields("Hero")["shown"].per_breakpoint) == (
        "switch",
        True,
    )


def test_what_a_section_says_comes_before_its_look():
    places = [each.place for each in prop_schema(registry()["Footer"])]
    assert places == sorted(places)
    assert fields("Footer")["columns"].place == "content"
    assert fields("Footer")["variant"].place == fields("Footer")["tone"].place == "look"


@pytest.mark.parametrize("kind", sorted(registry()))
def test_every_field_can_be_written_as_json_and_lists_say_of_what(kind):
    for each in every(prop_schema(registry()[kind])):
        json.dumps(each.default)
        assert (each.kind == "list") == (each.item is not None)
        assert (each.kind == "choice") == bool(each.choices)
        assert (each.kind in {"group", "link", "picture"}) == bool(each.fields)


def test_names_are_in_the_active_language():
    assert fields("Hero")["title"].label == "Title"
    with translation.override("ar"):
        assert fields("Hero")["title"].label == "العنوان"
        assert fields("Hero")["tone"].choices[0].label == "بسيطة"
        assert fields("Hero")["actions"].item.label == "إجراء"
