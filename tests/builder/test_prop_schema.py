"""The fields by which an editor and the documentation know a section's props."""

import json

import pytest
from django.utils import translation

from builder.sections import registry
from builder.sections.prop_schema import prop_schema
from tests.builder.pages import html_of


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


# What examples leave out, of the props that only some variants show.
FILLED = {
    "Hero": dict.fromkeys(("submit", "note", "success_title", "success_text"), "Oak"),
    "Pricing": {
        "groups": [
            {"title": title, "entries": [{"name": "Stool", "price": "9"}]}
            for title in ("Oak", "Ash")
        ]
    },
    "Waitlist": {"picture": {"src": "https://example.com/oak.webp", "alt": "Oak"}},
}
ONLY_FOR = [
    (kind, field.name, field.variants)
    for kind, section in sorted(registry().items())
    for field in prop_schema(section)
    if field.variants
]


def shown_of(kind, props):
    """What stands on the page, without what its head tells machines."""
    return html_of((kind, "one", props)).partition("<body")[2]


@pytest.mark.parametrize(("kind", "name", "variants"), ONLY_FOR)
def test_a_prop_is_asked_for_where_it_is_shown_and_nowhere_else(kind, name, variants):
    section = registry()[kind]
    filled = section.example(language="en") | FILLED.get(kind, {})
    field = fields(kind)[name]
    for variant in section.variants:
        props = filled | {"variant": variant}
        bare = {each: value for each, value in props.items() if each != name}
        if field.kind == "list" and variant in variants:
            # A section wants the pieces that its variant shows: one instead of all.
            bare[name] = filled[name][:1]
        is_shown = shown_of(kind, props) != shown_of(kind, bare)
        assert is_shown is (variant in variants), variant


def test_what_few_need_is_folded_away_under_a_heading():
    hero = fields("Hero")
    assert {hero[name].fold for name in ("submit", "note", "success_text")} == {"Form"}
    assert hero["note"].variants == ("form",)
    assert [each.fold for each in hero["actions"].item.fields] == ["", "", "More"]
    assert not any(fields("ContactForm")[name].variants for name in ("submit", "note"))


def test_how_a_section_looks_is_no_command_to_look():
    with translation.override("ar"):
        assert fields("Hero")["variant"].label == "المظهر"
