"""Sections of content: each variant in both languages, dates and times as they are written."""

import re
from itertools import pairwise

import pytest

from builder.sections import registry, validate_layout
from tests.builder.pages import Outline, a_site, html_of, layout_of

CONTENT = [
    "Article", "CaseStudies", "CodeSample", "Gallery", "Location", "Posts", "Quote", "Schedule",
    "Steps", "Team", "Timeline", "Video",
]  # fmt: skip
LOOKS = [(kind, variant) for kind in CONTENT for variant in registry()[kind].variants]
PICTURE = {"art": "marram/plan", "alt": "Plan"}
ARABIC = {"language": "ar", "direction": "rtl"}


def rendered(kind, *, language="en", before=(), **props):
    example = registry()[kind].example(language=language)
    site = a_site(**ARABIC) if language == "ar" else a_site()
    html = html_of(*before, (kind, "one", {**example, **props}), site=site)
    start = html.index('id="one"')
    return html, html[start : html.index("</section>", start)]


def found(kind, **props):
    faults = validate_layout(layout_of((kind, "one", props)))
    return [(fault.pointer, fault.code) for fault in faults]


def levels(html):
    return [int(level) for level in re.findall(r"<h([1-6])", html)]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("kind", "variant"), LOOKS)
def test_every_variant_is_well_formed_in_both_languages(kind, variant, language):
    html, section = rendered(kind, language=language, variant=variant)
    outline = Outline(html)
    assert (outline.faults, outline.open) == ([], [])
    assert f"--{variant}" in html
    ids = [attrs["id"] for _tag, attrs in outline.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert not re.search(r"<h[1-6][^>]*>\s*</h", section)
    # No template writes a style that the policy of published pages would refuse.
    assert not any("style" in attrs or "onclick" in attrs for _tag, attrs in outline.elements)


@pytest.mark.parametrize(("kind", "variant"), LOOKS)
@pytest.mark.parametrize("before", [(), (("Hero", "hero", {"title": "Chairs"}),)])
@pytest.mark.parametrize("title", ["Wood", ""])
def test_headings_go_down_one_by_one(kind, variant, before, title):
    own = {} if kind == "Quote" else {"title": title}
    html, _section = rendered(kind, before=before, variant=variant, **own)
    order = levels(html)
    assert all(low <= high + 1 for high, low in pairwise(order))
    if before or title:
        assert order.count(1) == (0 if kind == "Quote" and not before else 1)


@pytest.mark.parametrize("kind", CONTENT)
def test_variants_look_different_and_say_what_they_are(kind):
    section = registry()[kind]
    assert 2 <= len(section.variants) <= 5
    css = section.stylesheet()
    told = section.props.__doc__
    assert all(f"`{variant}`" in told for variant in section.variants)
    # One of them may be what the others differ from.
    styled = [variant for variant in section.variants if f"--{variant}" in css]
    assert len(styled) >= len(section.variants) - 1


@pytest.mark.parametrize("kind", CONTENT)
def test_styles_know_no_left_and_right(kind):
    css = registry()[kind].stylesheet()
    # Code is read from the left wherever it stands, and figures where their line begins.
    physical = re.findall(
        r"(?<![-\w])(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|"
        r"(?<![-\w])(?:left|right|top|bottom|width|height|min-width|max-width)\s*:|"
        r"float\s*:\s*(?:left|right)",
        css,
    )
    assert physical == []


def test_dates_are_written_in_the_language_of_the_page_and_marked_up():
    entry = {"title": "Ash", "href": "/ash", "date": "2026-01-18"}
    _html, english = rendered("Posts", entries=[entry])
    _html, arabic = rendered("Posts", language="ar", entries=[entry])
    assert '<time datetime="2026-01-18">18 January 2026</time>' in english
    assert '<time datetime="2026-01-18">١٨ يناير ٢٠٢٦</time>' in arabic


def test_an_article_says_when_it_was_written_and_changed():
    dates = {"date": "2025-12-31", "updated": "2026-02-01"}
    _html, english = rendered("Article", **dates)
    _html, arabic = rendered("Article", language="ar", **dates)
    assert '<time datetime="2025-12-31">31 December 2025</time>' in english
    assert '<time datetime="2026-02-01">1 February 2026</time>' in english
    assert '<time datetime="2025-12-31">٣١ ديسمبر ٢٠٢٥</time>' in arabic
    assert '<time datetime="2026-02-01">١ فبراير ٢٠٢٦</time>' in arabic


@pytest.mark.parametrize(
    ("at", "clock", "english", "arabic"),
    [
        ("00:05", "24", "00:05", "٠٠:٠٥"),
        ("00:05", "12", "12:05\u00a0am", "١٢:٠٥\u00a0ص"),
        ("12:00", "12", "12:00\u00a0pm", "١٢:٠٠\u00a0م"),
        ("16:30", "12", "4:30\u00a0pm", "٤:٣٠\u00a0م"),
        ("16:30", "24", "16:30", "١٦:٣٠"),
    ],
)
def test_times_of_day_are_of_the_chosen_clock(at, clock, english, arabic):
    props = {
        "variant": "hours",
        "clock": clock,
        "hours": [{"first": "friday", "open": [{"start": at, "end": "23:00"}]}],
        "pauses": [],
    }
    for language, written in (("en", english), ("ar", arabic)):
        _html, section = rendered("Schedule", language=language, **props)
        assert f'<time datetime="{at}">{written}</time>' in section


def test_hours_name_the_days_and_say_when_a_place_is_closed():
    hours = [{"first": "sunday", "last": "thursday", "open": []}]
    _html, english = rendered("Schedule", variant="hours", hours=hours)
    _html, arabic = rendered("Schedule", language="ar", variant="hours", hours=hours)
    assert "Sunday – Thursday</th>" in english
    assert "الأحد – الخميس</th>" in arabic
    assert ">Closed</span>" in english
    assert ">مغلق</span>" in arabic


def test_pauses_for_prayer_stand_beside_the_hours():
    _html, section = rendered("Schedule", variant="board")
    assert "<dt>Asr</dt>" in section
    assert '<time datetime="15:20">15:20</time>' in section
    assert "20 minutes from the call" in section


def test_a_schedule_wants_what_its_variant_shows():
    assert found("Schedule", variant="agenda") == [("/content/0/props", "missing_times")]
    assert found("Schedule", variant="board", days=[]) == [("/content/0/props", "missing_times")]


def test_a_film_is_a_link_out_that_says_where_it_leads():
    film = {"title": "The hull", "href": "https://www.example.org/1", "duration": "3:20"}
    html, section = rendered("Video", films=[film])
    assert Outline(html).all("video") == Outline(html).all("iframe") == []
    assert 'href="https://www.example.org/1" rel="noopener"' in section
    assert "<bdi>example.org</bdi>" in section
    _html, arabic = rendered("Video", language="ar", films=[film])
    assert ">٣:٢٠<" in arabic


def test_code_reads_from_the_left_with_its_words_marked_and_nothing_of_it_run():
    code = 'x = "</code><script>alert(1)</script>"  # why'
    file = {"name": "a.py", "language": "python", "code": code}
    html, section = rendered("CodeSample", language="ar", files=[file])
    (pre,) = Outline(html).all("pre")
    assert pre["dir"] == "ltr"
    assert '<span class="code__comment"># why</span>' in section
    assert "&lt;script&gt;" in section
    assert "<script>" not in section


def test_code_in_every_language_keeps_its_characters():
    annotation = registry()["CodeSample"].props.model_fields["files"].annotation
    (file, _more) = annotation.__args__
    text = "  if a < b && \"c\":\n\n\treturn 'd' # e\nSELECT 1;\n"
    for language in file.model_fields["language"].annotation.__args__:
        written = file(name="a", language=language, code=text).html
        plain = re.sub(r"</?span[^>]*>", "", str(written))
        plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
        assert plain.replace("&#x27;", "'").replace("&amp;", "&") == text.strip("\n")


def test_a_light_box_works_by_addresses_alone():
    pictures = [{"picture": PICTURE, "caption": name} for name in ("Oak", "Ash", "Elm")]
    html, _section = rendered("Gallery", variant="lightbox", pictures=pictures)
    outline = Outline(html)
    ids = {attrs["id"] for _tag, attrs in outline.elements if "id" in attrs}
    inside = {attrs["href"] for attrs in outline.all("a") if attrs["href"].startswith("#one-")}
    assert inside == {f"#one-{what}-{n}" for what in ("view", "shot") for n in (1, 2, 3)}
    assert {address[1:] for address in inside} <= ids


def test_the_contents_of_an_article_lead_to_its_chapters():
    chapters = [{"title": "Oak"}, {"text": "<p>Ash</p>"}, {"title": "Elm"}]
    html, section = rendered("Article", variant="contents", chapters=chapters)
    assert re.findall(r'href="#(one-\d)"', section) == ["one-1", "one-3"]
    assert {"one-1", "one-3"} <= {attrs.get("id") for _tag, attrs in Outline(html).elements}


def test_a_rich_text_is_cleaned_and_other_texts_are_escaped():
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    rich = f'<p>Oak{attack}<a href="javascript:alert(1)">x</a></p>'
    html, section = rendered(
        "Article", title=attack, author=attack, chapters=[{"title": attack, "text": rich}]
    )
    assert "<script>alert" not in html
    assert "onerror=alert(1)>" not in html
    assert "javascript:" not in section
    assert "Oak" in section


@pytest.mark.parametrize(
    ("title", "chapter", "expected"),
    [
        ("Wood", "Oak", [1, 2, 3, 4, 3]),
        ("Wood", "", [1, 2, 3, 2]),
        ("", "Oak", [2, 3, 4, 3]),
        ("", "", [2, 3, 2]),
    ],
)
def test_headings_of_a_rich_text_stand_below_those_of_the_page(title, chapter, expected):
    text = "<h3>Leaf</h3><h3>Root</h3><h2>Bark</h2>"
    tall = {"title": title, "chapters": [{"title": chapter, "text": "<h2>Leaf</h2>" + text[13:]}]}
    _html, section = rendered("Article", **tall)
    assert levels(section) == expected
    low = {"title": title, "chapters": [{"title": chapter, "text": text}]}
    order = levels(rendered("Article", **low)[1])
    assert all(lower <= higher + 1 for higher, lower in pairwise(order))


def test_links_of_a_rich_text_lead_where_other_links_do():
    text = (
        '<p><a href="page:oak#leaf">a</a> <a href="/contact?a=1&amp;b=2">b</a> '
        '<a href="https://example.org/">c</a> <a href="page:nowhere">d</a></p>'
    )
    html = html_of(("Article", "one", {"chapters": [{"text": text}]}), path="/wood/oak")
    links = [attrs["href"] for attrs in Outline(html).all("a")][1:]
    assert links == [
        "../wood/oak#leaf", "../contact?a=1&b=2", "https://example.org/", "../",
    ]  # fmt: skip


HOSTILE = [
    ("Article", {"chapters": []}, "/chapters", "too_short"),
    ("Article", {"date": "2026-02-30"}, "/date", "no_such_day"),
    ("Article", {"date": 5}, "/date", "string_type"),
    ("Article", {"chapters": [{"text": "x" * 40_001}]}, "/chapters/0/text", "string_too_long"),
    ("CaseStudies", {"cases": [{"title": ""}]}, "/cases/0/title", "string_too_short"),
    ("CodeSample", {"files": [{"name": "a", "language": "perl6", "code": "x"}]},
     "/files/0/language", "literal_error"),
    ("CodeSample", {"files": [{"name": "a", "code": "x" * 12_001}]},
     "/files/0/code", "string_too_long"),
    ("Gallery", {"pictures": [{"picture": {"src": "http://a.example/x.png"}}]},
     "/pictures/0/picture/src", "unsafe_url"),
    ("Gallery", {"columns": 9}, "/columns", "less_than_equal"),
    ("Location", {"places": [{"address": ""}]}, "/places/0/address", "string_too_short"),
    ("Posts", {"entries": [{"title": "a", "href": "javascript:alert(1)"}]},
     "/entries/0/href", "unsafe_url"),
    ("Posts", {"entries": [{"title": "a", "href": "/", "date": "18.1.2026"}]},
     "/entries/0/date", "string_pattern_mismatch"),
    ("Quote", {"words": "x" * 601, "author": "A"}, "/words", "string_too_long"),
    ("Schedule", {"hours": [{"first": "someday"}]}, "/hours/0/first", "literal_error"),
    ("Schedule", {"hours": [{"first": "friday", "open": [{"start": "25:00", "end": "9:00"}]}]},
     "/hours/0/open/0/start", "string_pattern_mismatch"),
    ("Steps", {"steps": [{"title": "a", "onclick": "x"}]}, "/steps/0/onclick", "extra_forbidden"),
    ("Team", {"members": [{"name": "a", "links": [{"label": "x", "href": "data:x"}]}]},
     "/members/0/links/0/href", "unsafe_url"),
    ("Timeline", {"events": "long ago"}, "/events", "tuple_type"),
    ("Video", {"films": [{"title": "a", "href": "http://example.org/"}]},
     "/films/0/href", "unsafe_url"),
    ("Video", {"films": [{"title": "a", "href": "page:home"}]}, "/films/0/href", "unsafe_url"),
    ("Video", {"films": [{"title": "a", "href": "https://a.example", "duration": "long"}]},
     "/films/0/duration", "string_pattern_mismatch"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "props", "pointer", "code"), HOSTILE)
def test_what_a_section_does_not_take_is_named_where_it_stands(kind, props, pointer, code):
    example = registry()[kind].example(language="en")
    assert (f"/content/0/props{pointer}", code) in found(kind, **{**example, **props})


@pytest.mark.parametrize("kind", CONTENT)
def test_texts_are_escaped_wherever_they_stand(kind):
    """Every text of an example is replaced by an attack that the page must show as text."""
    attack = "<b onmouseover=alert(1)>\"'&"

    def attacked(value, name=""):
        if isinstance(value, dict):
            return {key: attacked(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [attacked(item, name) for item in value]
        return attack if isinstance(value, str) and name in TEXTS else value

    example = attacked(registry()[kind].example(language="en"))
    for variant in registry()[kind].variants:
        html = html_of((kind, "one", {**example, "variant": variant}))
        assert "<b " not in html
        outline = Outline(html)
        assert (outline.faults, outline.open) == ([], [])
        assert not any("onmouseover" in attrs for _tag, attrs in outline.elements)


TEXTS = frozenset(
    ["title", "text", "eyebrow", "caption", "detail", "alt", "name", "role", "label", "when",
     "author", "words", "address", "code", "problem", "work", "figure", "value", "note", "by",
     "transcript", "pull_quote"]
)  # fmt: skip
