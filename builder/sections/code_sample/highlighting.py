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
    ("Name.Function", "name"),
    ("Name.Class", "name"),
    ("Name.Attribute", "name"),
    ("Name.Decorator", "name"),
    ("Generic.Prompt", "prompt"),
    ("Generic.Output", "output"),
)


@lru_cache(maxsize=256)
def highlighted(code: str, *, language: str) -> SafeString:
    """Write code as HTML, escaped, with spans `code__<kind>` around the words that have a kind."""
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    kinds = ((_class_of(kind), text) for kind, text in lexer.get_tokens(code))
    return SafeString(
        "".join(
            _marked("".join(text for _kind, text in tokens), name)
            for name, tokens in groupby(kinds, key=lambda token: token[0])
        )
    )


def _marked(text: str, name: str) -> str:
    return f'<span class="code__{name}">{escape(text)}</span>' if name else escape(text)


@lru_cache(maxsize=256)
def _class_of(kind: Any) -> str:
    """The class of a token's type; "" for none."""
    told = str(kind).removeprefix("Token.")
    return next((name for known, name in _CLASSES if f"{told}.".startswith(f"{known}.")), "")
