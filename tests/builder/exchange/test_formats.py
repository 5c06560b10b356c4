"""Documents go out in open formats and come back the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import documents
from builder.exchange import FORMATS, ExchangeError
from builder.exchange.grapesjs import PREFIX
from builder.models import Sitemap, StyleGuide, Wireframe
from tests.builder.exchange.library import (
    NAMES,
    PAGES,
    TEMPLATES,
    guide_of,
    sitemap_of,
    wireframe_of,
)

JSON, PUCK, GRAPESJS, DTCG = (
    *FORMATS[Sitemap],
    *FORMATS[Wireframe],
    *FORMATS[StyleGuide],
)
SLUGS = [template.slug for template in TEMPLATES]


def sent(document):
    """The document as it arrives elsewhere."""
    return json.loads(json.dumps(document))


def both_ways(form, record, columns):
    """Out and in again is the same record, in and out again the same file."""
    file = sent(form.write(record))
    read = form.read(file)
    assert read == columns
    assert form.write(type(record)(**{**vars_of(record), **read})) == file


def vars_of(record):
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.fields
        if (not field.generated)
    }


def faults(form, file):
    with pytest.raises(ExchangeError) as refused:
        form.read(file)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


@pytest.mark.parametrize("template", TEMPLATES, ids=SLUGS)
def test_sitemaps_and_style_guides_come_back_the_same(template):
    sitemap, guide = sitemap_of(template), guide_of(template)
    names = ("title", "description", "pages", "metadata")
    both_ways(JSON, sitemap, {name: getattr(sitemap, name) for name in names})
    both_ways(DTCG, guide, documents.columns_of(guide))
    assert DTCG.write(guide) == template.tokens


@pytest.mark.parametrize("form", [PUCK, GRAPESJS], ids=["puck", "grapesjs"])
@pytest.mark.parametrize(("slug", "page"), PAGES, ids=NAMES)
def test_layouts_come_back_the_same(slug, page, form):
    both_ways(form, wireframe_of(page), {"layout": page.layout})


def test_a_layout_is_puck_data_as_it_stands():
    page = TEMPLATES[0].pages[0]
    assert PUCK.write(wireframe_of(page)) == page.layout


def test_each_section_is_a_component_of_its_own_type_in_grapesjs():
    page = TEMPLATES[0].pages[0]
    project = GRAPESJS.write(wireframe_of(page))
    children = project["pages"][0]["frames"][0]["component"]["components"]
    assert [one["type"] for one in children] == [
        f"{PREFIX}{one['type']}" for one in page.layout["content"]
    ]
    assert all("components" not in one and "content" not in one for one in children)


outline = st.fixed_dictionaries(
    {},
    optional={
        "root": st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
        "zones": st.dictionaries(st.text(max_size=5), st.just([]), max_size=2),
    },
)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@given(outline, st.lists(texts, max_size=4))
def test_any_layout_without_faults_comes_back_from_grapesjs_the_same(around, lines):
    content = [
        {"type": "Hero", "props": {"id": f"h{n}", "variant": "plain", "title": "T", "text": line}}
        for n, line in enumerate(lines)
    ]
    layout = {**around, "content": content}
    if documents.layout_faults(layout) == []:
        both_ways(GRAPESJS, Wireframe(page_key="home", layout=layout), {"layout": layout})


WRAPPER = "/pages/0/frames/0/component"
HERO = {"type": "Hero", "props": {"id": "hero", "variant": "plain", "title": "Chairs"}}
SECTION = {"type": f"{PREFIX}Hero", "puck": HERO}


def project(*components, **wrapper):
    frame = {"component": {"type": "wrapper", "components": list(components), **wrapper}}
    return {"pages": [{"frames": [frame]}]}


def test_a_page_made_in_grapesjs_of_our_sections_is_taken_in():
    layout = {"root": {"props": {}}, "content": [HERO], "zones": {}}
    assert GRAPESJS.read(project(SECTION)) == {"layout": layout}


@pytest.mark.parametrize(
    ("file", "pointer", "code"),
    [
        ([], "", "invalid_type"),
        ({"pages": []}, "/pages", "not_one"),
        ({"pages": [{}, {}]}, "/pages", "not_one"),
        ({"pages": [3]}, "/pages/0", "invalid_type"),
        ({"pages": [{"frames": [{}, {}]}]}, "/pages/0/frames", "not_one"),
        ({"pages": [{"frames": [{"component": "<p>"}]}]}, WRAPPER, "invalid_type"),
        (project(components="<script>"), f"{WRAPPER}/components", "invalid_type"),
        (project("<script>"), f"{WRAPPER}/components/0", "invalid_type"),
        (
            project(SECTION, {"type": "text", "content": "<script>alert(1)</script>"}),
            f"{WRAPPER}/components/1/type",
            "unknown_component",
        ),
        (project({"tagName": "div"}), f"{WRAPPER}/components/0", "unknown_component"),
        (
            project({**SECTION, "components": [{"type": "text"}]}),
            f"{WRAPPER}/components/0/components",
            "unsupported_member",
        ),
        (
            project({**SECTION, "script": "alert(1)"}),
            f"{WRAPPER}/components/0/script",
            "unsupported_member",
        ),
        (
            project({**SECTION, "attributes": {"onclick": "alert(1)"}}),
            f"{WRAPPER}/components/0/attributes",
            "unsupported_member",
        ),
        (
            project({**SECTION, "type": f"{PREFIX}FAQ"}),
            f"{WRAPPER}/components/0/puck",
            "invalid_section",
        ),
        (
            project({"type": f"{PREFIX}Carousel", "puck": {**HERO, "type": "Carousel"}}),
            f"{WRAPPER}/components/0/puck/type",
            "unknown_section",
        ),
        (
            project(SECTION, SECTION),
            f"{WRAPPER}/components/1/puck/props/id",
            "duplicate_id",
        ),
        (project(head={"components": ["<script>"]}), f"{WRAPPER}/head", "unsupported_member"),
        (project(classes=["red"]), f"{WRAPPER}/classes", "unsupported_member"),
        (project(puck={"content": []}), f"{WRAPPER}/puck", "invalid_type"),
        (
            project(puck={"root": {}, "zones": {"a:b": [1]}}),
            f"{WRAPPER}/puck/zones/a:b",
            "unsupported_zone",
        ),
        ({**project(SECTION), "styles": [{"selectors": ["a"]}]}, "/styles", "unsupported_member"),
    ],
)
def test_what_has_no_place_in_a_layout_is_refused_where_it_stands(file, pointer, code):
    assert (pointer, code) in faults(GRAPESJS, file)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["pages", "frames", "component", "components", "puck", "type", "$value"]
            )
            | st.text(max_size=3),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("form", [JSON, PUCK, GRAPESJS, DTCG], ids=lambda form: form.name)
@given(value=json_values)
def test_any_json_is_taken_in_or_refused_with_pointers(form, value):
    told = []
    try:
        form.read(value)
    except ExchangeError as error:
        told = [fault.pointer for fault in error.faults] or ["nothing"]
    assert all(pointer == "" or pointer[0] == "/" for pointer in told)


@pytest.mark.parametrize(
    ("form", "file", "pointer", "code"),
    [
        (JSON, [], "", "invalid_type"),
        (JSON, {"title": "Home"}, "", "invalid_type"),
        (JSON, {"pages": {}, "owner": 1}, "/owner", "extra_forbidden"),
        (JSON, {"pages": {}, "metadata": []}, "/metadata", "invalid_type"),
        (JSON, {"pages": {"x": {"title": "X"}}}, "/pages/x/path", "missing"),
        (PUCK, {"content": [{"type": "Carousel", "props": {"id": "a"}}]}, "/content/0/type",
         "unknown_section"),
        (DTCG, [], "", "invalid_type"),
        (DTCG, {"brand": {}}, "/brand", "unknown_group"),
        (DTCG, {"$description": "Moss"}, "/$description", "unknown_group"),
        (DTCG, {"color": {"accent": {"$type": "color", "$value": "red"}}}, "/color/accent/$value",
         "invalid_value"),
    ],
)  # fmt: skip
def test_faults_point_into_the_file(form, file, pointer, code):
    assert (pointer, code) in faults(form, file)


def test_the_schema_that_a_token_file_names_is_no_token():
    file = {"$schema": "https://www.designtokens.org/schemas/2025.10/format.json"}
    assert DTCG.read(file) == {name: {} for name in documents.TOKEN_GROUPS}
