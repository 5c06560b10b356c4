"""Published files in a folder or a bucket: whole or not at all, proved, gone with the last use."""

import asyncio
import datetime
import time
from pathlib import Path

import httpx
import pytest
from django.core.files.storage import storages
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.keys import issue_key
from accounts.tenancy.edge import close_pool, open_pool
from builder import integrity, projects, publishing, releases, schedules, static_site, storing
from builder.models import Release, ReleaseFile, ReleaseSchedule, Wireframe
from builder.serving import Sites
from builder.serving.catalogue import Catalogue
from config.routing import Edge
from config.storages import release_storage
from tests.builder import s3
from tests.builder.edge import visit, web_database_url
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)
HOST = "http://dune-house.localhost"


@pytest.fixture(autouse=True)
def _web_login(settings, db):
    settings.WEB_DATABASE_URL = web_database_url()
    settings.SITES_DOMAIN = "localhost"


def use(settings, address):
    settings.STORAGES = {**settings.STORAGES, **release_storage(address)}
    # Made once, as soon as it is asked for.
    storages._storages.pop(storing.ALIAS, None)


@pytest.fixture
def folder(settings, tmp_path):
    use(settings, f"file://{tmp_path}/files")
    yield tmp_path / "files"
    storages._storages.pop(storing.ALIAS, None)


@pytest.fixture
def bucket(settings, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with s3.bucket("sites", now=time.time()) as made:
        address = "s3://sites/live?region_name=here&addressing_style=path"
        use(settings, f"{address}&endpoint_url={made.url}")
        yield made
    storages._storages.pop(storing.ALIAS, None)


@pytest.fixture(params=["folder", "bucket"])
def storage(request):
    return request.getfixturevalue(request.param)


def publish(project):
    return publishing.publish(project=project, user=project.owner)


def retitle(project, title):
    wireframe = Wireframe.objects.get(sitemap=project.current_sitemap, page_key="home")
    wireframe.layout["content"][1]["props"]["title"] = title
    wireframe.save()


def names(storage):
    """What the storage holds."""
    if isinstance(storage, Path):
        found = (path for path in storage.rglob("*") if path.is_file())
        return {str(path.relative_to(storage)) for path in found}
    return {key.removeprefix("live/") for key in storage.objects}


def lose(storage, name):
    if isinstance(storage, Path):
        (storage / name).unlink()
    else:
        del storage.objects[f"live/{name}"]


def file_of(release, path):
    return ReleaseFile.objects.get(sha256=release.manifest[path]["sha256"])


def test_files_are_in_the_storage_and_not_in_the_database(project, storage):
    release = publish(project)
    files = list(ReleaseFile.objects.all())
    assert {bytes(file.body or b"") for file in files} == {b""}
    expected = {file.stored_as for file in files}
    compressed = [file.stored_as for file in files if file.compressed]
    assert names(storage) == expected | {n + end for n in compressed for end in (".gz", ".br")}
    assert {file.sha256: file.size for file in files} == {
        entry["sha256"]: entry["size"] for entry in release.manifest.values()
    }
    contents = releases.contents(release=release)
    assert set(contents) == set(release.manifest)
    assert b"<html" in contents["/"]


def test_the_edge_serves_them(project, storage):
    publish(project)
    for encoding in ("identity", "gzip", "br"):
        answer = visit(f"{HOST}/practice", accept_encoding=encoding)
        assert (answer.status_code, answer.headers.get("content-encoding", "identity")) == (
            200, encoding,
        )  # fmt: skip
        assert "Five people" in answer.text


def test_what_is_unchanged_is_not_written_again(project, storage):
    publish(project)
    before = names(storage)
    retitle(project, "Another")
    publish(project)
    assert len(names(storage) - before) == 3
    assert before <= names(storage)


def test_what_no_release_has_goes_from_the_storage(project, storage):
    publish(project)
    assert names(storage)
    projects.remove(project=project)
    assert names(storage) == set()


def test_files_in_the_database_stay_there(project, settings, tmp_path):
    first = publish(project)
    use(settings, f"file://{tmp_path}/files")
    retitle(project, "Another")
    second = publish(project)
    assert file_of(second, "/").stored_as
    assert not file_of(second, "/practice").stored_as
    assert set(releases.contents(release=second)) == set(second.manifest)
    publishing.rollback(project=project, release=first)
    storages._storages.pop(storing.ALIAS, None)


def test_publishing_again_heals_what_the_storage_lost(project, storage):
    release = publish(project)
    lost = file_of(release, "/practice")
    lose(storage, lost.stored_as)
    (finding,) = integrity.stored_files_that_are_missing()
    assert (finding.key, "/practice" in finding.detail) == (str(project.pk), True)
    assert visit(f"{HOST}/practice").status_code in (404, 503)
    with pytest.raises(publishing.PublishError) as caught:
        static_site.export(release=release)
    assert [fault.pointer for fault in caught.value.faults] == ["/release/manifest/~1practice"]
    assert publish(project) == release
    assert list(integrity.stored_files_that_are_missing()) == []
    assert file_of(release, "/practice").stored_as != lost.stored_as
    assert visit(f"{HOST}/practice").status_code == 200


def test_bytes_that_are_not_what_they_were_are_not_served(project, folder):
    release = publish(project)
    (folder / file_of(release, "/practice").stored_as).write_bytes(b"something else")
    assert b"something else" not in visit(f"{HOST}/practice").content
    assert "/practice" not in releases.contents(release=release)


def test_a_row_is_never_there_before_its_bytes(project, folder, monkeypatch):
    """The process ends between a file's forms: no row names them, and a sweep takes them away."""
    written = []
    ask = storing._ask

    def breaks(method, *arguments):
        if method == "save" and len(written) == 4:
            raise KeyboardInterrupt
        written.append(arguments[0])
        return ask(method, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(storing, "_ask", breaks)
        with pytest.raises(KeyboardInterrupt):
            publish(project)
    assert not Release.objects.exists()
    assert not ReleaseFile.objects.exists()
    assert names(folder)
    assert releases.sweep(now=timezone.now()) == 0  # it might still be under way
    left = len(names(folder))
    assert releases.sweep(now=timezone.now() + datetime.timedelta(days=2)) == left
    assert names(folder) == set()


def test_a_sweep_leaves_what_is_named(project, storage):
    publish(project)
    before = names(storage)
    assert releases.sweep(now=timezone.now() + datetime.timedelta(days=2)) == 0
    assert names(storage) == before


def test_a_folder_that_nothing_was_written_to_has_nothing_to_sweep(folder):
    assert releases.sweep(now=timezone.now()) == 0


def test_without_a_storage_there_is_nothing_to_sweep(project):
    publish(project)
    assert releases.sweep(now=timezone.now()) == 0


def test_a_bucket_that_is_away_is_said_and_nothing_is_half_written(project, bucket, workspace):
    _key, secret = issue_key(workspace=workspace, kind="server", name="s", user=None)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    bucket.away = True
    answer = client.post(f"/api/v1/projects/{project.pk}/publish/")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert not Release.objects.exists()
    assert not ReleaseFile.objects.exists()
    bucket.away = False
    assert client.post(f"/api/v1/projects/{project.pk}/publish/").status_code == 200


def test_a_schedule_waits_for_a_bucket_and_then_gives_up(project, bucket):
    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    maker = MembershipFactory(workspace=project.workspace, role="editor").user
    made = schedules.schedule(
        project=project, action="publish", due_at=now + hour, user=maker, now=now
    )
    bucket.away = True
    assert schedules.run_due(now=now + hour) == 0
    assert ReleaseSchedule.objects.get().status == "pending"
    assert schedules.run_due(now=now + 2 * hour) == 1
    made.refresh_from_db()
    assert (made.status, made.faults[0]["code"]) == ("failed", "storage_away")


class NoDoor:
    """Owns no path."""

    def owns(self, path):
        return False


def test_the_edge_says_503_for_what_it_does_not_have_in_memory(project, bucket):
    publish(project)

    async def ask():
        await open_pool(max_size=2)
        edge = Edge(sites=Sites(catalogue=Catalogue()), door=NoDoor())
        transport = httpx.ASGITransport(app=edge)
        try:
            async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
                first = await client.get("/practice")
                bucket.away = True
                return first, await client.get("/practice"), await client.get("/contact")
        finally:
            await close_pool()

    first, again, other = asyncio.run(ask())
    assert (first.status_code, again.status_code, other.status_code) == (200, 200, 503)
    assert again.content == first.content
    assert other.headers["retry-after"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("s3://sites/x?colour=red", "colour"),
        ("file:relative", "file:///folder or s3://"),
        ("ftp://x/y", "file:///folder or s3://"),
    ],
)
def test_another_address_ends_the_start_with_one_line(address, told):
    with pytest.raises(SystemExit, match=told):
        release_storage(address)
