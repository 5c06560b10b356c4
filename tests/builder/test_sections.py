"""Section types and the check of layouts."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import builder.sections
from builder.sections import form_fields, registry, validate_layout
from tests.builder.pages import Outline, a_site, html_of, layout_of

HERO = {"title": "Chairs"}
FORM = {
    "fields": [
        {"name": "email", "label": "E-mail", "kind": "email", "required": True},
        {"name": "wood", "label": "Wood", "kind": "select", "options": ["Oak", "Ash"]},
    ]
}


def found(*components, **options):
    faults = validate_layout(layout_of(*components), **options)
    return [(fault.pointer, fault.code) for fault in faults]


def test_section_types_are_found_by_their_folders():
    folders = {path.parent.name for path in Path(builder.sections.__file__).parent.glob("*/*.html")}
    assert {section.folder.name for section in registry().values()} == folders
    assert {"CallToAction", "ContactForm", "FAQ", "Features", "Footer", "Hero", "Navigation"} < set(
        registry()
    )


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", sorted(registry()))
def test_an_example_is_valid_and_renders_well_formed(kind, language):
    component = (kind, "one", registry()[kind].example(language=language))
    assert found(component) == []
    outline = Outline(html_of(component, site=a_site(language=language)))
    assert outline.faults == []
    assert outline.open == []


@pytest.mark.parametrize("kind", sorted(registry()))
def test_every_variant_of_a_section_renders(kind):
    section = registry()[kind]
    declared = section.props.model_fields["variant"].annotation.__args__
    assert section.variants == declared
    groups = [{"title": "Oak", "entries": [{"name": "Stool", "price": "9"}]}]
    for variant in section.variants:
        props = {**section.example(language="en"), "variant": variant}
        if kind == "Pricing" and variant == "menu":
            props = {"variant": variant, "groups": groups}
        html = html_of((kind, "one", props))
        assert f"--{variant}" in html


def test_a_language_without_an_example_gets_the_english_one():
    hero = registry()["Hero"]
    assert hero.example(language="fr") == hero.example(language="en")


def test_an_unknown_section_is_named_by_its_pointer():
    assert found(("Hero", "a", HERO), ("Hero", "b", HERO), ("Carousel", "c", {})) == [
        ("/content/2/type", "unknown_section")
    ]


def test_ids_are_needed_unique_and_plain():
    layout = layout_of(("Hero", "a", HERO), ("Hero", "a", HERO), ("Hero", '"><script>', HERO))
    del layout["content"][0]["props"]["id"]
    layout["content"].append({"type": "Hero", "props": {"id": "a", **HERO}})
    assert [(fault.pointer, fault.code) for fault in validate_layout(layout)] == [
        ("/content/0/props/id", "invalid_id"),
        ("/content/2/props/id", "invalid_id"),
        ("/content/3/props/id", "duplicate_id"),
    ]


def test_faults_of_props_point_into_lists():
    props = {"title": "Chairs", "actions": [{"label": "Go", "href": "javascript:alert(1)"}]}
    assert found(("Hero", "a", props)) == [("/content/0/props/actions/0/href", "unsafe_url")]
    assert found(("Hero", "a", {"title": "Chairs", "colour": "red"})) == [
        ("/content/0/props/colour", "extra_forbidden")
    ]
    assert found(("Features", "a", {"items": [{"title": "x" * 161}]})) == [
        ("/content/0/props/items/0/title", "string_too_long")
    ]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "//evil.example",
        "/\\evil.example",
        "https:evil",
        "file:///etc/passwd",
        "",
        "page:",
        "#x y",
    ],
)
def test_unsafe_addresses_are_refused(href):
    props = {"title": "Chairs", "actions": [{"label": "Go", "href": href}]}
    assert found(("Hero", "a", props)) == [("/content/0/props/actions/0/href", "unsafe_url")]


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/a?b=c#d",
        "http://localhost:8000",
        "mailto:a@example.org",
        "tel:+966 17 555 0148",
        "#prices",
        "/contact",
        "page:contact",
        "page:contact#form",
    ],
)
def test_safe_addresses_are_taken(href):
    assert (
        found(("Hero", "a", {"title": "Chairs", "actions": [{"label": "Go", "href": href}]})) == []
    )


def test_pictures_are_known_drawings_or_https_images():
    def picture(**value):
        return found(("Hero", "a", {"title": "Chairs", "picture": value}))

    assert picture(art="marram/plan", alt="Plan") == []
    assert picture(src="https://example.org/a.png") == []
    assert picture(art="../../etc/passwd") == [("/content/0/props/picture/art", "unknown_art")]
    assert picture(art="marram/nothing") == [("/content/0/props/picture/art", "unknown_art")]
    assert picture(src="http://example.org/a.png") == [
        ("/content/0/props/picture/src", "unsafe_url")
    ]
    assert picture(src="data:image/svg+xml,x") == [("/content/0/props/picture/src", "unsafe_url")]


def test_links_to_pages_that_the_site_lacks_are_faults_when_its_pages_are_given():
    props = {"title": "Chairs", "actions": [{"label": "Go", "href": "page:about"}]}
    assert found(("Hero", "a", props)) == []
    assert found(("Hero", "a", props), page_keys={"home"}) == [
        ("/content/0/props/actions/0/href", "unknown_page")
    ]


def test_prices_are_of_the_kind_that_the_variant_shows():
    assert found(("Pricing", "a", {"variant": "menu"})) == [("/content/0/props", "missing_prices")]


def test_a_form_has_unique_plain_field_names_and_options_for_selects_only():
    def fields(*given):
        return found(("ContactForm", "a", {"fields": list(given)}))

    one = {"name": "wood", "label": "Wood"}
    assert fields(one, one) == [("/content/0/props", "duplicate_name")]
    assert fields({**one, "name": "_path"}) == [
        ("/content/0/props/fields/0/name", "string_pattern_mismatch")
    ]
    assert fields({**one, "kind": "select"}) == [("/content/0/props/fields/0", "options")]


def test_the_door_learns_what_a_form_asks_for():
    component = layout_of(("ContactForm", "a", FORM))["content"][0]
    email, wood = form_fields(component)
    assert (email.name, email.kind, email.required, email.max_length) == (
        "email",
        "email",
        True,
        254,
    )
    assert (wood.kind, wood.required, wood.options) == ("select", False, ("Oak", "Ash"))
    newsletter = layout_of(("NewsletterSignup", "n", {}))["content"][0]
    assert [field.name for field in form_fields(newsletter)] == ["email"]
    assert form_fields(layout_of(("Hero", "h", HERO))["content"][0]) == ()


@pytest.mark.parametrize(
    ("layout", "pointer", "code"),
    [
        ([], "", "invalid_type"),
        ({}, "/content", "invalid_type"),
        ({"content": {}}, "/content", "invalid_type"),
        ({"content": [7]}, "/content/0", "invalid_type"),
        ({"content": [{"type": "Hero"}]}, "/content/0/props", "invalid_type"),
        ({"content": [], "root": 1}, "/root", "invalid_type"),
        ({"content": [], "zones": 1}, "/zones", "invalid_type"),
        ({"content": [], "zones": {"a/b": [1]}}, "/zones/a~1b", "unsupported_zone"),
        ({"content": [], "extra": 1}, "/extra", "extra_forbidden"),
        ({"content": [{}] * 101}, "/content", "too_many_sections"),
    ],
)
def test_a_layout_that_is_no_puck_data_says_where(layout, pointer, code):
    assert [(fault.pointer, fault.code) for fault in validate_layout(layout)] == [(pointer, code)]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(sorted(registry())),
    props=st.dictionaries(
        st.sampled_from(["id", "title", "items", "fields", "links", "picture", "variant"]),
        json_values,
    ),
)
def test_no_props_whatever_raise(kind, props):
    for fault in validate_layout({"content": [{"type": kind, "props": props}]}):
        assert fault.pointer.startswith("/content/0")
