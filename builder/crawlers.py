"""What crawlers are told of a site: its sitemap (sitemaps.org 0.9, with alternates), robots.txt."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr


def write_sitemap(
    *,
    locales: Mapping[str, Mapping[str, Any]],
    changed: Mapping[str, datetime.datetime],
    base_url: str,
) -> bytes:
    """The pages of a release: `locales` as it has them, the site's own language first.

    `changed` is when pages were last written, by their keys.
    """
    paths = {language: _keys(told) for language, told in locales.items()}
    addresses = "".join(
        _address(path, key=key, paths=paths, changed=changed, base_url=base_url)
        for pages in paths.values()
        for key, path in pages.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:xhtml="http://www.w3.org/1999/xhtml">{addresses}</urlset>\n'
    ).encode()


def write_robots(*, base_url: str) -> bytes:
    """Everything may be read; where the sitemap is."""
    return f"User-agent: *\nAllow: /\nSitemap: {base_url}/sitemap.xml\n".encode()


def _keys(told: Mapping[str, Any]) -> Mapping[str, str]:
    # Releases of before pages were known by their keys have none.
    keys: Mapping[str, str] = told.get("keys") or {path: path for path in told["pages"]}
    return keys


def _address(
    path: str,
    *,
    key: str,
    paths: Mapping[str, Mapping[str, str]],
    changed: Mapping[str, datetime.datetime],
    base_url: str,
) -> str:
    moment = changed.get(key)
    when = f"<lastmod>{moment.date().isoformat()}</lastmod>" if moment else ""
    others = "".join(_alternates(key, paths, base_url))
    return f"<url><loc>{escape(base_url + quote(path))}</loc>{when}{others}</url>"


def _alternates(key: str, paths: Mapping[str, Mapping[str, str]], base_url: str) -> Iterator[str]:
    there = [(language, pages[key]) for language, pages in paths.items() if key in pages]
    if len(there) > 1:
        # Who reads none of the languages is led to the site's own, the first.
        for language, path in [*there, ("x-default", there[0][1])]:
            address = quoteattr(base_url + quote(path))
            yield f'<xhtml:link rel="alternate" hreflang="{language}" href={address}/>'
