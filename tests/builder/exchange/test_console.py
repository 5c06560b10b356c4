"""Projects' files in the console."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from builder.models import Project, Wireframe
from tests.builder.exchange.project_files import changed, contents, exported
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def console_of(client, workspace, role):
    staff = MembershipFactory(workspace=workspace, role=role, user=UserFactory(is_staff=True))
    client.force_login(staff.user)
    return client


@pytest.fixture
def console(client, workspace):
    return console_of(client, workspace, "editor")


IMPORT = "/console/builder/project/import-project/"


def sent(console, archive):
    file = SimpleUploadedFile("house.zip", archive, content_type="application/zip")
    return console.post(IMPORT, {"file": file}, follow=True)


def test_a_project_leaves_as_a_file_and_comes_back(console, project):
    page = console.get(reverse("admin:builder_project_change", args=[project.pk]))
    assert f"/console/builder/project/{project.pk}/export-project" in page.content.decode()
    asked = console.post(
        f"/console/builder/project/{project.pk}/export-project/",
        {"_form_submitted": "1", "versions": "on"},
        headers={"hx-request": "true"},
    )
    address = asked.headers["hx-redirect"]
    answer = console.get(address)
    assert answer.headers["content-disposition"].startswith('attachment; filename="dune-house-')
    archive = b"".join(answer.streaming_content)
    assert "versions.ndjson" in contents(archive)
    assert IMPORT in console.get(reverse("admin:builder_project_changelist")).content.decode()
    assert "multipart/form-data" in console.get(IMPORT).content.decode()
    done = sent(console, archive)
    made = Project.objects.exclude(pk=project.pk).get()
    assert made.name == "Dune House 2"
    assert done.redirect_chain[-1][0] == reverse("admin:builder_project_change", args=[made.pk])
    assert "Dune House 2 is imported as a draft. Pages: 3." in done.content.decode()


def test_a_fault_is_told_on_the_page(console, project, monkeypatch):
    home = Wireframe.objects.get(sitemap__project=project, page_key="home")

    def spoil(document):
        document["content"][0]["type"] = "<script>"

    archive, name = changed(exported(project), f"pages/{home.pk}", spoil)
    page = sent(console, archive).content.decode()
    assert f"/{name.replace('/', '~1')}/content/0/type</code>" in page
    assert "There is no such section" in page
    assert "no zip file" in sent(console, b"something else").content.decode()
    monkeypatch.setattr("builder.admin.project_files.MAX_BYTES", 1_000_000)
    assert "The file is too large" in sent(console, b"x" * 1_000_001).content.decode()
    assert Project.objects.count() == 1


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_who_only_looks_may_export_and_not_import(client, project, role):
    console = console_of(client, project.workspace, role)
    address = reverse("admin:builder_project_file", args=[project.pk])
    assert console.get(address).status_code == 200
    assert console.get(IMPORT).status_code == 403
    assert sent(console, exported(project)).status_code == 403
    assert IMPORT not in console.get(reverse("admin:builder_project_changelist")).content.decode()


def test_a_strangers_project_is_not_found(client, project):
    console = console_of(client, MembershipFactory().workspace, "owner")
    assert console.get(reverse("admin:builder_project_file", args=[project.pk])).status_code == 404
