"""What nearly every section has: its opening, its heading, its links.

Written in Python, since a page has dozens of them: as included templates they took half of the
time in which a page is rendered. Each escapes what it is given, and `SafeString` says so: Django's
`mark_safe` is the same, behind a look at whether its text is lazy.
"""

from html import escape
from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from builder.rendering import links
from builder.rendering.markup import bidi, inline, outward, paragraphs
from builder.rendering.piece import Piece
from builder.sections.props import Columns, PerBreakpoint

register = template.Library()

_ARROW = (
    '<svg class="arrow" viewBox="0 0 20 12" aria-hidden="true">'
    '<path d="M1 6h17M13 1l5 5-5 5"/></svg>'
)


class LinkNode(Piece):
    """`{% link <link> "<class>" [arrow] %}`"""

    def __init__(self, link: FilterExpression, css: str, *, arrow: bool) -> None:
        super().__init__(link)
        self.css, self.arrow = css, arrow

    def write(self, value: Any, context: Context) -> SafeString:
        return write_link(value, context, css=self.css, arrow=self.arrow)


class ActionsNode(Piece):
    """`{% actions <links> %}`: the first as a button, the others as links."""

    def write(self, value: Any, context: Context) -> SafeString:
        if not value:
            return SafeString("\n")
        (first, *others) = value
        written = [write_link(first, context, css="button", arrow=False)]
        written += [write_link(each, context, css="more", arrow=True) for each in others]
        return SafeString('<p class="actions">' + "\n".join(written) + "\n</p>\n")


class OpeningNode(template.Node):
    """`{% opening "<name>" %}`: a section's attributes."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        name, props, key = self.name, context["props"], escape(context["id"])
        look = f"{name}--{escape(props.variant)} tone tone--{escape(props.tone)}{_classes(props)}"
        labelled = f' aria-labelledby="{key}-title"' if getattr(props, "title", "") else ""
        return SafeString(
            f'class="section {name} {look}" id="{key}" '
            f'data-hh-component="{context["section"].type}"{labelled}\n'
        )


class HeadingNode(template.Node):
    """`{% heading %}`: what stands above a section's content."""

    def render(self, context: Context) -> SafeString:
        props = context["props"]
        if not (props.eyebrow or props.title or props.text):
            return SafeString("\n")
        eyebrow = f'<p class="eyebrow">{inline(props.eyebrow)}</p>' if props.eyebrow else ""
        text = f'<div class="head__text">{paragraphs(props.text)}</div>' if props.text else ""
        title = _title(props.title, context) if props.title else ""
        return SafeString(f'<header class="head">\n{eyebrow}\n{title}\n{text}\n</header>\n')


def _classes(props: Any) -> str:
    """The classes of what a section's props say for each breakpoint (see base.css)."""
    named = [f"space--{each}" for each in _steps(props.space) if each != "normal"]
    named += [f"columns--{each}" for each in _steps(_columns_of(props))]
    named += [f"unseen--{screen}" for screen in _unseen(props.shown)]
    return "".join(f" {each}" for each in named)


def _steps(value: PerBreakpoint[Any] | None) -> list[str]:
    """`large` for all screens, `wide-large` from a breakpoint on."""
    given = value.steps().items() if value else ()
    return [str(each) if name == "base" else f"{name}-{each}" for name, each in given]


def _unseen(shown: PerBreakpoint[bool]) -> list[str]:
    """The screens, by the breakpoint that they begin with, on which a section is not seen."""
    seen, found = shown.base, []
    for name, value in (("base", None), ("medium", shown.medium), ("wide", shown.wide)):
        seen = seen if value is None else value
        found += [] if seen else [name]
    return found


def _columns_of(props: Any) -> Columns | None:
    """The number of columns, if the section has one (a footer's columns are something else)."""
    found = getattr(props, "columns", None)
    return found if isinstance(found, Columns) else None


def write_link(link: Any, context: Context, *, css: str, arrow: bool) -> SafeString:
    """Write a link of the props; `css` is its class."""
    known = links.links_of(context["site"], context["base"])
    key = (link.href, link.label, link.track, css, arrow)
    written: SafeString | None = known.written.get(key)
    if written is None:
        address = known.address(link.href)
        written = known.written[key] = _written(link, address, css=css, arrow=arrow)
    return written


def _written(link: Any, address: str, *, css: str, arrow: bool) -> SafeString:
    track = f' data-hh-track="{escape(link.track)}"' if link.track else ""
    label = bidi(link.label)
    words = label if isinstance(label, SafeString) else escape(label)
    return SafeString(
        f'<a class="{css}" href="{escape(address)}"{outward(link.href)}{track}>{words}'
        f"{_ARROW if arrow else ''}</a>\n"
    )


def _title(title: str, context: Context) -> str:
    element = context["title_element"]
    page = " head__title--page" if element == "h1" else ""
    key = escape(context["id"])
    return f'<{element} class="head__title{page}" id="{key}-title">{inline(title)}</{element}>'


@register.tag("link")
def parse_link(parser: Parser, token: Token) -> LinkNode:
    _tag, link, css, *arrow = token.split_contents()
    return LinkNode(parser.compile_filter(link), css.strip('"'), arrow=arrow == ["arrow"])


@register.tag("actions")
def parse_actions(parser: Parser, token: Token) -> ActionsNode:
    _tag, found = token.split_contents()
    return ActionsNode(parser.compile_filter(found))


@register.tag("opening")
def parse_opening(parser: Parser, token: Token) -> OpeningNode:
    _tag, name = token.split_contents()
    return OpeningNode(name.strip('"'))


@register.tag("heading")
def parse_heading(parser: Parser, token: Token) -> HeadingNode:
    return HeadingNode()
