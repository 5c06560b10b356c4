"""Sections one by one: what they refuse, and what they show without any script."""

import re

import pytest
from django.utils import translation

from builder.rendering import section_script
from builder.sections import registry, validate_layout
from builder.sections.money import money
from tests.builder.pages import Outline, a_site, html_of, layout_of


def faults(kind, **props):
    example = registry()[kind].example(language="en")
    found = validate_layout(layout_of((kind, "one", {**example, **props})))
    return [(fault.pointer.removeprefix("/content/0/props"), fault.code) for fault in found]


def page(kind, *, language="en", **props):
    example = registry()[kind].example(language=language)
    direction = "rtl" if language == "ar" else "ltr"
    site = a_site(language=language, direction=direction)
    return html_of((kind, "one", {**example, **props}), site=site)


@pytest.mark.parametrize(
    ("kind", "props", "pointer", "code"),
    [
        ("Announcement", {"text": "x" * 161}, "/text", "string_too_long"),
        ("Announcement", {"link": {"label": "a", "href": "data:,x"}}, "/link/href", "unsafe_url"),
        ("Booking", {"times": []}, "/times", "too_short"),
        ("Booking", {"people": -1}, "/people", "greater_than_equal"),
        ("ChatWidget", {"whatsapp": "call me"}, "/whatsapp", "string_pattern_mismatch"),
        ("ChatWidget", {"asks": "passport"}, "/asks", "literal_error"),
        ("Comparison", {"variant": "versus", "columns": [{"name": "a"}] * 3}, "", "cell_count"),
        ("Comparison", {"rows": [{"label": "a", "cells": ["yes"]}]}, "/rows/0/cells", "too_short"),
        ("Countdown", {"until": "2027-02-30T10:00"}, "/until", "no_such_day"),
        ("Countdown", {"until": "tomorrow"}, "/until", "string_pattern_mismatch"),
        ("Countdown", {"zone": "Mars/Olympus"}, "/zone", "literal_error"),
        ("Donation", {"gifts": [{"amount": 5}, {"amount": 5}]}, "", "duplicate_sum"),
        ("Donation", {"gifts": [{"amount": 0}]}, "/gifts/0/amount", "greater_than"),
        ("DownloadGate", {"pages": 3}, "/pages", "extra_forbidden"),
        ("PopupModal", {"depth": 0}, "/depth", "greater_than_equal"),
        ("PopupModal", {"opens": "always"}, "/opens", "literal_error"),
        ("Products", {"products": [{"name": "a", "price": -1}]}, "/products/0/price",
         "greater_than_equal"),
        ("Products", {"products": [{"name": "a", "price": 5, "before": 4}]}, "/products/0",
         "not_dearer"),
        ("Products", {"currency": "BTC"}, "/currency", "literal_error"),
        ("SocialProof", {"logos": []}, "", "missing_proof"),
        ("SocialProof", {"ratings": [{"source": "a", "score": 6}]}, "/ratings/0/score",
         "less_than_equal"),
        ("Tabs", {"tabs": [{"name": "a"}]}, "/tabs", "too_short"),
        ("Waitlist", {"question": "Which?"}, "", "options"),
        ("Waitlist", {"title": 7}, "/title", "string_type"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_is(kind, props, pointer, code):
    assert faults(kind, **props) == [(pointer, code)]


@pytest.mark.parametrize("kind", sorted(registry()))
def test_no_example_leaves_words_to_be_filled_in(kind):
    for language in ("en", "ar"):
        told = str(registry()[kind].example(language=language)).casefold()
        assert "lorem" not in told
        assert "your title" not in told


@pytest.mark.parametrize("kind", sorted(registry()))
def test_an_arabic_example_says_nothing_in_english(kind):
    own = registry()[kind].example(language="ar")
    assert registry()[kind].example(language="en") != own
    assert re.search("[\u0600-\u06ff]", str(own))


@pytest.mark.parametrize("kind", sorted(registry()))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_section_has_truly_different_looks(kind, language):
    section = registry()[kind]
    assert 2 <= len(section.variants) <= 6
    css = section.stylesheet()
    markup = "".join(path.read_text("utf-8") for path in section.folder.glob("*.html"))
    told = [name for name in section.variants if f"--{name}" in css or f'"{name}"' in markup]
    # One of them may be what all the others differ from.
    assert len(told) >= len(section.variants) - 1
    for variant in section.variants:
        outline = Outline(page(kind, language=language, variant=variant))
        assert (outline.faults, outline.open) == ([], [])
        ids = [attrs["id"] for _tag, attrs in outline.elements if "id" in attrs]
        assert len(set(ids)) == len(ids)


def test_sums_are_written_as_the_page_s_language_does():
    assert money(72, "SAR") == "SAR\xa072"
    assert money(1250.5, "USD") == "$1,250.50"
    assert money(1.5, "KWD") == "KWD\xa01.500"
    with translation.override("ar"):
        assert money(1250.5, "SAR") == "١٬٢٥٠٫٥٠\xa0ر.س"
    html = page("Products", language="ar")
    assert "٧٢\xa0ر.س" in html
    assert "٥٨٫٥٠" in html


def test_a_countdown_says_the_date_in_words_without_a_script():
    html = page("Countdown")
    assert (
        '<time datetime="2027-09-02T20:00:00+03:00">Thursday 2 September 2027 at 20:00</time>'
        in html
    )
    assert "الخميس ٢ سبتمبر ٢٠٢٧ الساعة ٢٠:٠٠" in page("Countdown", language="ar")


def test_a_comparison_is_a_table_that_says_what_its_cells_are_of():
    outline = Outline(page("Comparison"))
    assert [attrs["scope"] for attrs in outline.all("th")] == ["col"] * 2 + ["row"] * 5
    assert ">Yes</span>" in page("Comparison")


def test_tabs_are_a_choice_of_one_without_a_script():
    radios = [each for each in Outline(page("Tabs")).all("input") if each["type"] == "radio"]
    assert len(radios) == 3
    assert [each["value"] for each in radios if "checked" in each] == ["1"]


def test_sub_menus_open_without_a_script():
    html = page("Navigation")
    assert len([each for each in Outline(html).all("details") if "name" in each]) == 2
    assert html.count("nav__below") == 2


def test_what_stands_beside_the_content_gives_the_page_no_title_and_is_not_in_main():
    html = html_of(
        *[(kind, kind, registry()[kind].example(language="en"))
          for kind in ("Announcement", "Navigation", "Hero", "Footer", "ChatWidget")]
    )  # fmt: skip
    assert html.index("nav__row") < html.index("<main")
    assert html.index("</main>") < html.index("chat__button")
    (heading,) = re.findall(r'<h1[^>]*id="([^"]*)"', html)
    assert heading == "Hero-title"


def test_scripts_are_small_and_each_keeps_its_names_to_itself():
    script = section_script(section_types=set(registry()))
    body = script.body.decode()
    assert (script.name, body.count("{") - body.count("}")) == ("site.js", 0)
    assert len(script.body) < 16_000
    for word in ("eval(", "document.write", "http://", "https://", ".style."):
        assert word not in body
    assert section_script(section_types={"Hero"}) is None
    with pytest.raises(KeyError):
        section_script(section_types={"Carousel"})
