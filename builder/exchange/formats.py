"""The formats of each document: as it is kept, to what other programs read, and back.

`read(write(record))` is what the record held, and `write` of what was read is what was read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _

from accounts.faults import Fault, json_pointer
from builder import documents, storable
from builder.exchange import grapesjs
from builder.models import Sitemap, StyleGuide, Wireframe
from builder.rendering import tokens
from builder.sections import validate_layout

Columns = dict[str, Any]


class ExchangeError(Exception):
    """A document that is not taken in; `faults` point into it as it was handed over."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__(_("The document is not taken in as it stands."))
        self.faults = tuple(faults)


@dataclass(frozen=True, kw_only=True)
class Format:
    """`write` gives a record's document, `read` the columns in one, or raises `ExchangeError`."""

    name: str
    suffix: str
    write: Callable[[Any], Any]
    read: Callable[[Any], Columns]


def _write_sitemap(sitemap: Sitemap) -> dict[str, Any]:
    return {
        "title": sitemap.title,
        "description": sitemap.description,
        "pages": sitemap.pages,
        "metadata": sitemap.metadata,
    }


def _read_sitemap(document: Any) -> Columns:
    _refuse(storable.faults(document))
    if not isinstance(document, dict) or "pages" not in document:
        _refuse([Fault("", "invalid_type", _("A sitemap is an object with pages."))])
    known = {"title": str, "description": str, "pages": dict, "metadata": dict}
    _refuse(
        Fault(json_pointer([name]), "extra_forbidden", _("A sitemap has no such member."))
        for name in document
        if name not in known
    )
    _refuse(
        Fault(f"/{name}", "invalid_type", _("The member is of another type."))
        for name, kind in known.items()
        if not isinstance(document.get(name, kind()), kind)
    )
    _refuse(documents.sitemap_faults(document["pages"]))
    return dict(document)


def _write_puck(wireframe: Wireframe) -> Any:
    return wireframe.layout


def _read_puck(document: Any) -> Columns:
    _refuse(storable.faults(document) or validate_layout(document))
    return {"layout": document}


def _write_grapesjs(wireframe: Wireframe) -> dict[str, Any]:
    return grapesjs.write(wireframe.layout, key=wireframe.page_key, title=wireframe.title)


def _read_grapesjs(document: Any) -> Columns:
    layout, faults = grapesjs.read(document)
    _refuse(faults)
    _refuse(
        Fault(grapesjs.locate(fault.pointer), fault.code, fault.detail)
        for fault in validate_layout(layout)
    )
    return {"layout": layout}


def _write_dtcg(guide: StyleGuide) -> dict[str, Any]:
    return documents.token_document(documents.columns_of(guide))


def _read_dtcg(document: Any) -> Columns:
    _refuse(storable.faults(document))
    if not isinstance(document, dict):
        _refuse([Fault("", "invalid_type", _("A file of tokens is an object."))])
    # Which schema a file follows is about the file, and is written by whoever writes one.
    named = {name: value for name, value in document.items() if name != "$schema"}
    groups = documents.TOKEN_GROUPS.values()
    text = _("A style guide has the groups %(names)s.") % {"names": ", ".join(groups)}
    _refuse(
        Fault(json_pointer([name]), "unknown_group", text) for name in named if name not in groups
    )
    _refuse(tokens.validate(named))
    return documents.style_columns(named)


def _refuse(faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        raise ExchangeError(found)


# By the model; the first format is what is meant where none is named.
FORMATS: Final[Mapping[type[models.Model], tuple[Format, ...]]] = {
    Sitemap: (Format(name="json", suffix=".json", write=_write_sitemap, read=_read_sitemap),),
    Wireframe: (
        Format(name="puck", suffix=".puck.json", write=_write_puck, read=_read_puck),
        Format(
            name="grapesjs", suffix=".grapesjs.json", write=_write_grapesjs, read=_read_grapesjs
        ),
    ),
    StyleGuide: (Format(name="dtcg", suffix=".tokens.json", write=_write_dtcg, read=_read_dtcg),),
}
