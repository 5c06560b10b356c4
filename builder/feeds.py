"""The feed of a site that lists entries with dates (Atom, RFC 4287)."""

import datetime
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from builder.rendering import PageInput, SiteInput
from builder.rendering.structured import absolute, plain
from builder.sections import components
from builder.sections.posts.section import Entry

CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"
FEED_PATH: Final = "/feed.xml"
_MOST_ENTRIES: Final = 60


@dataclass(frozen=True, slots=True)
class _Item:
    url: str
    entry: Entry

    @property
    def key(self) -> str:
        told = f"{self.url} {self.entry.title} {self.entry.date}"
        return uuid.uuid5(uuid.NAMESPACE_URL, told).urn


def write_feed(*, site: SiteInput, pages: Sequence[PageInput]) -> bytes | None:
    """The feed of the entries that pages of one language list; None where none has a date.

    The newest come first; what two lists name alike is in it once.
    """
    found = {item.key: item for page in pages for item in _items(page, site)}
    items = sorted(found.values(), key=lambda item: (item.entry.date, item.url), reverse=True)
    if not items or not site.base_url:
        return None
    home = site.base_url + site.home_path
    here = site.base_url + site.home_path.rstrip("/") + FEED_PATH
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{site.language}">',
        f"<id>{escape(home)}</id><title>{escape(site.name)}</title>",
        f"<updated>{_moment(items[0].entry)}</updated>",
        f"<author><name>{escape(site.name)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(here)}/>',
        f"<link href={quoteattr(home)}/>",
        *(line for item in items[:_MOST_ENTRIES] for line in _entry(item)),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def _items(page: PageInput, site: SiteInput) -> Iterator[_Item]:
    for part in components(dict(page.layout)):
        if part.section.type == "Posts" and not part.props.hidden:
            entries: Iterable[Entry] = part.props.entries  # type: ignore[attr-defined]
            for entry in entries:
                if entry.date:
                    yield _Item(absolute(entry.href, page=page, site=site), entry)


def _entry(item: _Item) -> Iterator[str]:
    entry = item.entry
    yield f"<entry><id>{item.key}</id><title>{escape(plain(entry.title))}</title>"
    yield f"<link href={quoteattr(item.url)}/><updated>{_moment(entry)}</updated>"
    if entry.author:
        yield f"<author><name>{escape(entry.author)}</name></author>"
    if entry.text:
        yield f"<summary>{escape(plain(entry.text))}</summary>"
    yield "</entry>"


def _moment(entry: Entry) -> str:
    day = datetime.date.fromisoformat(str(entry.date))
    return f"{day.isoformat()}T00:00:00Z"
