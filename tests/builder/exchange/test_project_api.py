"""Projects' files over the API: from one workspace to another, as each of their people may."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.quotas import Kind, limits
from builder.models import Project, VersionHistory, Wireframe
from tests.builder.exchange.project_files import changed, contents, exported
from tests.builder.factories import CollaboratorFactory, built_in
from tests.builder.test_api import client_of, errors
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
API = "/api/v1/projects"


@pytest.fixture
def elsewhere():
    return MembershipFactory(role="editor")


def sent(client, archive, **headers):
    file = SimpleUploadedFile("project.zip", archive, content_type="application/zip")
    return client.post(f"{API}/import/", {"file": file}, format="multipart", headers=headers)


def file_of(answer):
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    return b"".join(answer.streaming_content)


def test_a_project_goes_from_one_workspace_to_another(api, project, elsewhere):
    answer = api.get(f"{API}/{project.pk}/export/")
    assert answer.headers["content-disposition"].startswith('attachment; filename="dune-house-')
    made = sent(client_of(elsewhere), file_of(answer))
    assert made.status_code == 201, made.content
    arrived = Project.objects.get(pk=made.json()["id"])
    assert (arrived.workspace, arrived.owner) == (elsewhere.workspace, elsewhere.user)
    assert arrived.name == project.name
    assert made.json()["site_url"] != ""
    # As the database lets a tenant see it: not at home any more.
    assert api.get(f"{API}/{arrived.pk}/").status_code == 404


def test_the_history_comes_when_it_is_asked_for(api, project, elsewhere):
    with_it = file_of(api.get(f"{API}/{project.pk}/export/", {"versions": "1"}))
    lines = contents(with_it)["versions.ndjson"].splitlines()
    assert len(lines) == VersionHistory.objects.filter(project=project).count() > 0
    made = sent(client_of(elsewhere), with_it).json()["id"]
    assert VersionHistory.objects.filter(project=made).count() > len(lines)
    without = file_of(api.get(f"{API}/{project.pk}/export/", {"versions": "0"}))
    assert "versions.ndjson" not in contents(without)
    answer = api.get(f"{API}/{project.pk}/export/", {"versions": "yes"})
    assert answer.json()["errors"][0]["parameter"] == "versions"


@pytest.mark.parametrize("accept", ["application/zip", "application/json", "*/*"])
def test_a_client_asks_for_a_zip_as_it_likes(api, project, accept):
    assert api.get(f"{API}/{project.pk}/export/", headers={"accept": accept}).status_code == 200


def test_whoever_sees_a_project_exports_it_and_editors_import(project, elsewhere):
    archive = exported(project)
    for role, may in (("viewer", 403), ("analyst", 403), ("editor", 201), ("owner", 201)):
        client = client_of(MembershipFactory(workspace=project.workspace, role=role))
        assert client.get(f"{API}/{project.pk}/export/").status_code == 200
        assert sent(client, archive).status_code == may
    stranger = client_of(elsewhere)
    assert stranger.get(f"{API}/{project.pk}/export/").status_code == 404
    CollaboratorFactory(project=project, user=elsewhere.user)
    assert stranger.get(f"{API}/{project.pk}/export/").status_code == 200


def test_a_collaborator_exports_what_was_made_of_a_template_they_do_not_see(project, elsewhere):
    template = built_in()
    template.pk, template.slug, template._state.adding = None, "private", True
    template.id, template.workspace = None, project.workspace
    template.save()
    Project.objects.filter(pk=project.pk).update(template=template)
    CollaboratorFactory(project=project, user=elsewhere.user)
    answer = client_of(elsewhere).get(f"{API}/{project.pk}/export/", {"versions": "1"})
    index = json.loads(contents(file_of(answer))["project.json"])
    assert index["template"] is None


def test_a_fault_is_told_with_the_file_that_has_it(api, project):
    home = Wireframe.objects.get(sitemap__project=project, page_key="home")

    def spoil(document):
        document["content"][0]["type"] = "Carousel"

    file, name = changed(exported(project), f"pages/{home.pk}", spoil)
    pointer = f"/file/{name.replace('/', '~1')}/content/0/type"
    assert errors(sent(api, file), 400) == [(pointer, "unknown_section")]
    assert errors(sent(api, b"no zip"), 400) == [("/file", "not_a_zip")]
    assert Project.objects.count() == 1


def test_an_import_wants_a_file(api):
    answer = api.post(f"{API}/import/", {}, format="multipart")
    assert errors(answer, 400) == [("/file", "required")]
    assert api.post(f"{API}/import/", {"file": "x"}).status_code == 415


def test_too_many_megabytes_are_refused_before_they_are_read(api):
    """Only the headers are looked at: the body would raise if it were."""

    class Unread(io.RawIOBase):
        def read(self, size=-1):
            raise AssertionError("the body was read")

    answer = api.generic(
        "POST",
        f"{API}/import/",
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": 150_000_000, "wsgi.input": Unread()},
    )
    assert errors(answer, 413) == [("/file", "payload_too_large")]


def test_a_file_a_little_too_large_is_refused(api, monkeypatch):
    monkeypatch.setattr("builder.api.project_files.MAX_BYTES", 1_000)
    assert errors(sent(api, b"x" * 12_000), 413) == [("/file", "payload_too_large")]


def test_a_retry_with_its_key_makes_one_project(api, project):
    archive = exported(project)
    body, kind = _multipart(archive)
    headers = {"idempotency-key": "one-import"}
    first, again = (
        api.generic("POST", f"{API}/import/", body, content_type=kind, headers=headers)
        for _each in range(2)
    )
    assert first.status_code == again.status_code == 201, first.content
    assert first.json()["id"] == again.json()["id"]
    assert Project.objects.count() == 2


def _multipart(archive):
    head = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="p.zip"\r\n'
        b"Content-Type: application/zip\r\n\r\n"
    )
    return head + archive + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"


def test_the_quota_of_projects_holds_for_imports(api, member, project):
    most = limits.limit_of(member.workspace.subscription_tier, Kind.PROJECTS)
    for number in range(most - 1):
        Project.objects.create(workspace=member.workspace, name=f"P{number}", slug=f"p{number}")
    assert sent(api, exported(project)).status_code == 429
    assert Project.objects.count() == most


def test_an_import_of_one_document_is_a_version_of_its_own(api, project):
    home = Wireframe.objects.get(sitemap__project=project, page_key="home")
    etag = api.get(f"/api/v1/wireframes/{home.pk}/").headers["etag"]
    layout = {**home.layout, "content": home.layout["content"][:2]}
    address = f"/api/v1/wireframes/{home.pk}/import/"
    answer = api.post(address, layout, headers={"if-match": etag})
    assert answer.status_code == 200
    assert answer.headers["etag"] != etag
    newest = VersionHistory.objects.of(home).latest("version_number")
    assert (newest.message, newest.is_major) == ("Imported", True)
    assert newest.version_number == answer.json()["version"] == home.version + 1
    stale = api.post(address, home.layout, headers={"if-match": etag})
    assert stale.status_code == 412
    assert Wireframe.objects.get(pk=home.pk).layout == layout
