"""Design tokens: what is refused, and what CSS the rest becomes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.rendering import tokens


def color(*components, **more):
    return {"$type": "color", "$value": {"colorSpace": "srgb", "components": [*components], **more}}


def dimension(value, unit="rem"):
    return {"$type": "dimension", "$value": {"value": value, "unit": unit}}


def faults(document):
    return [(fault.pointer, fault.code) for fault in tokens.validate(document)]


def css(kind, value):
    return tokens.to_css_variables({"own": {"$type": kind, "$value": value}})["--own"]


def test_the_defaults_are_valid_and_stand_in_for_what_is_left_out():
    assert faults({}) == faults(tokens.defaults()) == []
    variables = tokens.to_css_variables({"color": {"accent": color(1, 0, 0)}})
    assert variables["--color-accent"] == "#ff0000"
    assert variables["--color-link"] == "#ff0000", "an alias of the defaults follows"
    assert variables["--color-text"] == "#1b1b19"


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("color", {"colorSpace": "srgb", "components": [0.2, 0.4, 1]}, "#3366ff"),
        (
            "color",
            {"colorSpace": "srgb", "components": [0, 0, 0], "alpha": 0.5},
            "color(srgb 0 0 0 / 0.5)",
        ),
        ("color", {"colorSpace": "oklch", "components": [0.7, 0.1, "none"]}, "oklch(0.7 0.1 none)"),
        ("color", {"colorSpace": "hsl", "components": [120, 50, 25]}, "hsl(120 50% 25%)"),
        (
            "color",
            {"colorSpace": "display-p3", "components": [1, 0, 0]},
            "color(display-p3 1 0 0)",
        ),
        ("dimension", {"value": 1.5, "unit": "rem"}, "1.5rem"),
        ("fontFamily", "Geeza Pro", '"Geeza Pro"'),
        ("fontFamily", ["Noto Kufi Arabic", "system-ui"], '"Noto Kufi Arabic", system-ui'),
        ("fontWeight", "semi-bold", "600"),
        ("fontWeight", 350, "350"),
        ("number", 1.25, "1.25"),
        (
            "shadow",
            {
                "color": {"colorSpace": "srgb", "components": [0, 0, 0]},
                "offsetX": {"value": 0, "unit": "px"},
                "offsetY": {"value": 2, "unit": "px"},
                "blur": {"value": 8, "unit": "px"},
                "spread": {"value": 0, "unit": "px"},
                "inset": True,
            },
            "inset 0px 2px 8px 0px #000000",
        ),
    ],
)
def test_values_are_written_as_css(kind, value, expected):
    assert css(kind, value) == expected


def test_typography_becomes_five_variables_and_follows_aliases_inside():
    document = {
        "typography": {
            "family": {"display": {"$type": "fontFamily", "$value": "Didot"}},
            "display": {
                "$type": "typography",
                "$value": {
                    "fontFamily": "{typography.family.display}",
                    "fontSize": {"value": 5, "unit": "rem"},
                    "fontWeight": "bold",
                    "letterSpacing": {"value": -3.2, "unit": "px"},
                    "lineHeight": 1,
                },
            },
        }
    }
    assert faults(document) == []
    variables = tokens.to_css_variables(document)
    assert variables["--typography-display-font-family"] == '"Didot"'
    assert variables["--typography-display-font-size"] == "5rem"
    assert variables["--typography-display-font-weight"] == "700"
    # Of the letters' height, so that smaller letters keep their proportions.
    assert variables["--typography-display-letter-spacing"] == "-0.04em"


def test_a_type_is_inherited_from_the_group_and_its_values_are_checked_all_the_same():
    good = {"value": 1, "unit": "rem"}
    document = {"own": {"$type": "dimension", "a": {"$value": good}, "b": {"$value": "1rem"}}}
    assert faults(document) == [("/own/b/$value", "invalid_value")]


@pytest.mark.parametrize(
    ("document", "pointer", "code"),
    [
        ([], "", "invalid_type"),
        ({"own": 1}, "/own", "invalid_type"),
        ({"own": {"$value": 1}}, "/own/$value", "missing_type"),
        ({"own": {"$type": "gradient", "$value": []}}, "/own/$value", "unknown_type"),
        ({"own": {"$type": 3, "$value": []}}, "/own/$type", "invalid_type"),
        ({"own": {"$type": "color", "$value": "{no.such}"}}, "/own/$value", "unknown_alias"),
        (
            {"own": {"$type": "number", "$value": "{color.accent}"}},
            "/own/$value",
            "alias_type",
        ),
        ({"a.b": color(0, 0, 0)}, "/a.b", "invalid_name"),
        ({"x;}*{": color(0, 0, 0)}, "/x;}*{", "invalid_name"),
        ({"own": {**dimension(1), "inner": dimension(2)}}, "/own/inner", "nested_token"),
        ({"own": {"$extends": "{color}"}}, "/own/$extends", "unsupported_member"),
        ({"color": {"accent": dimension(1)}}, "/color/accent/$value", "wrong_type"),
        ({"$value": 1}, "/$value", "unsupported_member"),
        ({"grid": {"columns": {}}}, "/grid/columns", "missing_token"),
        ({"color-accent": dimension(1)}, "/color-accent", "name_collision"),
        ({"a-b": {"c": dimension(1)}, "a": {"b-c": dimension(1)}}, "/a/b-c", "name_collision"),
        ({"own": dimension(1, "em")}, "/own/$value", "invalid_value"),
        ({"own": dimension(float("nan"))}, "/own/$value", "invalid_value"),
        ({"own": dimension(True)}, "/own/$value", "invalid_value"),
        ({"own": color(1.2, 0, 0)}, "/own/$value", "invalid_value"),
        ({"own": color(0, 0)}, "/own/$value", "invalid_value"),
        ({"own": color(0, 0, 0, hex="red")}, "/own/$value", "invalid_value"),
        ({"own": color(0, 0, 0, alpha=2)}, "/own/$value", "invalid_value"),
        ({"own": {"$type": "fontFamily", "$value": 'a"; }'}}, "/own/$value", "invalid_value"),
        ({"own": {"$type": "fontFamily", "$value": []}}, "/own/$value", "invalid_value"),
        ({"own": {"$type": "fontWeight", "$value": 1001}}, "/own/$value", "invalid_value"),
        ({"own": {"$type": "shadow", "$value": {}}}, "/own/$value", "invalid_value"),
    ],
)
def test_faults_say_where_and_what(document, pointer, code):
    assert faults(document) == [(pointer, code)]


def test_aliases_in_a_circle_are_faults_of_each():
    circle = {"a": {"$type": "color", "$value": "{b}"}, "b": {"$type": "color", "$value": "{a}"}}
    assert faults(circle) == [("/a/$value", "alias_cycle"), ("/b/$value", "alias_cycle")]
    with pytest.raises(tokens.TokenError):
        tokens.to_css_variables(circle)


def test_documents_of_any_depth_or_size_end():
    deep = {}
    for _ in range(2000):
        deep = {"a": deep}
    assert faults(deep)[0][1] == "too_deep"
    assert faults({f"t{n}": dimension(n) for n in range(501)}) == [("", "too_many_tokens")]


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
trees = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["$type", "$value", "color", "value", "unit", "a", "colorSpace"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
typed = st.fixed_dictionaries(
    {
        "$type": st.sampled_from(["color", "dimension", "fontFamily", "shadow", "typography"]),
        "$value": trees,
    }
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=trees | st.dictionaries(st.sampled_from(["a", "b"]), typed))
def test_whatever_is_accepted_is_harmless_css_and_nothing_raises(document):
    if tokens.validate(document):
        return
    for name, value in tokens.to_css_variables(document).items():
        assert not set(name + value) & set(";{}<>\\\n")
