from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class LinkBlock(StructBlock):
    label = CharBlock()
    href = CharBlock()


class ItemBlock(StructBlock):
    title = CharBlock(required=False)
    label = CharBlock(required=False)
    text = TextBlock(required=False)
    links = ListBlock(LinkBlock())


class SectionBlock(StructBlock):
    """What our sections have in common: a heading, a text, items and links."""

    kind = CharBlock()
    eyebrow = CharBlock(required=False)
    title = CharBlock(required=False)
    text = TextBlock(required=False)
    items = ListBlock(ItemBlock())
    links = ListBlock(LinkBlock())

    class Meta:
        template = "bakery_site/section.html"


class ContentPage(Page):
    """A page of sections."""

    template = "bakery_site/page.html"
    body = StreamField([("section", SectionBlock())])
