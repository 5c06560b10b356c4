"""What all sections have in common: room, columns, screens on which they are seen, rich texts."""

import pytest

from builder.rendering import render_stylesheet
from builder.sections import registry, validate_layout
from builder.sections.props import Gridded, Picture, Rich, SectionProps
from tests.builder.pages import Outline, html_of, layout_of

HERO = {"title": "Chairs"}


class Grid(Gridded):
    """A section in columns, as its folder would declare it."""

    body: Rich = ""


def classes(**props):
    html = html_of(("Hero", "h", {**HERO, **props}))
    (section,) = Outline(html).all("section")
    return set(section["class"].split()) - {"section", "hero", "hero--split", "tone"}


def faults(**props):
    found = validate_layout(layout_of(("Hero", "h", {**HERO, **props})))
    return [(fault.pointer, fault.code) for fault in found]


def test_a_value_stands_for_all_screens_or_one_for_each():
    assert classes() == {"tone--plain"}
    assert classes(space="large") == {"tone--plain", "space--large"}
    stepped = {"base": "small", "wide": "normal"}
    assert classes(space=stepped) == {"tone--plain", "space--small", "space--wide-normal"}


@pytest.mark.parametrize(
    ("shown", "unseen"),
    [
        (False, {"base", "medium", "wide"}),
        ({"base": False, "medium": True}, {"base"}),
        ({"base": True, "medium": False}, {"medium", "wide"}),
        ({"base": False, "medium": True, "wide": False}, {"base", "wide"}),
        (True, set()),
    ],
)
def test_a_section_is_seen_on_the_screens_that_its_props_name(shown, unseen):
    assert classes(shown=shown) == {"tone--plain", *(f"unseen--{name}" for name in unseen)}


def test_one_number_of_columns_is_that_of_wide_screens():
    assert Grid.model_validate({"columns": 4}).columns.steps() == {
        "base": 1,
        "medium": 2,
        "wide": 4,
    }
    assert Grid.model_validate({"columns": 1}).columns.steps() == {"base": 1}
    own = {"base": 2, "wide": 5}
    assert Grid.model_validate({"columns": own}).columns.steps() == own


def test_what_is_wrong_with_a_value_is_told_where_it_is_written():
    assert faults(space="huge") == [("/content/0/props/space", "literal_error")]
    assert faults(space={"base": "none", "wide": 3}) == [
        ("/content/0/props/space/wide", "literal_error")
    ]
    assert faults(space={"wide": "none"}) == [("/content/0/props/space/base", "missing")]
    assert faults(space={"base": "none", "huge": "none"}) == [
        ("/content/0/props/space/huge", "extra_forbidden")
    ]
    assert faults(hidden="yes") == [("/content/0/props/hidden", "bool_type")]


def test_a_hidden_section_is_in_the_document_and_not_on_the_page():
    hidden = ("Hero", "gone", {"title": "Gone", "hidden": True})
    html = html_of(hidden, ("Navigation", "nav", {}), ("Hero", "h", HERO))
    assert "Gone" not in html
    assert 'id="h-title">Chairs</h1>' in html
    assert html.index('class="section nav') < html.index("<main")


def test_every_class_that_a_prop_becomes_has_a_style():
    css = render_stylesheet(tokens={}, section_types=set())
    for at in ("", "medium-", "wide-"):
        for name in ("none", "small", "large"):
            assert f".space--{at}{name}{{" in css
        for count in range(1, 7):
            assert f".columns--{at}{count}{{" in css
    assert "@media (width<" in css
    assert "(--" not in css.replace("var(--", "")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<p onclick='x'>a <strong>b</strong></p>", "<p>a <strong>b</strong></p>"),
        ("<script>alert(1)</script><p>a</p>", "<p>a</p>"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ("<a href='javascript:alert(1)'>a</a>", '<a rel="noopener">a</a>'),
        ("<a href='//evil.example'>a</a>", '<a rel="noopener">a</a>'),
        ("<a href='page:about#team'>a</a>", '<a href="page:about#team" rel="noopener">a</a>'),
        ("<p style='position:fixed'>a<iframe src=x></iframe>", "<p>a</p>"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    ],
)
def test_a_rich_text_is_clean_whatever_is_stored(given, kept):
    assert Grid.model_validate({"body": given}).body == kept


@pytest.mark.parametrize("kind", sorted(registry()))
def test_every_section_has_the_common_props(kind):
    assert set(SectionProps.model_fields) < set(registry()[kind].props.model_fields)
    assert issubclass(registry()[kind].props, SectionProps)
    assert Picture.model_fields.keys() >= {"art", "src", "alt"}
