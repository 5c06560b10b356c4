"""Our files in the hands of the programs that they are for: GrapesJS and terrazzo, in Node."""

import json
from functools import partial
from pathlib import Path

import pytest

from builder.exchange import FORMATS, ExchangeError
from builder.models import StyleGuide, Wireframe
from builder.rendering.tokens import defaults
from tests.builder import node_packages
from tests.builder.exchange.library import NAMES, PAGES, TEMPLATES, guide_of, wireframe_of

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("node")]
HERE = Path(__file__).parent
GRAPESJS = next(form for form in FORMATS[Wireframe] if form.name == "grapesjs")
(DTCG,) = FORMATS[StyleGuide]


@pytest.fixture(scope="module")
def node(pytestconfig):
    """Runs a script of this folder on a document, in Node with the packages beside it."""
    return partial(node_packages.run, node_packages.installed(pytestconfig, HERE))


def sent(document):
    return json.loads(json.dumps(document))


# --- GrapesJS ---


@pytest.fixture(scope="module")
def stored(node):
    """What GrapesJS stores of every page of the library, once it has loaded it."""
    written = [GRAPESJS.write(wireframe_of(page)) for _slug, page in PAGES]
    return dict(zip(NAMES, node("grapesjs_oracle.js", written), strict=True))


@pytest.mark.parametrize(("slug", "page"), PAGES, ids=NAMES)
def test_every_page_survives_grapesjs(stored, slug, page):
    project = stored[f"{slug}-{page.key}"]
    assert GRAPESJS.read(project) == {"layout": page.layout}
    components = project["pages"][0]["frames"][0]["component"]["components"]
    assert len(components) == len(page.layout["content"])


def test_an_empty_page_and_odd_words_survive_grapesjs(node):
    odd = {
        "root": {},
        "content": [
            {"type": "Hero", "props": {"id": "h", "variant": "plain", "title": words}}
            for words in ("<img src=x onerror=alert(1)>", "{{ x }}", "قهوة ☕ \u2028", "&amp; \\")
        ],
    }
    for number, one in enumerate(odd["content"]):
        one["props"]["id"] = f"h{number}"
    layouts = [odd, {"content": []}, {"root": {"props": {}}, "content": [], "zones": {}}]
    written = [GRAPESJS.write(Wireframe(page_key="p", layout=layout)) for layout in layouts]
    back = node("grapesjs_oracle.js", written)
    assert [GRAPESJS.read(project)["layout"] for project in back] == layouts


def test_what_grapesjs_users_add_of_their_own_is_refused(node):
    """A text, a class and a style, as GrapesJS itself writes them."""
    project = GRAPESJS.write(wireframe_of(PAGES[0][1]))
    components = project["pages"][0]["frames"][0]["component"]["components"]
    components.append({"type": "text", "components": [{"type": "textnode", "content": "Hi"}]})
    components[0]["classes"] = ["wide"]
    project["styles"] = [{"selectors": ["wide"], "style": {"color": "red"}}]
    (back,) = node("grapesjs_oracle.js", [project])
    with pytest.raises(ExchangeError) as refused:
        GRAPESJS.read(back)
    assert [fault.pointer for fault in refused.value.faults] == ["/styles"]
    back["styles"] = []
    with pytest.raises(ExchangeError) as refused:
        GRAPESJS.read(back)
    here = "/pages/0/frames/0/component/components"
    assert {fault.pointer for fault in refused.value.faults} == {
        f"{here}/0/classes",
        f"{here}/{len(components) - 1}/type",
    }


# --- terrazzo ---

ACCENT = {"colorSpace": "srgb", "components": [1, 0, 0]}
NUMBER = {"$type": "number", "$value": 1}
PX = {"value": 1, "unit": "px"}
TEXT = {
    "fontFamily": "Didot",
    "fontSize": PX,
    "fontWeight": 400,
    "letterSpacing": PX,
    "lineHeight": 1,
}
SHADOW = {"color": ACCENT, "offsetX": PX, "offsetY": PX, "blur": PX, "spread": PX}


def token(kind, value):
    return {"component": {"own": {"$type": kind, "$value": value}}}


def color(**members):
    return token("color", {**ACCENT, **members})


def colors(**tokens):
    return {"color": {"$type": "color", **tokens}}


AGREED = {
    "a colour": token("color", ACCENT),
    "a shadow": token("shadow", SHADOW),
    "typography": token("typography", TEXT),
    "a type of the group": colors(own={"$value": ACCENT}),
    "an alias": colors(own={"$value": ACCENT}, other={"$value": "{color.own}"}),
    "the weight of a name": token("fontWeight", "semi-bold"),
}
REFUSED = {
    "a circle": colors(a={"$value": "{color.b}"}, b={"$value": "{color.a}"}),
    "itself": colors(a={"$value": "{color.a}"}),
    "nothing": colors(a={"$value": "{color.zz}"}),
    "a group": {**colors(g={"a": {"$value": ACCENT}}, b={"$value": "{color.g}"})},
    "an alias to another type": {
        **colors(a={"$value": ACCENT}),
        "spacing": {"x": {"$type": "dimension", "$value": "{color.a}"}},
    },
    "an alias to another type than the group's": {
        **colors(a={"$value": ACCENT}),
        "spacing": {"$type": "dimension", "x": {"$value": "{color.a}"}},
    },
    "a part that is an alias to another type": {
        "component": {
            "n": NUMBER,
            "t": {"$type": "typography", "$value": {**TEXT, "fontSize": "{component.n}"}},
        }
    },
    "a dimension as a colour": token("color", PX),
    "a colour's name": token("color", "red"),
    "a colour's hex": token("color", "#ff0000"),
    "four components": color(components=[1, 0, 0, 1]),
    "a component out of range": color(components=[2, 0, 0]),
    "a percentage out of range": color(colorSpace="hsl", components=[1, 200, 0]),
    "an unknown colour space": color(colorSpace="cmyk"),
    "an alpha out of range": color(alpha=3),
    "half a hex": color(hex="#ff"),
    "an unknown member of a colour": color(opacity=1),
    "a wrong value under the group's type": colors(a={"$value": 3}),
    "a weight beyond a thousand": token("fontWeight", 2000),
    "an unknown weight": token("fontWeight", "fat"),
    "a number as text": token("number", "1"),
    "a dimension as text": token("dimension", "1px"),
    "an unknown unit": token("dimension", {"value": 1, "unit": "pt"}),
    "a family that is a number": token("fontFamily", 3),
    "typography of one part": token("typography", {"fontFamily": "Didot"}),
    "a shadow without a colour": token(
        "shadow", {key: value for key, value in SHADOW.items() if key != "color"}
    ),
}
# Where we refuse what terrazzo takes, and why.
STRICTER = {
    "em: sections are laid out in px and rem, as the format says": token(
        "dimension", {"value": 1, "unit": "em"}
    ),
    "a type that no section reads": token("duration", {"value": 1, "unit": "ms"}),
    "an unknown type": token("nonsense", 1),
    "no type at all": {"component": {"own": {"$value": 1}}},
    "a type that is no text": {"component": {"own": {"$type": 1, "$value": 1}}},
    "a token within a token": {"component": {"own": {**NUMBER, "inner": NUMBER}}},
    "a name with a dot": {"component": {"a.b": NUMBER}},
    "a name with a brace": {"component": {"a{b": NUMBER}},
    "a reference by pointer": {"component": {"a": NUMBER, "b": {"$ref": "#/component/a"}}},
    "a group that extends another": {
        "component": {"a": {"x": NUMBER}, "b": {"$extends": "{component.a}"}}
    },
    "a root token": {"component": {"a": {"$root": NUMBER}}},
    "a member that the format has not": {"component": {"a": {**NUMBER, "$foo": 1}}},
    "a group that is a list": {"component": {"a": [1]}},
    "a group that is a text": {"component": {"a": "x"}},
    "a group that no style guide has": {"brand": {"a": NUMBER}},
    "a description of the whole": {"$description": "Moss", "component": {"a": NUMBER}},
}
# Where we take what terrazzo refuses, and why.
LAXER = {
    "none: the format has it for a component without a value": color(
        colorSpace="oklch", components=[0.5, 0.1, "none"]
    ),
    "a of lab has no bounds in the format": color(colorSpace="lab", components=[50, 200, 0]),
    "chroma has no upper bound in the format": color(
        colorSpace="oklch", components=[0.5, 0.6, 120]
    ),
    "the format's weights end with 1000, not 999": token("fontWeight", 1000),
}


def ours(file):
    try:
        DTCG.read(file)
    except ExchangeError as error:
        return error.faults[0].detail
    return ""


@pytest.fixture(scope="module")
def judged(node):
    """What terrazzo says of each file above, by its name."""
    files = {**AGREED, **REFUSED, **STRICTER, **LAXER}
    told = node("terrazzo_oracle.js", list(files.values()))
    return dict(zip(files, told, strict=True))


@pytest.mark.parametrize("template", TEMPLATES, ids=[one.slug for one in TEMPLATES])
def test_our_style_guides_are_taken_by_terrazzo(node, template):
    written = sent(DTCG.write(guide_of(template)))
    whole, usual = node("terrazzo_oracle.js", [written, defaults()])
    assert whole["refused"] == usual["refused"] == ""
    assert whole["tokens"] == json.dumps(written).count('"$value"')


@pytest.mark.parametrize(
    ("names", "we", "they"),
    [(AGREED, True, True), (REFUSED, False, False), (STRICTER, False, True), (LAXER, True, False)],
    ids=["both take", "both refuse", "we are stricter", "we are laxer"],
)
def test_we_and_terrazzo_judge_as_listed(judged, names, we, they):
    files = {**AGREED, **REFUSED, **STRICTER, **LAXER}
    wrong = {
        name: (ours(files[name]), judged[name]["refused"][:200])
        for name in names
        if (ours(files[name]) == "", judged[name]["refused"] == "") != (we, they)
    }
    assert wrong == {}
