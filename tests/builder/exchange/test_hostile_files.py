"""Projects' files that nobody exported: each is refused where it is wrong, and makes nothing."""

import hashlib
import io
import json
import struct
import tracemalloc
import zipfile

import pytest

from builder.exchange import ExchangeError, archives, project_format, project_import
from builder.models import Project, Sitemap, VersionHistory, Wireframe
from tests.builder.exchange.project_files import changed, contents, exported, packed

pytestmark = pytest.mark.django_db
NOBODY = "0199c2d4-5b7e-7000-8000-000000000001"


@pytest.fixture
def archive(project):
    return exported(project)


@pytest.fixture
def told(project):
    """What a project's history says, line by line."""
    files = contents(exported(project, versions=True))
    return files, [json.loads(line) for line in files["versions.ndjson"].splitlines()]


def refused(file):
    """The faults, once it is sure that nothing was made."""
    before = [model.objects.count() for model in (Project, Sitemap, Wireframe, VersionHistory)]
    with pytest.raises(ExchangeError) as error:
        project_import.read(io.BytesIO(file))
    after = [model.objects.count() for model in (Project, Sitemap, Wireframe, VersionHistory)]
    assert after == before
    return [(fault.pointer, fault.code) for fault in error.value.faults]


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"PK",
        b"{}",
        b"\x1f\x8b gzip",
        b"PK\5\6" + b"\0" * 18 + b"more",
        b"PK\6\7" + b"\0" * 16 + b"PK\5\6" + b"\0" * 18,
        b"PK\5\6" + b"\0" * 4 + b"\1\0\1\0" + struct.pack("<LLH", 46, 0, 0),
    ],
)
def test_what_is_no_zip_is_refused(file):
    assert refused(file) in ([("", "not_a_zip")], [("", "too_many_files")])


def test_an_empty_zip_is_no_project():
    assert refused(packed({}, manifest=False)) == [("/manifest.json", "missing_file")]


@pytest.mark.parametrize(
    ("manifest", "pointer", "code"),
    [
        ({"version": 3}, "/manifest.json/version", "unsupported_version"),
        ({"version": "1"}, "/manifest.json/version", "unsupported_version"),
        ({"format": "somebody.elses"}, "/manifest.json/format", "unknown_format"),
        ({"by": "me"}, "/manifest.json/by", "extra_forbidden"),
        ({"exported_at": "yesterday"}, "/manifest.json/exported_at", "datetime_from_date_parsing"),
    ],
)
def test_another_version_or_format_is_refused(archive, manifest, pointer, code):
    file, _name = changed(archive, "manifest.json", lambda document: document | manifest)
    assert refused(file) == [(pointer, code)]


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "pages/../x.json", "C:\\x", "pages/a.json", "links/x"],
)
def test_names_that_lead_out_or_are_no_projects_are_refused(archive, name):
    files = contents(archive) | {name: b"{}"}
    assert refused(packed(files)) == [(f"/{name.replace('/', '~1')}", "unexpected_file")]


def test_a_file_that_nothing_speaks_of_is_refused(archive):
    name = f"pages/{NOBODY}.puck.json"
    files = contents(archive) | {name: b"{}"}
    assert refused(packed(files)) == [(f"/{name.replace('/', '~1')}", "unexpected_file")]


def test_a_changed_file_is_found_by_its_checksum(archive):
    files = contents(archive)
    files["project.json"] += b"\n"
    assert refused(packed(files, manifest=False)) == [("/project.json", "wrong_checksum")]


def test_a_damaged_zip_is_found(archive):
    spoiled = bytearray(archive)
    at = archive.index(b"project.json") + 40
    spoiled[at : at + 8] = b"\xff" * 8
    assert refused(bytes(spoiled)) == [("/project.json", "broken_file")]


def test_a_missing_file_is_named(archive):
    files = contents(archive)
    name = next(name for name in files if name.startswith("styles/"))
    left = {key: text for key, text in files.items() if key != name}
    pointer = f"/{name.replace('/', '~1')}"
    assert refused(packed(left)) == [(pointer, "missing_file")]
    assert refused(packed(left, manifest=False)) == [(pointer, "missing_file")]


def test_two_files_of_a_name_are_refused(archive):
    made = io.BytesIO(archive)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(made, "a") as opened:
        opened.writestr("project.json", b"{}")
    assert refused(made.getvalue()) == [("/project.json", "duplicate_file")]


def test_a_locked_file_is_refused(archive):
    locked = bytearray(archive)
    for signature, offset in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        locked[archive.index(signature) + offset] |= 1
    ((pointer, code),) = refused(bytes(locked))
    assert (pointer, code) == ("/project.json", "unreadable_file")


def test_two_members_of_a_name_are_refused(archive):
    files = contents(archive)
    files["project.json"] = files["project.json"].replace(b'"name":', b'"name": "X", "name":', 1)
    assert refused(packed(files)) == [("/project.json/name", "duplicate_name")]


@pytest.mark.parametrize(
    ("text", "pointer", "code"),
    [
        (b"{", "", "not_json"),
        (b'{"content": [NaN]}', "", "not_json"),
        (b'{"content": ["\\ud800"]}', "", "not_json"),
        (b'{"content": [], "root": {"a": "\\u0000"}}', "/root/a", "nul_character"),
        (b'{"content": [], "root": {"a": 1e300}}', "/root/a", "number_out_of_range"),
        (b'{"content": ' + b"[" * 90 + b"]" * 90 + b"}", "/content" + "/0" * 63, "too_deep"),
        (b'{"content": ' + b"[" * 9000 + b"]" * 9000 + b"}", "", "not_json"),
        (b'{"content": ["' + b"x" * 1_000_000 + b'"]}', "", "too_large"),
        (b'{"content": [{"type": "X"}]}', "/content/0/props", "invalid_type"),
    ],
)
def test_documents_are_checked_as_everywhere(archive, text, pointer, code):
    files = contents(archive)
    name = next(name for name in files if name.startswith("pages/"))
    files[name] = text
    here = f"/{name.replace('/', '~1')}"
    assert refused(packed(files)) == [(here + pointer, code)]


def of_first(kind, **members):
    def change(document):
        document[kind][0] |= members

    return change


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        (lambda d: d | {"current_sitemap": NOBODY}, "/current_sitemap", "unknown_document"),
        (of_first("pages", sitemap=NOBODY), "/pages/0/sitemap", "unknown_document"),
        (of_first("style_guides", page=NOBODY), "/style_guides/0/page", "unknown_document"),
        (lambda d: d | {"owner": NOBODY}, "/owner", "extra_forbidden"),
        (lambda d: d | {"workspace": NOBODY}, "/workspace", "extra_forbidden"),
        (lambda d: d | {"type": "casino"}, "/type", "enum"),
        (lambda d: d | {"language": "xx"}, "/language", "enum"),
        (lambda d: d | {"name": " "}, "/name", "string_too_short"),
        (lambda d: d | {"slug": "a b"}, "/slug", "string_pattern_mismatch"),
        (lambda d: d | {"data": {"a": "\0"}}, "", "nul_character"),
        (
            lambda d: d | {"settings": {"locales": {"xx": {}}}},
            "/settings/locales/xx",
            "unknown_locale",
        ),
        (lambda d: d["pages"].append(d["pages"][0]), "/pages/3", "duplicate_place"),
        (
            lambda d: d | {"redirects": [{"from_path": "/a", "to": "/b", "status": 200}]},
            "/redirects/0/status",
            "literal_error",
        ),
    ],
)
def test_the_index_keeps_to_itself(archive, change, pointer, code):
    """Keys of other records, people and workspaces have no place in it."""
    file, _name = changed(archive, "project.json", change)
    found = refused(file)
    assert any(
        told.startswith(f"/project.json{pointer}") and kind == code for told, kind in found
    ), found


@pytest.mark.parametrize(
    ("entries", "pointer", "code"),
    [
        ([("/a", "javascript:alert(1)")], "/0/to", "invalid_target"),
        ([("/_hh/x", "/b")], "/0/from_path", "reserved_path"),
        ([("/a", "/b"), ("/a", "/c")], "/1/from_path", "duplicate_path"),
        ([("/a", "/b"), ("/b", "/a")], "/1/to", "loop"),
    ],
)
def test_redirects_are_checked_as_everywhere(archive, entries, pointer, code):
    def add(document):
        document["redirects"] = [{"from_path": a, "to": b, "status": 301} for a, b in entries]

    file, _name = changed(archive, "project.json", add)
    assert refused(file) == [(f"/project.json/redirects{pointer}", code)]


def test_a_page_that_links_to_none_of_the_site_is_refused(project, archive):
    home = Wireframe.objects.get(sitemap__project=project, page_key="home")

    def lead_away(document):
        text = json.dumps(document).replace("page:contact", "page:elsewhere")
        return json.loads(text)

    file, name = changed(archive, f"pages/{home.pk}", lead_away)
    found = refused(file)
    assert {code for _pointer, code in found} == {"unknown_page"}
    assert all(pointer.startswith(f"/{name.replace('/', '~1')}/content/") for pointer, _c in found)


def test_addresses_of_machines_inside_are_only_words(archive, project, member):
    """A link is never followed, whatever it leads to."""

    def lead_in(document):
        text = json.dumps(document).replace('"page:contact"', '"http://169.254.169.254/latest"')
        return json.loads(text)

    home = Wireframe.objects.get(sitemap__project=project, page_key="home")
    file, _name = changed(archive, f"pages/{home.pk}", lead_in)
    arrival = project_import.read(io.BytesIO(file))
    made = project_import.create(workspace=member.workspace, owner=member.user, arrival=arrival)
    page = Wireframe.objects.get(sitemap__project=made, page_key="home")
    assert "http://169.254.169.254/latest" in json.dumps(page.layout)


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"user": NOBODY}, "/user", "extra_forbidden"),
        ({"entity_type": "workspaces"}, "/entity_type", "literal_error"),
        ({"entity_id": NOBODY}, "/entity_id", "unknown_document"),
        ({"version_number": 0}, "/version_number", "greater_than_equal"),
        ({"version_number": 2**31}, "/version_number", "less_than_equal"),
        ({"saved_at": "2999-01-01T00:00:00Z"}, "/saved_at", "in_the_future"),
        ({"saved_at": "2026-01-01T00:00:00"}, "/saved_at", "timezone_aware"),
        ({"data": {"owner_id": 1}}, "/data/owner_id", "extra_forbidden"),
        ({"data": {"name": "\0"}}, "/data/name", "nul_character"),
    ],
)
def test_a_version_that_could_not_have_been_is_refused(told, changes, pointer, code):
    files, versions = told
    index = next(n for n, each in enumerate(versions) if each["entity_type"] == "projects")
    versions[index] |= changes
    files["versions.ndjson"] = b"\n".join(json.dumps(each).encode() for each in versions)
    assert refused(packed(files)) == [(f"/versions.ndjson/{index}{pointer}", code)]


def test_versions_come_once_and_belong_to_something(told):
    files, versions = told
    twice = [*versions, versions[-1]]
    files["versions.ndjson"] = b"\n".join(json.dumps(each).encode() for each in twice)
    at = f"/versions.ndjson/{len(versions)}"
    assert refused(packed(files)) == [(f"{at}/version_number", "duplicate_version")]
    index = next(n for n, each in enumerate(versions) if each["entity_type"] == "wireframes")
    versions[index]["data"]["sitemap"] = NOBODY
    files["versions.ndjson"] = b"\n".join(json.dumps(each).encode() for each in versions)
    pointer = f"/versions.ndjson/{index}/data/sitemap"
    assert refused(packed(files)) == [(pointer, "unknown_document")]


def test_a_history_too_long_is_refused(told, monkeypatch):
    files, versions = told
    monkeypatch.setattr("builder.exchange.histories.MAX_VERSIONS", 2)
    assert len(versions) > 2
    assert refused(packed(files)) == [("/versions.ndjson/2", "too_many_versions")]


def bomb(size):
    """A file of a project that unpacks to `size` bytes of a document, in small pieces."""
    piece, name = b" " * 1_000_000, "project.json"
    made, digest = io.BytesIO(), hashlib.sha256()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        with opened.open(name, "w") as member:
            for _each in range(size // len(piece)):
                member.write(piece)
                digest.update(piece)
        manifest = {
            "format": project_format.FORMAT,
            "version": 1,
            "exported_at": "2026-11-21T12:00:00Z",
            "files": {name: {"sha256": digest.hexdigest(), "size": size}},
        }
        opened.writestr("manifest.json", json.dumps(manifest))
    return made.getvalue()


@pytest.mark.parametrize(
    ("size", "fault"),
    [
        (archives.MAX_INFLATED - 5_000_000, ("/project.json", "too_large")),
        (archives.MAX_INFLATED * 3, ("", "too_large")),
    ],
)
def test_a_bomb_is_not_unpacked(size, fault):
    file = bomb(size)
    assert len(file) < size / 500
    tracemalloc.start()
    found = refused(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [fault]
    assert peak < 8_000_000


def test_a_bomb_that_lies_about_its_size_is_cut_off():
    file = bytearray(bomb(archives.MAX_INFLATED * 3))
    at = bytes(file).index(b"PK\1\2") + 24
    file[at : at + 4] = struct.pack("<L", 1000)
    ((pointer, code),) = refused(bytes(file))
    assert (pointer, code) == ("/project.json", "broken_file")


def test_twenty_thousand_empty_files_are_not_listed():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for number in range(20_000):
            opened.writestr(f"pages/{number}", b"")
    tracemalloc.start()
    found = refused(made.getvalue())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [("", "too_many_files")]
    assert peak < 8_000_000
