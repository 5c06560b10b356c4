"""Writes a project into the file that carries it (docs/formats.md)."""

import datetime
import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, Final

import orjson
from django.core.serializers.json import DjangoJSONEncoder

from builder.exchange.formats import FORMATS
from builder.exchange.project_format import (
    FORMAT,
    MANIFEST,
    PROJECT,
    VERSION,
    VERSION_WITHOUT_IMAGES,
    VERSIONS,
)
from builder.images import carrying
from builder.models import (
    Project,
    Sitemap,
    SiteRedirect,
    StyleGuide,
    Template,
    VersionHistory,
    Wireframe,
)

_CHUNK_ROWS: Final = 100
_CHUNK_BYTES: Final = 65_536
_FOLDERS: Final = {Sitemap: "sitemaps", Wireframe: "pages", StyleGuide: "styles"}

Files = dict[str, Iterable[bytes]]


def filename(project: Project, *, now: datetime.datetime) -> str:
    return f"{project.slug}-{now:%Y-%m-%d}.halfhour.zip"


def stream(*, project: Project, versions: bool = False, now: datetime.datetime) -> Iterator[bytes]:
    """The project's file, piece by piece; with `versions` its history too.

    The documents are read at once, before the first piece is asked for; of the history no more
    than a hundred versions are in memory at a time.
    """
    return _zipped(_files(project, versions=versions), now=now)


def _files(project: Project, *, versions: bool) -> Files:
    sitemaps = list(Sitemap.objects.filter(project=project).order_by("id"))
    pages = list(Wireframe.objects.filter(sitemap__in=sitemaps).order_by("id"))
    guides = list(StyleGuide.objects.filter(wireframe__in=pages).order_by("id"))
    entry = {
        "id": project.pk,
        "name": project.name,
        "slug": project.slug,
        "description": project.description,
        "type": project.type,
        "language": project.language,
        "data": project.data,
        "settings": project.settings,
        "template": _template(project),
        "current_sitemap": project.current_sitemap_id,
        "sitemaps": [{"id": each.pk, "file": _name(each)} for each in sitemaps],
        "pages": [_page(each) for each in pages],
        "style_guides": [_style(each) for each in guides],
        "redirects": list(_redirects(project)),
    }
    carried = carrying.of_project(project, layouts=[page.layout for page in pages])
    if carried:
        entry["images"] = [_image(each) for each in carried]
    documents = [*sitemaps, *pages, *guides]
    files: Files = {PROJECT: [_text(entry)]}
    files |= {_name(each): [_text(FORMATS[type(each)][0].write(each))] for each in documents}
    files |= {each.file: carrying.content(each) for each in carried}
    if versions:
        files[VERSIONS] = _versions(project)
    return files


def _template(project: Project) -> str | None:
    """The slug of the platform's template that it was made from.

    A workspace's own template stays there; who comes from elsewhere does not even see it.
    """
    if project.template_id is None:
        return None
    shared = Template.objects.filter(pk=project.template_id, workspace=None)
    return shared.values_list("slug", flat=True).first()


def _name(document: Any) -> str:
    model = type(document)
    return f"{_FOLDERS[model]}/{document.pk}{FORMATS[model][0].suffix}"


def _page(page: Wireframe) -> dict[str, Any]:
    return {
        "id": page.pk,
        "sitemap": page.sitemap_id,
        "page_key": page.page_key,
        "title": page.title,
        "description": page.description,
        "style_guide": page.style_guide,
        "file": _name(page),
    }


def _style(guide: StyleGuide) -> dict[str, Any]:
    return {
        "id": guide.pk,
        "page": guide.wireframe_id,
        "title": guide.title,
        "description": guide.description,
        "file": _name(guide),
    }


def _image(carried: carrying.Carried) -> dict[str, Any]:
    image = carried.image
    return {
        "id": image.pk,
        "name": image.name,
        "alt": image.alt,
        "focal_x": image.focal_x,
        "focal_y": image.focal_y,
        "file": carried.file,
    }


def _redirects(project: Project) -> Iterator[dict[str, Any]]:
    names = ("from_path", "to", "status", "replaces_page")
    for redirect in SiteRedirect.objects.filter(project=project).order_by("from_path"):
        yield {name: getattr(redirect, name) for name in names}


def _versions(project: Project) -> Iterator[bytes]:
    """The project's history, a version a line; whose each was stays behind."""
    rows = VersionHistory.objects.filter(project=project).order_by("id")
    names = (
        "entity_type", "entity_id", "version_number", "changes", "data", "message", "is_major",
        "is_deletion", "created_at", "saved_at",
    )  # fmt: skip
    for row in rows.values(*names).iterator(chunk_size=_CHUNK_ROWS):
        yield _json(row) + b"\n"


def _text(document: Any) -> bytes:
    return _json(document, orjson.OPT_INDENT_2) + b"\n"


def _json(document: Any, option: int = 0) -> bytes:
    """JSON, of a number too that is older than its bound; an import then says where it stands."""
    try:
        return orjson.dumps(document, option=option | orjson.OPT_UTC_Z)
    except orjson.JSONEncodeError:
        return json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False).encode()


def _zipped(files: Files, *, now: datetime.datetime) -> Iterator[bytes]:
    """A zip of the files, and of a manifest with their checksums, as it comes about."""
    sink = _Sink()
    listed = {}
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, parts in files.items():
            digest, size = hashlib.sha256(), 0
            with archive.open(_entry(name, now), "w") as member:
                for part in parts:
                    member.write(part)
                    digest.update(part)
                    size += len(part)
                    yield from sink.taken(_CHUNK_BYTES)
            listed[name] = {"sha256": digest.hexdigest(), "size": size}
        pictures = any(name.startswith(carrying.FOLDER) for name in listed)
        version = VERSION if pictures else VERSION_WITHOUT_IMAGES
        manifest = {"format": FORMAT, "version": version, "exported_at": now, "files": listed}
        archive.writestr(_entry(MANIFEST, now), _text(manifest))
    yield from sink.taken(0)


def _entry(name: str, now: datetime.datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    picture = name.startswith(carrying.FOLDER)
    entry.compress_type = zipfile.ZIP_STORED if picture else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


class _Sink:
    """What ZipFile writes to when it cannot go back: only what was not taken yet is kept."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, part: bytes, /) -> int:
        self._parts.append(bytes(part))
        self._size += len(part)
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """What was not taken can still be."""

    def taken(self, least: int) -> Iterator[bytes]:
        """What was written since it was taken last, where it is more than `least` bytes."""
        if self._size > least:
            whole, self._parts, self._size = b"".join(self._parts), [], 0
            yield whole
