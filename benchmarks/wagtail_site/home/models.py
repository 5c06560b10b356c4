"""A page as an ordinary site has it: a stream of headings and paragraphs, and a menu."""

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class HomePage(Page):
    body = StreamField([
        ("heading", blocks.CharBlock()),
        ("paragraph", blocks.RichTextBlock()),
    ])  # fmt: skip
