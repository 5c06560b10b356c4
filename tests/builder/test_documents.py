import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import documents

GOOD = {
    "home": {"title": "Home", "path": "/"},
    "about": {"title": "About", "path": "/about-us/team2", "order": 2},
    "menu": {"title": "القائمة", "path": "/قائمة", "order": 1},
}


def faults(pages):
    return [(fault.pointer, fault.code) for fault in documents.sitemap_faults(pages)]


def test_a_good_sitemap_has_no_faults():
    assert faults(GOOD) == []
    assert faults({}) == []


def test_pages_come_in_their_order_and_the_home_page_first():
    assert [page.key for page in documents.site_pages(GOOD)] == ["home", "menu", "about"]


@pytest.mark.parametrize(
    ("pages", "pointer", "code"),
    [
        ([], "/pages", "invalid_type"),
        ({"about": {"title": "About", "path": "/about"}}, "/pages", "no_home_page"),
        ({"home": {"path": "/"}}, "/pages/home/title", "missing"),
        ({"home": {"title": " ", "path": "/"}}, "/pages/home/title", "string_too_short"),
        ({"home": "x"}, "/pages/home", "model_type"),
        ({"a/b": {"title": "A", "path": "/"}}, "/pages/a~1b", "invalid_key"),
        ({"a": {"title": "A", "path": "/A"}}, "/pages/a/path", "invalid_path"),
        ({"a": {"title": "A", "path": "a"}}, "/pages/a/path", "invalid_path"),
        ({"a": {"title": "A", "path": "/a/"}}, "/pages/a/path", "invalid_path"),
        ({"a": {"title": "A", "path": "//a"}}, "/pages/a/path", "invalid_path"),
        ({"a": {"title": "A", "path": "/../a"}}, "/pages/a/path", "invalid_path"),
        ({"a": {"title": "A", "path": "/a?b"}}, "/pages/a/path", "invalid_path"),
        ({"a": {"title": "A", "path": "/_hh/x"}}, "/pages/a/path", "invalid_path"),
        ({"a": {"title": "A", "path": "/v1"}}, "/pages/a/path", "reserved_path"),
        ({"a": {"title": "A", "path": "/s/x"}}, "/pages/a/path", "reserved_path"),
        ({**GOOD, "z": {"title": "Z", "path": "/"}}, "/pages/z/path", "duplicate_path"),
    ],
)
def test_each_fault_of_a_sitemap_is_named_with_its_place(pages, pointer, code):
    assert (pointer, code) in faults(pages)


def test_a_site_has_not_more_pages_than_can_be_published():
    pages = {f"p{n}": {"title": "P", "path": f"/p{n}"} for n in range(201)}
    assert faults(pages) == [("/pages", "too_many_pages")]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(json_values)
def test_any_json_is_judged_without_an_error(value):
    for judge in (documents.sitemap_faults, documents.layout_faults):
        assert all(fault.pointer.startswith("/") for fault in judge(value))
    documents.style_faults({"colors": value})


@given(json_values)
def test_any_page_is_judged_without_an_error(value):
    documents.sitemap_faults({"home": value, "x": {"title": "X", "path": value}})


def test_style_faults_point_at_the_columns():
    colors = {"accent": {"$type": "color", "$value": "red"}}
    spacing = {"gap": {"$type": "dimension", "$value": {"value": 1, "unit": "em"}}}
    pointers = {
        fault.pointer for fault in documents.style_faults({"colors": colors, "spacing": spacing})
    }
    assert {pointer.split("/")[1] for pointer in pointers} == {"colors", "spacing"}


def test_columns_and_document_are_two_forms_of_the_same():
    columns = {name: {"a": {"$type": "number", "$value": 1}} for name in documents.TOKEN_GROUPS}
    assert documents.style_columns(documents.token_document(columns)) == columns
