"""Writes rich texts into a page: their links as the page's own, their headings below its own."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final

from django.utils.safestring import SafeString

# The cleaner writes a link's address first, and no attribute on a heading.
_LINK: Final = re.compile(r'<a href="((?:page:|/)[^"]*)"')
_HEADING: Final = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)


def write_rich(text: str, *, level: int, resolve: Callable[[str], str]) -> SafeString:
    """Write a rich text that was cleaned (`props.Rich`).

    `level` is that of its first headings (1..6); none is more than one below the one before it.
    `resolve` says which address a link within the site stands for.
    """
    last = level - 1

    def heading(match: re.Match[str]) -> str:
        nonlocal last
        last = min(level + int(match[1]) - 2, last + 1)
        return f"<h{last}>{match[2]}</h{last}>"

    def link(match: re.Match[str]) -> str:
        return f'<a href="{escape(resolve(unescape(match[1])))}"'

    return SafeString(_LINK.sub(link, _HEADING.sub(heading, text)))
