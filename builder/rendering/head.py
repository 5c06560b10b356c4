"""What a page's head says of it: Open Graph (https://ogp.me), its feed, its structured data."""

from collections.abc import Iterator
from typing import Any, Final

from builder.rendering.site import PageInput, SiteInput
from builder.rendering.structured import structured
from builder.sections import Component
from builder.sections.props import Picture

# Open Graph wants a territory: these are the ones that readers of it know.
_OG_LOCALES: Final = {"en": "en_US", "ar": "ar_AR"}


def head(page: PageInput, site: SiteInput, parts: list[Component]) -> dict[str, Any]:
    """What the template of a page's head is given besides page and site."""
    shown = [part for part in parts if not part.props.hidden]
    image, alt = _image(page, site, shown)
    return {
        "og_type": "article"
        if any(each.section.type == "Article" for each in shown)
        else "website",
        "og_locale": _OG_LOCALES.get(site.language, site.language),
        "og_alternates": [
            _OG_LOCALES.get(language, language)
            for language, _path in page.alternates
            if language != site.language
        ],
        "og_image": image,
        "og_image_alt": alt,
        # The page's end has them where its top has not.
        "languages_below": not any(each.section.type == "Navigation" for each in shown),
        "feed_href": site.feed_path.removeprefix("/"),
        "structured": structured(page, site, parts),
    }


def _image(page: PageInput, site: SiteInput, parts: list[Component]) -> tuple[str, str]:
    """The page's first picture that is no drawing, as a whole address, with its text.

    Readers of Open Graph show no SVG. An uploaded picture wants the site's public address.
    """
    for picture in _pictures([part.props for part in parts]):
        files = page.images.get(str(picture.image)) if picture.image else None
        if files is not None and site.base_url:
            _kind, plain = files.sources[-1]
            return f"{site.base_url}/{plain[-1].path}", picture.alt or files.alt
        if picture.src:
            return picture.src, picture.alt
    return "", ""


def _pictures(value: Any) -> Iterator[Picture]:
    """All pictures within props, in their order."""
    if isinstance(value, Picture):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _pictures(item)
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            yield from _pictures(getattr(value, name))
