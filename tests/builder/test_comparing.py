"""Patches reproduce, whatever the documents; changes are told component by component."""

import json

import jsonpatch
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import comparing

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4)
numbers = st.integers(-3, 3) | st.sampled_from([0.0, 1.0, 1.5])
scalars = st.none() | st.booleans() | numbers | texts
keys = st.sampled_from(["a", "b", "a/b", "~", "~1", "", "0", "-", "title", "é"])
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=25,
)
documents = st.dictionaries(keys, values, max_size=5)


def written(value):
    return json.dumps(value, sort_keys=True)


@given(documents, documents)
@settings(max_examples=400, deadline=None)
def test_a_patch_makes_the_later_of_the_earlier(before, after):
    made = comparing.patch(before, after)
    assert written(jsonpatch.apply_patch(before, json.loads(json.dumps(made)))) == written(after)
    assert (made == []) == (written(before) == written(after))


@given(documents, documents)
@settings(max_examples=200, deadline=None)
def test_there_are_changes_exactly_where_documents_differ(before, after):
    found = comparing.changes(before, after)
    assert (found == []) == (written(_full(before, after)) == written(_full(after, before)))


def _full(one, other):
    """A column that a version has not is null there."""
    return {**dict.fromkeys(other), **one}


def component(key, kind="Hero", **props):
    return {"type": kind, "props": {"id": key, **props}}


def layout(*content, **more):
    return {"layout": {"root": {"props": {}}, "content": list(content), "zones": {}, **more}}


def told(before, after):
    return [
        (change.pointer, change.text, change.component)
        for change in comparing.changes(before, after)
    ]


class TestChanges:
    def test_components_are_told_by_their_ids(self):
        one, two, three = component("one"), component("two", title="A"), component("three")
        before = layout(one, two, three)
        after = layout(component("two", title="B"), component("four", "FAQ"), one)
        assert told(before, after) == [
            ("/layout/content/2", "Hero “three” removed", "three"),
            ("/layout/content/0", "Hero “two” moved", "two"),
            ("/layout/content/0/props/title", "Hero “two”: title changed", "two"),
            ("/layout/content/1", "FAQ “four” added", "four"),
        ]
        assert comparing.touched(comparing.changes(before, after)) == {"two", "three", "four"}

    def test_only_what_moved_is_told_as_moved(self):
        items = [component(str(number)) for number in range(10)]
        found = told(layout(*items), layout(*items[1:], items[0]))
        assert found == [("/layout/content/9", "Hero “0” moved", "0")]

    def test_tokens_and_pages_are_told_by_their_place(self):
        accent = {"$value": {"colorSpace": "srgb", "components": [0, 0, 0]}}
        before = {"colors": {"$type": "color", "accent": accent}, "title": "A"}
        other = {"$value": {"colorSpace": "srgb", "components": [1, 0, 0]}}
        after = {"colors": {"$type": "color", "accent": other, "ink": accent}, "title": "A"}
        assert told(before, after) == [
            ("/colors/accent", "colors › accent changed", ""),
            ("/colors/ink", "colors › ink added", ""),
        ]

    def test_what_is_no_layout_is_compared_all_the_same(self):
        for odd in ({}, {"content": None}, {"content": [1, {"props": []}]}, {"content": {}}):
            assert comparing.changes({"layout": odd}, layout(component("a")))

    def test_numbers_and_truth_are_not_the_same(self):
        assert comparing.patch({"a": [1]}, {"a": [True]}) != []
        assert len(comparing.changes({"a": 1}, {"a": True})) == 1

    def test_a_very_large_document_is_replaced_as_a_whole(self):
        before, after = {"a": ["x" * 1000] * 600}, {"a": ["y" * 1000] * 600}
        assert comparing.patch(before, after) == [{"op": "replace", "path": "", "value": after}]

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_each_kind_has_words(self, language):
        from django.utils import translation

        with translation.override(language):
            texts = {
                comparing.Change("", kind, "S", None, None).text
                for kind in ("added", "removed", "moved", "changed")
            }
        assert len(texts) == 4
        assert all("S" in text for text in texts)
        assert all(("\u2068S\u2069" in text) == (language == "ar") for text in texts)
