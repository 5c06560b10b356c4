"""The file that a whole project is carried in: a zip, described in docs/formats.md."""

import re
import uuid
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from accounts.faults import Fault, json_pointer
from builder.exchange.formats import ExchangeError
from builder.models import Language
from builder.models.projects import ProjectType

FORMAT: Final = "halfhour.project"
VERSION: Final = 2
# What a file without pictures is of still, so that older installations read it.
VERSION_WITHOUT_IMAGES: Final = 1
MEDIA_TYPE: Final = "application/zip"
# An archive as it is uploaded. With a long history it may be larger: it is then taken without.
MAX_BYTES: Final = 100_000_000
MAX_LINE: Final = 2_000_000
MAX_VERSIONS: Final = 20_000
MANIFEST: Final = "manifest.json"
PROJECT: Final = "project.json"
VERSIONS: Final = "versions.ndjson"
_ID: Final = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
NAMES: Final = re.compile(
    rf"manifest\.json|project\.json|versions\.ndjson|sitemaps/{_ID}\.json"
    rf"|pages/{_ID}\.puck\.json|styles/{_ID}\.tokens\.json|images/{_ID}\.(jpg|png)"
)

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(max_length=100_000)]
_File = Annotated[str, StringConstraints(max_length=200)]
_Object = dict[str, Any]
P = TypeVar("P", bound="Part")
# New ids by the old ones.
Ids = Mapping[str, str]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileEntry(Part):
    """`size` in bytes, `sha256` in hexadecimal."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0)]


class Manifest(Part):
    """What the archive is, and the checksum of each of its other files."""

    format: Literal["halfhour.project"]
    version: Literal[1, 2]
    exported_at: AwareDatetime
    files: dict[str, FileEntry]


class SitemapEntry(Part):
    id: uuid.UUID
    file: _File


class PageEntry(Part):
    """A wireframe: a page of a sitemap."""

    id: uuid.UUID
    sitemap: uuid.UUID
    page_key: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    title: Title
    description: Words = ""
    style_guide: _Object = {}
    file: _File


class StyleEntry(Part):
    """A page's style guide; the home page's is the site's."""

    id: uuid.UUID
    page: uuid.UUID
    title: Title
    description: Words = ""
    file: _File


class RedirectEntry(Part):
    from_path: Annotated[str, StringConstraints(pattern=r"^/", max_length=500)]
    to: Annotated[str, StringConstraints(min_length=1, max_length=2048)]
    status: Literal[301, 302, 307, 308]
    replaces_page: bool = False


class ImageEntry(Part):
    """A picture that the project's pages show, or that was uploaded for it."""

    id: uuid.UUID
    name: Title
    alt: dict[Language, Annotated[str, StringConstraints(max_length=500)]] = {}
    focal_x: Annotated[float, Field(ge=0, le=1)] = 0.5
    focal_y: Annotated[float, Field(ge=0, le=1)] = 0.5
    file: _File


class ProjectEntry(Part):
    """`project.json`; `template` is the slug of the platform's template that it was made from."""

    id: uuid.UUID
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    slug: Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9_-]+$", max_length=60)]
    description: Words = ""
    type: ProjectType
    language: Language
    data: _Object = {}
    settings: _Object = {}
    template: Annotated[str, StringConstraints(max_length=200)] | None = None
    current_sitemap: uuid.UUID | None = None
    sitemaps: list[SitemapEntry]
    pages: list[PageEntry]
    style_guides: list[StyleEntry]
    redirects: list[RedirectEntry] = []
    images: list[ImageEntry] = []


class VersionEntry(Part):
    """A line of `versions.ndjson`: a version of the project or of one of its documents."""

    entity_type: Literal["projects", "sitemaps", "wireframes", "style_guides"]
    entity_id: uuid.UUID
    version_number: Annotated[int, Field(ge=1, le=2**31 - 2)]
    changes: _Object
    data: _Object
    message: Words = ""
    is_major: bool
    is_deletion: bool
    created_at: AwareDatetime
    saved_at: AwareDatetime


def checked(model: type[P], document: Any, *, at: str) -> P:
    """A JSON document as one of the parts above; `at` is the pointer to where it stands.

    Raises `ExchangeError`.
    """
    try:
        return model.model_validate(document)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False, include_input=False)
        raise ExchangeError(
            Fault(at + json_pointer(item["loc"]), item["type"], item["msg"]) for item in errors
        ) from error


def remapped(value: Any, ids: Ids) -> Any:
    """A JSON value with the new id wherever an old one stands, as a value or as a name."""
    if isinstance(value, dict):
        return {ids.get(name, name): remapped(child, ids) for name, child in value.items()}
    if isinstance(value, list):
        return [remapped(child, ids) for child in value]
    return ids.get(value, value) if isinstance(value, str) else value
