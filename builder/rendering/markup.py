"""Filters and tags of the section templates; all of them escape what they are given."""

import re
from html import escape
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from builder.rendering import links
from builder.rendering.images import write_image
from builder.rendering.rich import write_rich
from builder.sections.props import Picture
from builder.sections.written import day, digits, time_of_day, weekday
from builder.template_library.art import read_art

register = template.Library()
for _writer in (day, digits, weekday):
    register.filter(_writer)
register.simple_tag(time_of_day)

_EMPHASIS = re.compile(r"\*([^*\s](?:[^*]*[^*\s])?)\*")
_BLANK_LINE = re.compile(r"\n\s*\n")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{6,}")


@register.filter(is_safe=True)
def inline(text: str) -> SafeString:
    """Escape a text, then set `*words*` in em and keep its line breaks."""
    marked = text if isinstance(text, SafeString) else escape(text)
    # Most texts have neither; a site's pages have tens of thousands of texts.
    if "*" in marked:
        marked = _EMPHASIS.sub(r"<em>\1</em>", marked)
    return SafeString(marked.replace("\n", "<br>"))


@register.filter(is_safe=True)
def paragraphs(text: str) -> SafeString:
    """Set each block between blank lines in a paragraph."""
    blocks = [block.strip() for block in _BLANK_LINE.split(text) if block.strip()]
    return SafeString("".join(f"<p>{inline(block)}</p>" for block in blocks))


@register.simple_tag(takes_context=True)
def href(context: Context, address: str) -> str:
    """Write the address that a link's href stands for."""
    return links.links_of(context["site"], context["base"]).address(address)


@register.simple_tag(takes_context=True)
def rich(context: Context, text: str, element: str, *, below: object = None) -> SafeString:
    """Write a rich text whose headings are such elements, or the next lower `below` a title."""
    level = int(element[1]) + bool(below)
    return write_rich(text, level=level, resolve=lambda address: href(context, address))


@register.simple_tag
def outward(address: str) -> SafeString:
    """Write the rel attribute of a link to another site."""
    return SafeString(' rel="noopener"' if address.lower().startswith("http") else "")


@register.simple_tag
def bidi(text: str) -> str | SafeString:
    """Set a telephone number left to right, whatever surrounds it."""
    return format_html('<bdi dir="ltr">{}</bdi>', text) if _PHONE.fullmatch(text) else text


@register.simple_tag(takes_context=True)
def picture(
    context: Context, value: Picture | None, *, eager: bool = False, sizes: str = "100vw"
) -> SafeString:
    """Write a drawing, an uploaded picture or an image; nothing when there is none.

    `sizes` is how wide it will be, as the attribute of that name says it. The first picture of
    the page's first section is as urgent as one that is `eager`.
    """
    if value is None:
        return SafeString("")
    if value.art:
        return _drawing(value)
    state: Any = context.render_context
    is_first = (eager or bool(context.get("leads"))) and "has_picture" not in state
    uploaded = context["page"].images.get(value.image) if value.image else None
    if uploaded is not None:
        state["has_picture"] = True
        return write_image(
            uploaded,
            base=context["base"],
            alt=value.alt,
            sizes=sizes,
            eager=eager or is_first,
            first=is_first,
        )
    if not value.src:
        return SafeString("")
    size = [(name, getattr(value, name)) for name in ("width", "height") if getattr(value, name)]
    return format_html(
        '<img class="picture" src="{}" alt="{}"{} loading="{}" decoding="async">',
        value.src,
        value.alt,
        format_html_join("", ' {}="{}"', size),
        "eager" if eager else "lazy",
    )


@register.simple_tag
def wordmark(text: str) -> SafeString:
    """Write a name as large as the page is wide, whatever its length."""
    # An average letter is two thirds of its height wide; what is left over stands at the sides.
    # Arabic has wider ones, and more of them below the line.
    arabic = _ARABIC.search(text) is not None
    width = max(len(text), 4) * (86 if arabic else 66)
    return format_html(
        '<svg class="wordmark" viewBox="0 0 {0} {3}" aria-hidden="true">'
        '<text x="{1}" y="78" font-size="100" text-anchor="middle">{2}</text></svg>',
        width,
        width // 2,
        text,
        112 if arabic else 80,
    )


def _drawing(value: Picture) -> SafeString:
    label: Any = (
        format_html('role="img" aria-label="{}"', value.alt)
        if value.alt
        else mark_safe('aria-hidden="true"')
    )
    opening = format_html('<svg class="picture" focusable="false" {} ', label)
    svg = read_art(name=value.art)
    return mark_safe(opening + svg.removeprefix("<svg "))  # noqa: S308  the library's own drawing


# The tags that set no variable: `builder.rendering.written` calls them directly.
READ_ONLY = frozenset([href, outward, bidi, picture, wordmark, time_of_day, rich])
