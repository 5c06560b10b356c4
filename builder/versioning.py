"""Versions of a project and its documents: naming a save, going back, bringing back what is gone.

The database writes the versions (builder.models.versioned); here is what a person does with them.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import structlog
from django.conf import settings
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from accounts.faults import Fault
from builder import comparing, components, documents
from builder.models import Project, Sitemap, StyleGuide, VersionHistory, Wireframe

log = structlog.get_logger(__name__)

Document = Sitemap | Wireframe | StyleGuide
Entity = Project | Document

MODELS: Final[dict[str, type[Entity]]] = {
    "projects": Project,
    "sitemaps": Sitemap,
    "wireframes": Wireframe,
    "style_guides": StyleGuide,
}
# What a document belongs to: it stays there, whatever version it goes back to.
PARENTS: Final = {"sitemaps": "project", "wireframes": "sitemap", "style_guides": "wireframe"}
_CHILDREN: Final = {"sitemaps": "wireframes", "wireframes": "style_guides"}
_SETTINGS: Final = ("message", "major", "keep", "window")
_READ: Final = "select " + ", ".join(f"current_setting('app.version_{x}', true)" for x in _SETTINGS)
_WRITE: Final = "select " + ", ".join(f"set_config('app.version_{x}', %s, true)" for x in _SETTINGS)


class VersionError(Exception):
    """What is asked of a version cannot be done; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(faults[0].detail)
        self.faults = faults


@contextmanager
def saving(
    *, message: str = "", major: bool = False, keep: uuid.UUID | None = None
) -> Iterator[None]:
    """Say of the saves within, a transaction, how they are kept.

    A save with a message, or a `major` one, is a version of its own and takes up no others. `keep`
    is the id of a record of which a statement makes a version though nothing of it changed. Saves
    outside are autosaves: minor, without a message. Nests.
    """
    with transaction.atomic():
        before = _read()
        window = str(settings.VERSION_WINDOW_SECONDS)
        _write((message, "on" if major else "", str(keep or ""), window))
        yield
        # A rollback, of the transaction or to its savepoint, takes the settings back by itself.
        if not connection.needs_rollback:
            _write(before)


def save_named(*, entity: Entity, message: str) -> VersionHistory:
    """Keep a record as it stands as a major version with a message."""
    with saving(message=message, major=True, keep=entity.pk):
        _touch(entity)
        refresh(entity)
        version = VersionHistory.objects.of(entity).get(version_number=entity.version)
    log.info("version.named", version_id=str(version.pk), kind=version.entity_type)
    return version


def refresh(entity: Entity) -> None:
    """Read what the database numbered the record's save with."""
    entity.refresh_from_db(fields=["version", "saves"])


def revert(*, entity: Entity, number: int) -> Entity:
    """Make a record what it was at a version: a new major version, whose message says which.

    Raises `VersionError` where it has no such version, or what it was then is not right any more
    (a section that is no longer known, a sitemap that is gone).
    """
    message = _("Back to version %(number)d") % {"number": number}
    with saving(message=message, major=True, keep=entity.pk):
        record = _locked(entity)
        version = VersionHistory.objects.of(entity).filter(version_number=number).first()
        if version is None:
            text = _("There is no version %(number)d.") % {"number": number}
            raise VersionError(Fault("/version", "no_such_version", text))
        put(record, version.data)
        _refuse(faults_of(record))
        _save(record)
        refresh(record)
    log.info("version.reverted", version_id=str(version.pk), kind=version.entity_type)
    return record


def restore(*, version: VersionHistory) -> Document:
    """Bring a deleted document back from its last version, with its id and its history.

    With it comes what went with it: a sitemap's pages, a page's style guide. Raises `VersionError`
    where the version is not a document's last, or its place is gone or taken.
    """
    with saving(message=_("Restored"), major=True):
        _refuse(_hindrances(version))
        record = _restored(version)
        for child in _gone_with(version):
            if not list(_hindrances(child)):
                _restored(child)
        if isinstance(record, Sitemap):
            _take_up(record)
    log.info("version.restored", version_id=str(version.pk), kind=version.entity_type)
    return record


def put(record: Entity, content: dict[str, Any]) -> None:
    """Give a record the content of one of its versions, but for what it belongs to."""
    kind = record.KIND
    for name in record.KEPT:
        # A column that came after this version stays as it is.
        if name != PARENTS.get(kind) and name in content:
            setattr(record, _column(record, name), _value(record, name, content))


def content_of(record: Entity) -> dict[str, Any]:
    """What a version of the record would hold, as JSON values."""
    found = {}
    for name in record.KEPT:
        value = getattr(record, _column(record, name))
        found[name] = str(value) if isinstance(value, uuid.UUID) else value
    return found


def changes(one: VersionHistory, two: VersionHistory) -> list[comparing.Change]:
    """What is between two versions of a record, in the words of its fields."""
    fields = MODELS[two.entity_type]._meta.get_fields()
    names = {field.name: field.verbose_name for field in fields if hasattr(field, "verbose_name")}
    return comparing.changes(one.data, two.data, names=names)


def faults_of(record: Entity) -> list[Fault]:
    """What hinders a record from being saved as it is, each with its place in it."""
    if isinstance(record, Sitemap):
        return documents.sitemap_faults(record.pages)
    if isinstance(record, Wireframe):
        return documents.layout_faults(record.layout, workspace_id=record.workspace_id)
    if isinstance(record, StyleGuide):
        return documents.style_faults(documents.columns_of(record))
    wanted = record.current_sitemap_id
    if wanted and not Sitemap.objects.filter(pk=wanted, project_id=record.pk).exists():
        text = _("The sitemap that it had then is gone. Restore that first.")
        return [Fault("/current_sitemap", "gone", text)]
    return []


def before(*, version: VersionHistory) -> VersionHistory | None:
    """The record's version before one; None before its first."""
    return VersionHistory.objects.filter(
        workspace_id=version.workspace_id,
        entity_type=version.entity_type,
        entity_id=version.entity_id,
        version_number=version.version_number - 1,
    ).first()


def deletions(*, project: Project) -> models.QuerySet[VersionHistory]:
    """The last versions of the project's documents that are gone, the latest first."""
    gone = VersionHistory.objects.filter(project=project, is_deletion=True)
    return gone.filter(~models.Exists(VersionHistory.objects.later())).order_by("-id")


def _locked(entity: Entity) -> Entity:
    held = type(entity)._base_manager.select_for_update(of=("self",), no_key=True)
    return held.get(pk=entity.pk)


def _touch(entity: Entity) -> None:
    """An update that changes nothing; the trigger makes the version that `keep` asks for."""
    type(entity)._base_manager.filter(pk=entity.pk).update(version=models.F("version"))


def _save(record: Entity) -> None:
    if isinstance(record, Wireframe):
        documents.save_wireframe(wireframe=record)
    else:
        record.save()


def _column(record: Entity, name: str) -> str:
    field: Any = record._meta.get_field(name)
    return str(field.attname)


def _value(record: Entity, name: str, content: dict[str, Any]) -> Any:
    value = content[name]
    is_key = value is not None and record._meta.get_field(name).is_relation
    return uuid.UUID(value) if is_key else value


def _hindrances(version: VersionHistory) -> Iterator[Fault]:
    """Why a version cannot be restored; nothing where it can."""
    kind = version.entity_type
    latest = VersionHistory.objects.filter(
        workspace_id=version.workspace_id, entity_type=kind, entity_id=version.entity_id
    ).latest("version_number")
    if not version.is_deletion or latest.pk != version.pk:
        text = _("This is not the last version of something deleted.")
        yield Fault("/id", "not_a_deletion", text)
        return
    parent = PARENTS[kind]
    target = MODELS[kind]._meta.get_field(parent).related_model
    above = {"workspace_id": version.workspace_id, "pk": version.data[parent]}
    if not target._base_manager.filter(**above).exists():  # type: ignore[union-attr]
        text = _("What it belonged to is gone. Restore that first.")
        yield Fault(f"/{parent}", "gone", text)
    elif kind != "sitemaps" and _is_taken(version, parent):
        text = _("Another document has taken its place.")
        yield Fault(f"/{parent}", "taken", text)


def _is_taken(version: VersionHistory, parent: str) -> bool:
    names = [parent, *(["page_key"] if version.entity_type == "wireframes" else [])]
    place = {name: version.data[name] for name in names}
    rows = MODELS[version.entity_type]._base_manager.filter(workspace_id=version.workspace_id)
    return rows.filter(**place).exists()


def _restored(version: VersionHistory) -> Document:
    kind = version.entity_type
    parent = PARENTS[kind]
    record: Any = MODELS[kind](
        pk=version.entity_id,
        workspace_id=version.workspace_id,
        **{f"{parent}_id": uuid.UUID(version.data[parent])},
    )
    put(record, version.data)
    _refuse(faults_of(record))
    record.save(force_insert=True)
    if isinstance(record, Wireframe):
        components.register(wireframe=record)
    refresh(record)
    return record  # type: ignore[no-any-return]


def _gone_with(version: VersionHistory) -> Iterator[VersionHistory]:
    """The last versions of what the same transaction deleted below a document."""
    kind = _CHILDREN.get(version.entity_type)
    if kind is None:
        return
    rows = VersionHistory.objects.filter(
        workspace_id=version.workspace_id,
        project_id=version.project_id,
        entity_type=kind,
        is_deletion=True,
        created_at=version.created_at,
        **{f"data__{PARENTS[kind]}": str(version.entity_id)},
    )
    for row in rows.order_by("id"):
        yield row
        yield from _gone_with(row)


def _take_up(sitemap: Sitemap) -> None:
    """A project without a sitemap has the restored one again."""
    waiting = Project.objects.filter(pk=sitemap.project_id, current_sitemap=None)
    waiting.update(current_sitemap=sitemap)


def _refuse(faults: Sequence[Fault] | Iterator[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise VersionError(*found)


def _read() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        return tuple(value or "" for value in cursor.fetchone())


def _write(values: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
