"""Pages and stylesheets as HTML and CSS."""

import re
from pathlib import Path

import pytest
from django.utils import translation

import builder.rendering
import builder.sections
from builder.rendering import (
    NavPage,
    PageInput,
    ScriptTag,
    render_not_found,
    render_page,
    render_stylesheet,
)
from builder.sections import registry
from tests.builder.pages import Outline, a_site, html_of, layout_of

ATTACK = "\"><script>alert(1)</script><b x='"


def strings_replaced(value, by):
    """The same props with every free text replaced."""
    free = {"title", "text", "label", "eyebrow", "brand", "note", "answer", "question", "author"}
    free |= {"role", "name", "price", "period", "submit", "success_title", "success_text", "hint"}
    if isinstance(value, dict):
        return {
            key: by if key in free and isinstance(item, str) else strings_replaced(item, by)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [strings_replaced(item, by) for item in value]
    return value


@pytest.mark.parametrize("kind", sorted(set(registry()) - {"ContactForm"}))
def test_hostile_texts_stay_texts(kind):
    props = strings_replaced(registry()[kind].example(language="en"), ATTACK)
    html = html_of((kind, "one", props), title=ATTACK, description=ATTACK)
    outline = Outline(html)
    assert outline.all("script") == []
    assert outline.all("b") == []
    assert not [attrs for _tag, attrs in outline.elements if "x" in attrs and "viewbox" in attrs]
    assert "<script" not in html


def test_hostile_names_of_the_site_and_its_form_stay_texts():
    fields = [{"name": "a", "label": ATTACK, "kind": "select", "options": [ATTACK], "hint": ATTACK}]
    props = {"title": ATTACK, "fields": fields, "picture": {"art": "marram/map", "alt": ATTACK}}
    pages = (NavPage("home", ATTACK, "/"), NavPage("b", ATTACK, "/b"))
    html = html_of(
        ("Navigation", "nav", {}),
        ("ContactForm", "form", props),
        ("Footer", "footer", {"variant": "wordmark"}),
        site=a_site(name=ATTACK, pages=pages, scripts=(ScriptTag("t.js", {"data-key": ATTACK}),)),
    )
    assert [attrs["src"] for attrs in Outline(html).all("script")] == ["./t.js"]
    assert html.count("<script") == 1


def test_script_attributes_are_data_attributes():
    with pytest.raises(ValueError, match="onload"):
        ScriptTag("t.js", {"onload": "x"})


def test_emphasis_and_line_breaks_are_all_the_markup_there_is():
    html = html_of(("Hero", "h", {"title": "Sit *down*\n2 * 3 * 4 <i>"}))
    assert "Sit <em>down</em><br>2 * 3 * 4 &lt;i&gt;" in html


def test_addresses_are_relative_so_that_a_page_serves_under_any_path():
    components = [
        ("Navigation", "nav", {"links": [{"label": "Write", "href": "page:contact#form"}]}),
        ("Hero", "h", {"title": "Oak", "actions": [{"label": "Go", "href": "/prices"}]}),
        ("NewsletterSignup", "news", {}),
    ]
    deep = html_of(*components, path="/wood/oak", key="oak")
    assert 'href="../assets/site.css"' in deep
    assert 'href="../contact#form"' in deep
    assert 'href="../prices"' in deep
    assert 'action="../_hh/forms/news"' in deep
    flat = html_of(*components, path="/contact")
    assert 'action="./_hh/forms/news"' in flat
    assert 'class="nav__brand" href="./"' in flat


def test_navigation_lists_the_sites_pages_and_marks_the_present_one():
    outline = Outline(html_of(("Navigation", "nav", {}), path="/contact"))
    links = [attrs for attrs in outline.all("a") if attrs.get("class") == "nav__link"]
    assert {attrs["href"] for attrs in links} == {"./", "./contact", "./wood/oak"}
    assert {attrs["href"] for attrs in links if "aria-current" in attrs} == {"./contact"}
    assert len(outline.all("details")) == 1


def test_a_form_posts_without_javascript_and_every_field_has_a_label():
    fields = [
        {"name": "email", "label": "E-mail", "kind": "email", "required": True},
        {"name": "note", "label": "Note", "kind": "textarea", "hint": "Short."},
    ]
    outline = Outline(html_of(("ContactForm", "form-1", {"fields": fields}), path="/contact"))
    (form,) = outline.all("form")
    assert form == {
        "class": "form",
        "method": "post",
        "action": "./_hh/forms/form-1",
        "data-hh-form": "form-1",
    }
    controls = [*outline.all("input"), *outline.all("textarea")]
    labelled = {attrs["for"] for attrs in outline.all("label")}
    assert {item["id"] for item in controls if item.get("type") != "hidden"} == labelled
    hidden = next(item for item in controls if item.get("type") == "hidden")
    assert hidden == {"type": "hidden", "name": "_path", "value": "/contact"}
    assert {item["name"] for item in controls} == {"email", "note", "_path", "_website"}
    assert "form-1-sent" in {attrs.get("id") for _tag, attrs in outline.elements}


def test_clicks_are_tracked_where_the_props_say_so():
    actions = [{"label": "Go", "href": "#a", "track": "hero-go"}, {"label": "No", "href": "#b"}]
    outline = Outline(html_of(("Hero", "h", {"title": "Oak", "actions": actions})))
    marked = [attrs["data-hh-track"] for attrs in outline.all("a") if "data-hh-track" in attrs]
    assert marked == ["hero-go"]


def test_the_page_has_its_landmarks_one_title_and_a_way_past_the_menu():
    html = html_of(
        ("Navigation", "nav", {}),
        ("Features", "f", {"title": "What", "items": [{"title": "One"}]}),
        ("CallToAction", "c", {"title": "Go", "actions": [{"label": "Go", "href": "#f"}]}),
        ("Footer", "end", {}),
    )
    outline = Outline(html)
    assert len(outline.all("h1")) == len(outline.all("main")) == len(outline.all("footer")) == 1
    assert outline.all("a")[0] == {"class": "skip", "href": "#main"}
    assert (
        html.index("</header>")
        < html.index("<main")
        < html.index("</main>")
        < html.index("<footer")
    )


def test_a_hero_further_down_still_bears_the_title():
    features = ("Features", "f", {"title": "What", "items": [{"title": "One"}]})
    html = html_of(features, ("Hero", "h", {"title": "Oak"}))
    assert 'id="h-title">Oak</h1>' in html
    assert 'id="f-title">What</h2>' in html


def test_an_arabic_page_is_arabic_and_right_to_left():
    html = html_of(
        ("Navigation", "nav", {}),
        ("NewsletterSignup", "news", {}),
        site=a_site(language="ar", direction="rtl"),
    )
    assert '<html lang="ar" dir="rtl">' in html
    assert "القائمة" in html
    assert "اشترك" in html
    assert "Subscribe" not in html


def test_every_fixed_text_of_a_page_has_its_arabic():
    folders = (Path(builder.rendering.__file__).parent, Path(builder.sections.__file__).parent)
    sources = [path.read_text("utf-8") for folder in folders for path in folder.rglob("*.html")]
    texts = {text for source in sources for text in re.findall(r'{% translate "([^"]+)"', source)}
    assert len(texts) > 10
    with translation.override("ar"):
        assert {text for text in texts if translation.gettext(text) == text} == set()


def test_telephone_numbers_run_left_to_right():
    link = {"label": "+966 17 555 0148", "href": "tel:+966175550148"}
    html = html_of(("Footer", "f", {"columns": [{"title": "Call", "links": [link]}]}))
    assert '<bdi dir="ltr">+966 17 555 0148</bdi>' in html


def test_search_engines_learn_the_address_unless_the_page_is_hidden():
    site = a_site(base_url="https://ply.example")
    shown = html_of(("Hero", "h", {"title": "Oak"}), path="/contact", site=site)
    assert '<link rel="canonical" href="https://ply.example/contact">' in shown
    hidden = html_of(("Hero", "h", {"title": "Oak"}), site=site, indexed=False)
    assert "noindex" in hidden
    assert "canonical" not in hidden


def test_a_page_needs_no_inline_style_or_script():
    content = [(kind, kind, s.example(language="en")) for kind, s in registry().items()]
    outline = Outline(html_of(*content))
    assert outline.all("style") == outline.all("script") == []
    for _tag, attrs in outline.elements:
        assert not [name for name in attrs if name == "style" or name.startswith("on")]


def test_the_page_for_missing_addresses_is_in_the_sites_language_and_absolute():
    page = render_not_found(site=a_site(language="ar", direction="rtl"), base="/s/ply/")
    assert "الصفحة غير موجودة" in page.html
    assert 'href="/s/ply/assets/site.css"' in page.html
    assert 'href="/s/ply/contact"' in page.html
    assert "noindex" in page.html


def test_a_page_says_which_sections_it_uses_and_rendering_repeats_itself():
    layout = layout_of(("Hero", "h", {"title": "Oak"}), ("Footer", "f", {}))
    page = PageInput(key="home", path="/", title="Oak", layout=layout)
    first = render_page(page=page, site=a_site())
    assert first.section_types == {"Hero", "Footer"}
    assert first == render_page(page=page, site=a_site())


def test_the_stylesheet_has_only_the_sections_in_use():
    css = render_stylesheet(tokens={}, section_types={"Hero"})
    assert ".hero__title" in css
    assert ".plan__price" not in css
    assert "/*" not in css
    with pytest.raises(KeyError, match="Carousel"):
        render_stylesheet(tokens={}, section_types={"Carousel"})


def test_breakpoints_of_the_tokens_become_media_queries():
    dimension = {"$type": "dimension", "$value": {"value": 777, "unit": "px"}}
    css = render_stylesheet(tokens={"breakpoint": {"wide": dimension}}, section_types={"Hero"})
    assert "@media (min-width:777px)" in css
    assert "@media (--" not in css


def test_styles_mirror_by_themselves():
    css = render_stylesheet(tokens={}, section_types=set(registry()))
    for physical in ("margin-left", "padding-right", "text-align:left", "border-left", " left:"):
        assert physical not in css
