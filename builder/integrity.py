"""What must hold of sites, and no constraint can say."""

from collections.abc import Iterator
from typing import Final

from django.db import connection

from accounts.checking import Finding, checked
from builder import storing

_MISSING_FILES: Final = """
select p.id, r.number, entry.key from builder_project p
join builder_release r on r.id = p.live_release_id
cross join lateral jsonb_each(r.manifest) entry
left join builder_releasefile f
    on f.workspace_id = p.workspace_id and f.sha256 = entry.value ->> 'sha256'
where f.id is null order by p.id, entry.key
"""
_STORED_FILES: Final = """
select p.id, r.number, entry.key, f.stored_as from builder_project p
join builder_release r on r.id = p.live_release_id
cross join lateral jsonb_each(r.manifest) entry
join builder_releasefile f
    on f.workspace_id = p.workspace_id and f.sha256 = entry.value ->> 'sha256'
where f.stored_as <> '' order by p.id, entry.key
"""
_NO_ADDRESS: Final = """
select p.id, p.slug from builder_project p where p.live_release_id is not null
and not exists (select from builder_siteaddress a where a.project_id = p.id and a.is_primary)
order by p.id
"""
_PICTURES: Final = """
select i.id, coalesce(f.stored_as, '-') from builder_image i
left join builder_imagerendition f
    on f.workspace_id = i.workspace_id and f.image_id = i.id and f.format = 'master'
where f.id is null or f.stored_as <> '' order by i.id
"""


@checked(
    name="builder.live_site_has_its_files",
    title="Every path of a live site has its file",
    mend="Publish the project again; its release is rendered from the documents.",
)
def files_that_are_missing() -> Iterator[Finding]:
    for project_id, number, path in _rows(_MISSING_FILES):
        detail = f"release #{number} has no file for {path}"
        yield Finding("builder.Project", str(project_id), detail)


@checked(
    name="builder.stored_file_is_there",
    title="Every file of a live site that is kept in the storage is there",
    mend="Publish the project again: what the storage has lost is written anew.",
)
def stored_files_that_are_missing() -> Iterator[Finding]:
    rows = _rows(_STORED_FILES)
    gone = storing.missing([str(name) for *_rest, name in rows])
    for project_id, number, path, name in rows:
        if name in gone:
            detail = f"release #{number}: the storage has no {name} for {path}"
            yield Finding("builder.Project", str(project_id), detail)


@checked(
    name="builder.picture_has_its_master",
    title="Every uploaded picture has the copy that its files are made from",
    mend="Upload the same file once more: the picture stays, and its copy is written anew.",
)
def pictures_without_master() -> Iterator[Finding]:
    rows = _rows(_PICTURES)
    gone = storing.missing([str(name) for _id, name in rows if name != "-"])
    for image_id, name in rows:
        if name == "-" or name in gone:
            yield Finding("builder.Image", str(image_id), "its master copy is gone")


@checked(
    name="builder.live_site_has_an_address",
    title="A live project has a primary address",
    mend="Give the project an address in the console, and mark it as primary.",
)
def live_sites_without_address() -> Iterator[Finding]:
    for project_id, slug in _rows(_NO_ADDRESS):
        yield Finding("builder.Project", str(project_id), f"{slug} is live and nowhere to be found")


def _rows(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found
