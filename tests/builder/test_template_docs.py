"""What docs/templates.md shows to authors is right."""

import json
import re
from pathlib import Path

from builder.rendering import tokens
from builder.template_library.library import _File
from builder.template_library.shorthand import whole_tokens

TEXT = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```json (\w+)\n(.*?)```", TEXT, re.DOTALL))


def test_the_example_has_every_member_of_the_file():
    example = json.loads(EXAMPLES["template"])
    assert set(example) == set(_File.model_fields)
    _File.model_validate(example)


def test_the_example_of_tokens_is_whole_and_right():
    document = whole_tokens(json.loads(EXAMPLES["tokens"]))
    assert set(document) == set(tokens.GROUPS)
    assert tokens.validate(document) == []


def test_every_kind_of_token_is_told_of():
    written = json.loads(EXAMPLES["tokens"])
    for path in tokens.usual_types():
        if path[0] == "color" and path[1].startswith("art-"):
            continue
        assert path[-1] in TEXT, path
    assert set(written["typography"]) == set(tokens.defaults()["typography"]) - {"$type"}
