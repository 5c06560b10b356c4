"""Quick nodes write what Django's own do, whatever they are given."""

from functools import cache
from pathlib import Path

import pytest
from django.template import Context, Engine
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe

from builder.rendering import NavPage, PageInput, SiteInput, engine, pages, render_page
from builder.sections import registry
from builder.template_library import library

ROOT = Path(engine.__file__).parent
PARTS = ["builder.rendering.markup", "builder.rendering.pieces", "django.templatetags.i18n"]


def engine_with(loader):
    files = "django.template.loaders.filesystem.Loader"
    folders = [str(ROOT.parent / "sections"), str(ROOT / "templates")]
    return Engine(dirs=folders, builtins=PARTS, loaders=[(loader, [files])])


@cache
def plain():
    """The engine as it would be without quick nodes."""
    return engine_with("django.template.loaders.cached.Loader")


def rendered_by_both(monkeypatch, page, site):
    quick = render_page(page=page, site=site).html
    with monkeypatch.context() as patched:
        patched.setattr(pages, "page_engine", plain)
        return quick, render_page(page=page, site=site).html


@pytest.mark.parametrize("template", library.load(), ids=lambda each: each.slug)
def test_every_page_of_the_library_is_the_same(template, monkeypatch):
    menu = tuple(NavPage(page.key, page.title, page.path) for page in template.pages)
    site = SiteInput(
        name="Ply & <Co>", language=template.language, direction="ltr", pages=menu,
        tokens=template.tokens, stylesheet_path="assets/site.css", base_url="http://x",
    )  # fmt: skip
    for each in template.pages:
        page = PageInput(key=each.key, path=each.path, title=each.title, layout=each.layout)
        quick, slow = rendered_by_both(monkeypatch, page, site)
        assert quick == slow


@pytest.mark.parametrize("kind", sorted(registry()))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_section_is_the_same(kind, language, monkeypatch):
    props = {**registry()[kind].example(language=language), "id": "one"}
    layout = {"content": [{"type": kind, "props": props}]}
    site = SiteInput(
        name="Ply", language=language, direction="rtl", tokens={},
        pages=(NavPage("home", "Home", "/"),), stylesheet_path="assets/site.css",
    )  # fmt: skip
    page = PageInput(key="home", path="/a/b", title="A page", layout=layout)
    quick, slow = rendered_by_both(monkeypatch, page, site)
    assert quick == slow


class AbsentError(Exception):
    silent_variable_failure = True


class Broken:
    @property
    def text(self):
        raise AbsentError


class Thing:
    text = "<text>"
    nothing = None

    def call(self):
        return "<called>"


CASES = [
    "{{ thing.text }} {{ thing.missing }} {{ missing }} {{ thing.nothing }} {{ thing.call }}",
    "{{ safe }} {{ lazy }} {{ number }} {{ words.0 }} {{ words|length }} {{ text|upper }}",
    "{{ text|inline }} {{ star|inline }} {{ star|paragraphs }} {{ safe|inline }}",
    "{% for one in words %}{{ forloop.counter }}{{ forloop.last }}{{ one }}{% endfor %}{{ one }}",
    "{% for a in pairs %}{% for b in a %}{{ forloop.parentloop.first }}{% endfor %}{% endfor %}",
    "{% for a, b in pairs %}{{ a }}{{ b }}{% endfor %}",
    "{% for x in words reversed %}{{ x }}{% endfor %}",
    "{% for x in missing %}x{% empty %}none{% endfor %}",
    "{% for x in number_list %}{{ x }}{% endfor %}",
    "{% for x in missing %}x{% endfor %}{% for x in thing.call %}{{ x }}{% endfor %}",
    "{% if missing %}a{% elif thing.text %}b{% else %}c{% endif %}{% if not text %}d{% endif %}",
    "{% if text == '<a>' and words.1 %}e{% endif %}{% if thing.call %}f{% endif %}",
    "{% if words|length > 1 %}g{% endif %}{% if missing.deep or number == 3 %}h{% endif %}",
    "{% with x=text %}{{ x }}{% endwith %}{% firstof missing text %}",
    '{% include "sent.html" with id="k" props=thing %}',
    "{% autoescape off %}{{ text }}{% if text %}{{ text }}{% endif %}{% endautoescape %}{{ text }}",
    "{{ text }}{% firstof missing text as text %}{{ text }}",
    "{{ number }}{% translate 'x' as number %}{{ number }}",
    "{% for one in words %}{% firstof number as one %}{{ one }}{% endfor %}{{ one }}{{ text }}",
    "{% for one in words %}{{ text }}{% firstof number as text %}{% endfor %}{{ text }}",
    "{% for text in words %}{% for text in words %}{{ text }}{% endfor %}{{ text }}{% endfor %}",
    "{% for x in words %}{% cycle 'a' 'b' %}{% ifchanged x %}c{% endifchanged %}{% endfor %}",
    "{% for a in pairs %}{% if forloop.counter == 2 or forloop.first %}b{% endif %}{% endfor %}",
    (
        "{% for a in pairs %}{% for b in a %}{% if forloop.parentloop.last and not forloop.first %}"
        "{{ b }}{% elif forloop.last %}l{% endif %}{% endfor %}{% endfor %}"
    ),
    "{% if number < none %}a{% else %}b{% endif %}",
    "{% if 'y' in words and 5 not in none %}a{% else %}b{% endif %}",
    "{% if broken.text %}a{% endif %}{{ broken.text }}{% if text is text %}b{% endif %}",
    "{{ mapping.items }}{{ mapping.class }}",
    "{% for k, v in mapping.items %}{{ k }}{{ v }}{% endfor %}",
    "{{ title|default:'none' }}{{ 5 }}{{ 'a<b' }}{{ _('Menu') }}{% picture thing.nothing %}",
    "{% with one=words.0 %}{% for x in words %}{{ one }}{% endfor %}{% endwith %}{{ one }}",
    "{% bidi phone %}{% bidi text %}{% wordmark text %}{% outward 'http://a' %}{% lorem 1 w %}",
    "{% if words %}" * 30 + "{{ text }}" + "{% endif %}" * 30,
    "{% for x in words %}" * 8 + "{{ x }}{{ forloop.first }}" + "{% endfor %}" * 8,
    "{% for x in words %}{% comment %}{{ x }}{% endcomment %}{# x #}{% endfor %}",
    "{% spaceless %}<b> <i>{{ text }}</i> </b>{% endspaceless %}",
    "{% filter upper %}{{ text }}{% endfilter %}",
]


@pytest.mark.parametrize("source", CASES)
def test_what_is_out_of_the_ordinary_is_the_same(source):
    from builder.rendering.quick import quickened

    values = {
        "thing": Thing(), "text": "<a>", "safe": mark_safe("<b>"), "lazy": lazystr("<c>"),
        "number": 3, "words": ["<x>", "y"], "pairs": [("1", "2"), ("3", "4")], "star": "*a* b\n\nc",
        "number_list": [1, 2.5], "default_title": "Thanks", "broken": Broken(),
        "mapping": {"class": "<k>", "b": 1}, "phone": "+966 11 400 0100", "none": None,
    }  # fmt: skip
    template = plain().from_string(source)
    slow = template.render(Context({**values}))
    template.nodelist = quickened(template.nodelist)
    assert template.render(Context({**values})) == slow
