"""Documents that nobody should be able to write: refused with a pointer, nothing half-written."""

import json
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import documents, storable
from builder.models import Project, Sitemap, StyleGuide, Wireframe
from tests.builder.test_api import client_of

API = "/api/v1"
HERO = {"type": "Hero", "props": {"id": "hero", "variant": "plain", "title": "Chairs"}}


def layout(*content, **more):
    return {"root": {"props": {}}, "content": list(content), "zones": {}, **more}


def nested(depth):
    value = []
    for _level in range(depth):
        value = [value]
    return value


def color(value):
    return {"accent": {"$type": "color", "$value": value}}


ACCENT = {"colorSpace": "srgb", "components": [1, 0, 0]}


@pytest.mark.parametrize(
    ("value", "pointer", "code"),
    [
        ({"a": float("nan")}, "/a", "not_finite"),
        ({"a": [0, float("inf")]}, "/a/1", "not_finite"),
        ({"a": "x\0y"}, "/a", "nul_character"),
        ({"a\0": 1}, "", "nul_character"),
        ({"a": "\ud800"}, "/a", "lone_surrogate"),
        ({"\udfff": 1}, "", "lone_surrogate"),
        ({"a": 2**53}, "/a", "number_out_of_range"),
        ({"a": -1e300}, "/a", "number_out_of_range"),
        ({"a": 10**5000}, "/a", "number_out_of_range"),
        ({1: 2}, "", "invalid_type"),
        ({"a": {1, 2}}, "/a", "invalid_type"),
        ({"a": "x" * storable.MAX_BYTES}, "", "too_large"),
    ],
)
def test_what_cannot_be_kept_is_named(value, pointer, code):
    assert [(fault.pointer, fault.code) for fault in storable.faults(value)] == [(pointer, code)]


def test_depth_is_bounded_without_recursion():
    assert storable.faults(nested(storable.MAX_DEPTH - 1)) == []
    for depth in (storable.MAX_DEPTH, 200_000):
        (fault,) = storable.faults(nested(depth))
        assert (fault.code, fault.pointer) == ("too_deep", "/0" * storable.MAX_DEPTH)


def test_a_document_full_of_faults_is_told_in_few_words():
    assert len(storable.faults([float("nan")] * 10_000)) == 20


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=20,
    )
)
def test_what_is_not_refused_comes_back_from_any_reader_the_same(value):
    """Any reader: one that holds every number as a double, and UTF-8 for text."""
    if storable.faults(value) == []:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
        assert json.loads(text, parse_int=lambda digits: int(float(digits))) == value


def found(faults):
    return [(fault.pointer, fault.code) for fault in faults]


@pytest.mark.parametrize(
    ("bad", "pointer", "code"),
    [
        (layout({"type": "Carousel", "props": {"id": "a"}}), "/layout/content/0/type",
         "unknown_section"),
        (layout({"props": {"id": "a"}}), "/layout/content/0/type", "unknown_section"),
        (layout(HERO, HERO), "/layout/content/1/props/id", "duplicate_id"),
        (layout({"type": "Hero", "props": {**HERO["props"], "id": "a b"}}),
         "/layout/content/0/props/id", "invalid_id"),
        (layout({"type": "Hero", "props": {**HERO["props"], "slot": [HERO]}}),
         "/layout/content/0/props/slot", "extra_forbidden"),
        (layout(HERO, zones={"hero:left": [HERO]}), "/layout/zones/hero:left", "unsupported_zone"),
        (layout(*[{"type": "Hero", "props": {**HERO["props"], "id": f"h{n}"}} for n in range(101)]),
         "/layout/content", "too_many_sections"),
        (layout(root={"props": {"a": nested(100)}}), "/layout/root/props/a" + "/0" * 61,
         "too_deep"),
        (layout(root={"props": {"a": "x" * 1_000_000}}), "/layout", "too_large"),
        (layout({"type": "Hero", "props": {**HERO["props"], "title": "a\0"}}),
         "/layout/content/0/props/title", "nul_character"),
    ],
)  # fmt: skip
def test_each_fault_of_a_layout_is_named_with_its_place(bad, pointer, code):
    assert (pointer, code) in found(documents.layout_faults(bad))


def chain(length):
    """Colours each of which is an alias of the next."""
    links = {f"a{n}": {"$value": f"{{color.a{n + 1}}}"} for n in range(length)}
    return {"$type": "color", **links, f"a{length}": {"$value": ACCENT}}


@pytest.mark.parametrize(
    ("columns", "pointer", "code"),
    [
        ({"colors": {"$type": "color", "a": {"$value": "{color.b}"}, "b": {"$value": "{color.a}"}}},
         "/colors/a/$value", "alias_cycle"),
        ({"colors": {"$type": "color", "a": {"$value": "{color.a}"}}}, "/colors/a/$value",
         "alias_cycle"),
        ({"spacing": {"gap": {"$type": "dimension", "$value": "{color.accent}"}}},
         "/spacing/gap/$value", "alias_type"),
        ({"spacing": {"$type": "dimension", "gap": {"$value": "{color.accent}"}}},
         "/spacing/gap/$value", "alias_type"),
        ({"colors": {"$type": "dimension", "accent": {"$value": ACCENT}}}, "/colors/accent/$value",
         "invalid_value"),
        ({"colors": {"accent": {"$type": "number", "$value": 1}}}, "/colors/accent/$value",
         "wrong_type"),
        ({"colors": color({**ACCENT, "components": [2, 0, 0]})}, "/colors/accent/$value",
         "invalid_value"),
        ({"colors": color({"colorSpace": "hsl", "components": [1, 200, 0]})},
         "/colors/accent/$value", "invalid_value"),
        ({"colors": color({**ACCENT, "alfa": 1})}, "/colors/accent/$value", "invalid_value"),
        ({"colors": chain(40)}, "/colors/a0/$value", "too_many_aliases"),
        ({"colors": color({**ACCENT, "components": [float("nan"), 0, 0]})},
         "/colors/accent/$value/components/0", "not_finite"),
        ({"colors": []}, "/colors", "invalid_type"),
        ({"colors": 0}, "/colors", "invalid_type"),
    ],
)  # fmt: skip
def test_each_fault_of_a_style_guide_is_named_with_its_place(columns, pointer, code):
    assert (pointer, code) in found(documents.style_faults(columns))


def test_aliases_that_lead_on_are_followed_so_far():
    assert documents.style_faults({"colors": chain(30)}) == []


def refused(answer, status=400):
    assert answer.status_code == status, answer.content[:500]
    assert answer.headers["content-type"].startswith("application/problem+json")
    return [(error["pointer"], error["code"]) for error in answer.json()["errors"]]


RAW = [
    (b'{"layout": {"content": [], "root": {"a": NaN}}}', ""),
    (b'{"layout": {"content": [], "root": {"a": Infinity}}}', ""),
    (b'{"layout": {"content": [], "root": {"a": "\\u0000"}}}', ""),
    (b'{"layout": {"content": [], "root": {"a": "\\ud800"}}}', ""),
    (b'{"layout": {"content": [], "root": {"a": ' + b"[" * 5000 + b"]" * 5000 + b"}}}", ""),
    (b'{"layout": {"content": [], "root": {"a": ' + b"[" * 70 + b"]" * 70 + b"}}}", "/layout"),
    (b'{"layout": {"content": [], "root": {"a": 1e300}}}', "/layout/root/a"),
    (b'{"layout": {"content": [], "root": {"a": ' + b"9" * 400 + b"}}}", ""),
    (b'{"layout": {"content": [], "root": {"a": "' + b"x" * 1_000_000 + b'"}}}', "/layout"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("body", "pointer"), RAW, ids=[str(n) for n in range(len(RAW))])
def test_a_body_that_no_jsonb_holds_is_a_400_that_says_where(api, project, body, pointer):
    home = Wireframe.objects.get(sitemap__project=project, page_key="home")
    answer = api.patch(f"{API}/wireframes/{home.pk}/", body, content_type="application/json")
    (told, *_more) = refused(answer)
    assert told[0].startswith(pointer)
    after = Wireframe.objects.get(pk=home.pk)
    assert (after.layout, after.version) == (home.layout, home.version)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "route", "field"),
    [
        (Project, "projects", "data"),
        (Project, "projects", "settings"),
        (Sitemap, "sitemaps", "metadata"),
        (Wireframe, "wireframes", "style_guide"),
    ],
)
def test_what_clients_keep_of_their_own_is_bounded_too(project, member, model, route, field):
    client = client_of(member)
    record = model.objects.order_by("id")[0]
    address = f"{API}/{route}/{record.pk}/"
    for value, pointer in (({"a": 1e300}, f"/{field}/a"), ({"a": "x" * 1_000_000}, f"/{field}")):
        ((told, _code),) = refused(client.patch(address, {field: value}))
        assert told == pointer
    assert client.patch(address, {field: {"a": 1.5}}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["", "import/"])
def test_five_megabytes_are_refused_before_they_are_read(api, project, action):
    home = Wireframe.objects.get(sitemap__project=project, page_key="home")
    words = {"type": "Hero", "props": {"id": "h", "variant": "plain", "title": "x" * 100}}
    whole = layout(*[words] * 35_000)
    body = json.dumps(whole if action else {"layout": whole}).encode()
    assert len(body) > 5_000_000
    send = api.post if action else api.patch
    tracemalloc.start()
    began = time.perf_counter()
    answer = send(f"{API}/wireframes/{home.pk}/{action}", body, content_type="application/json")
    took = time.perf_counter() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.status_code == 413
    assert peak < 3 * len(body), "the test's client copies it; parsed it would be ten times that"
    assert took < 1
    assert Wireframe.objects.get(pk=home.pk).layout == home.layout


FILES = [
    (Sitemap, "sitemaps/{}/import/", {"pages": {"x": {"title": "X", "path": "/x"}}}, "/pages"),
    (Wireframe, "wireframes/{}/import/", layout({"type": "Carousel", "props": {"id": "a"}}),
     "/content/0/type"),
    (Wireframe, "wireframes/{}/import/?as=grapesjs", {"pages": []}, "/pages"),
    (StyleGuide, "style-guides/{}/import/", {"color": color("red")}, "/color/accent/$value"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("case", FILES)
def test_a_file_with_a_fault_changes_nothing(project, member, case):
    model, route, file, pointer = case
    record = model.objects.filter(workspace=project.workspace).order_by("id")[0]
    before = model.objects.filter(pk=record.pk).values()[0]
    answer = client_of(member).post(f"{API}/{route.format(record.pk)}", file)
    assert refused(answer)[0][0] == pointer
    assert model.objects.filter(pk=record.pk).values()[0] == before
