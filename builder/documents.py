"""What makes a project's documents right: checked here before they are written or published.

Pointers (RFC 6901) lead into the document as it is named to the person: `/pages/about/path`,
`/layout/content/2/type`, `/colors/accent/$value`.
"""

import re
import uuid
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from accounts import tenancy
from accounts.faults import Fault, json_pointer
from builder import components, storable
from builder.images import known as images
from builder.models import Sitemap, StyleGuide, Wireframe
from builder.rendering import NavPage
from builder.sections import validate_layout

# A style guide's columns, and the groups of the site's token document that they are.
TOKEN_GROUPS: Final = {
    "colors": "color",
    "typography": "typography",
    "spacing": "spacing",
    "components": "component",
    "grid": "grid",
    "breakpoints": "breakpoint",
}
_COLUMNS: Final = {group: column for column, group in TOKEN_GROUPS.items()}
# First steps of addresses that the edge answers itself.
RESERVED: Final = frozenset(
    {"_hh", "v1", "s", "assets", "livez", "readyz", "batch", "capture", "e", "i", "flags", "ofrep"}
)
MAX_PAGES: Final = 200
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_PATH = re.compile(r"/|(/[^\W_A-Z][^\WA-Z]*(-+[^\WA-Z]+)*)+")
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_Path = Annotated[str, StringConstraints(max_length=200)]


class SitePage(BaseModel):
    """An entry of a sitemap's pages; `order` is its place in menus."""

    model_config = ConfigDict(extra="allow", frozen=True)

    title: _Text
    path: _Path
    description: Annotated[str, StringConstraints(max_length=500)] = ""
    order: Annotated[int, Field(ge=0, le=10_000)] = 0


def sitemap_faults(pages: Any) -> list[Fault]:
    """What is wrong with a sitemap's pages; an empty sitemap is right, though not publishable."""
    kept = unkeepable("pages", pages)
    if kept:
        return kept
    if not isinstance(pages, dict):
        return [Fault("/pages", "invalid_type", _("Pages are an object, a page by its key."))]
    if len(pages) > MAX_PAGES:
        text = _("A site has at most %(count)d pages.") % {"count": MAX_PAGES}
        return [Fault("/pages", "too_many_pages", text)]
    faults: list[Fault] = []
    owners: dict[str, str] = {}
    for key, page in pages.items():
        faults.extend(_page_faults(key, page, owners=owners))
    if pages and not faults and "/" not in owners:
        faults.append(Fault("/pages", "no_home_page", _("One page has the path “/”.")))
    return faults


def site_pages(pages: Mapping[str, Any]) -> list[NavPage]:
    """The pages of a sitemap without faults, in their order: the home page first."""
    read = [(key, SitePage.model_validate(page)) for key, page in pages.items()]
    read.sort(key=lambda item: (item[1].path != "/", item[1].order, item[1].path))
    return [NavPage(key=key, title=page.title, path=page.path) for key, page in read]


def layout_faults(
    layout: Any,
    *,
    page_keys: Collection[str] | None = None,
    workspace_id: uuid.UUID | None = None,
) -> list[Fault]:
    """What is wrong with a wireframe's layout; with `page_keys`, its links to pages too.

    With `workspace_id` its uploaded pictures must be that workspace's.
    """
    kept = unkeepable("layout", layout)
    if kept:
        return kept
    found = validate_layout(layout, page_keys=page_keys)
    if not found and workspace_id is not None:
        found = images.unknown(layout, workspace_id=workspace_id)
    return [fault.under("/layout") for fault in found]


def style_faults(columns: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with a style guide's columns (`TOKEN_GROUPS`), together."""
    from builder.rendering import tokens

    kept = [fault for name in TOKEN_GROUPS for fault in unkeepable(name, columns.get(name))]
    if kept:
        return kept
    return [_in_column(fault) for fault in tokens.validate(token_document(columns))]


def unkeepable(name: str, value: Any) -> list[Fault]:
    """What hinders keeping the JSON value of a field, whatever it means (`builder.storable`)."""
    return [fault.under(f"/{name}") for fault in storable.faults(value)]


def token_document(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The site's token document (DTCG 2025.10) out of a style guide's columns."""
    written = {group: columns.get(column) for column, group in TOKEN_GROUPS.items()}
    return {group: {} if tokens is None else tokens for group, tokens in written.items()}


def style_columns(document: Mapping[str, Any]) -> dict[str, Any]:
    """A style guide's columns out of a token document."""
    return {column: document.get(group, {}) for column, group in TOKEN_GROUPS.items()}


def columns_of(guide: StyleGuide) -> dict[str, Any]:
    return {column: getattr(guide, column) for column in TOKEN_GROUPS}


def save_wireframe(*, wireframe: Wireframe) -> Wireframe:
    """Write a page whose layout was checked, and what is known of its components."""
    with transaction.atomic():
        wireframe.save()
        components.register(wireframe=wireframe)
    return wireframe


def remove(*, document: Sitemap | Wireframe | StyleGuide, user_id: uuid.UUID | None = None) -> None:
    """Delete a document, with all that was measured and made of its components.

    As the owner of the tables: what machines wrote is not a tenant's to delete. The caller has
    found out that the person, `user_id`, may delete the document; its last version names them.
    """
    with tenancy.owner(reason="remove_document", user_id=user_id):
        document.delete()


def _page_faults(key: str, page: Any, *, owners: dict[str, str]) -> Iterator[Fault]:
    here = json_pointer(["pages", key])
    if not _KEY.fullmatch(key):
        text = _("A page's key has small letters, digits, hyphens and underscores.")
        yield Fault(here, "invalid_key", text)
    try:
        checked = SitePage.model_validate(page)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_context=False, include_input=False):
            yield Fault(here + json_pointer(item["loc"]), item["type"], item["msg"])
        return
    if not _PATH.fullmatch(checked.path):
        text = _("A path is “/” or like /about/team: small letters, digits, hyphens.")
        yield Fault(f"{here}/path", "invalid_path", text)
    elif checked.path.split("/")[1] in RESERVED:
        yield Fault(f"{here}/path", "reserved_path", _("The platform itself answers there."))
    elif checked.path in owners:
        text = _("The page %(key)s has this path.") % {"key": owners[checked.path]}
        yield Fault(f"{here}/path", "duplicate_path", text)
    else:
        owners[checked.path] = key


def _in_column(fault: Fault) -> Fault:
    first, slash, rest = fault.pointer.removeprefix("/").partition("/")
    return Fault(f"/{_COLUMNS.get(first, first)}{slash}{rest}", fault.code, fault.detail)
