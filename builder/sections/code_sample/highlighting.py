"""Marks the kinds of words in code, with Pygments' lexers and eight classes of our own.

Colours are the section's style: a page has no style attributes, and its tones know which colours
can be read on which.
"""

from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any, Final

from django.utils.safestring import SafeString

# The first that a token's type is within gives its class; what is in none stands as it is.
_CLASSES: Final = (
    ("Comment", "comment"),
    ("Keyword.Constant", "number"),
    ("Keyword", "keyword"),
    ("Operator.Word", "keyword"),
    ("Name.Tag", "keyword"),
    ("Literal.String", "string"),
    ("Literal.Number", "number"),
    ("Name.Function", "defined"),
    ("Name.Class", "defined"),
    ("Name.Attribute", "defined"),
    ("Name.Decorator", "defined"),
    ("Generic.Prompt", "prompt"),
    ("Generic.Output", "output"),
)


@lru_cache(maxsize=256)
def highlighted(code: str, *, language: str) -> SafeString:
    """Write code as HTML, escaped, with spans `code__<kind>` around the words that have a kind."""
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(language, stripnl=False)
    # Some lexers see the last line only when a line's end follows it.
    tokens = [(_class_of(kind), text) for kind, text in lexer.get_tokens(code + "\n")]
    if "".join(text for _name, text in tokens) != code + "\n":
        return SafeString(escape(code))
    runs = groupby(tokens, key=lambda token: token[0])
    html = "".join(_marked("".join(text for _name, text in run), name) for name, run in runs)
    return SafeString(html.removesuffix("\n"))


def _marked(text: str, name: str) -> str:
    words = text.rstrip("\n")
    if not (name and words):
        return escape(text)
    return f'<span class="code__{name}">{escape(words)}</span>' + text[len(words) :]


@lru_cache(maxsize=256)
def _class_of(kind: Any) -> str:
    """The class of a token's type; "" for none."""
    told = str(kind).removeprefix("Token.")
    return next((name for known, name in _CLASSES if f"{told}.".startswith(f"{known}.")), "")
