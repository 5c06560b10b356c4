"""Projects taken from one installation to another by command."""

import pytest
from django.core.management import CommandError, call_command

from builder.models import Project, Wireframe
from tests.builder.exchange.project_files import changed, exported
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere():
    return MembershipFactory(role="owner")


def test_a_project_is_written_and_read_again(project, elsewhere, tmp_path, capsys):
    file = tmp_path / "house.zip"
    call_command("export_project", project.slug, str(file), "--versions")
    assert "Dune House, with its history" in capsys.readouterr().out
    assert [each.name for each in tmp_path.iterdir()] == ["house.zip"]
    place = ["--workspace", elsewhere.workspace.slug]
    call_command("import_project", str(file), *place, "--dry-run")
    assert "1 sitemaps, 3 pages, 1 style guides, 0 redirects" in capsys.readouterr().out
    assert Project.objects.count() == 1
    call_command("import_project", str(file), *place)
    assert "Dune House (dune-house) at http://dune-house-" in capsys.readouterr().out
    made = Project.objects.get(workspace=elsewhere.workspace)
    assert made.owner == elsewhere.user


def test_an_older_file_is_not_written_over(project, tmp_path):
    file = tmp_path / "house.zip"
    file.write_bytes(b"older")
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_project", str(project.pk), str(file))
    assert file.read_bytes() == b"older"
    call_command("export_project", str(project.pk), str(file), "--force")
    assert file.read_bytes().startswith(b"PK")


def test_without_a_name_the_file_is_named_by_slug_and_day(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call_command("export_project", project.slug)
    (file,) = tmp_path.iterdir()
    assert file.name.startswith("dune-house-")
    assert file.name.endswith(".halfhour.zip")


def test_faults_are_told_each_with_its_place(project, elsewhere, tmp_path):
    home = Wireframe.objects.get(sitemap__project=project, page_key="home")

    def spoil(document):
        document["content"][0]["type"] = "Carousel"

    archive, name = changed(exported(project), f"pages/{home.pk}", spoil)
    file = tmp_path / "spoilt.zip"
    file.write_bytes(archive)
    with pytest.raises(CommandError, match=f"/{name.replace('/', '~1')}/content/0/type: "):
        call_command("import_project", str(file), "--workspace", elsewhere.workspace.slug)
    assert Project.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["export_project", "nothing"], "no project nothing"),
        (["import_project", "no.zip", "--workspace", "nowhere"], "no workspace nowhere"),
        (["import_project", "no.zip", "--workspace", "WORKSPACE"], "cannot be read"),
        (["import_project", "no.zip", "--workspace", "WORKSPACE", "--owner", "a@b.c"], "no member"),
    ],
)
def test_what_is_not_there_is_said(elsewhere, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    told = [elsewhere.workspace.slug if each == "WORKSPACE" else each for each in arguments]
    with pytest.raises(CommandError, match=message):
        call_command(*told)


def test_of_two_projects_with_one_slug_the_workspace_is_asked_for(project, elsewhere, tmp_path):
    Project.objects.create(workspace=elsewhere.workspace, name="Another", slug=project.slug)
    with pytest.raises(CommandError, match="--workspace"):
        call_command("export_project", project.slug, str(tmp_path / "x.zip"))
    place = ["--workspace", project.workspace.slug]
    call_command("export_project", project.slug, str(tmp_path / "x.zip"), *place)


def test_a_workspace_without_an_owner_needs_a_name(project, tmp_path):
    file = tmp_path / "house.zip"
    file.write_bytes(exported(project))
    editor = MembershipFactory(role="editor")
    place = ["--workspace", editor.workspace.slug]
    with pytest.raises(CommandError, match="--owner"):
        call_command("import_project", str(file), *place)
    call_command("import_project", str(file), *place, "--owner", editor.user.email.upper())
    assert Project.objects.get(workspace=editor.workspace).owner == editor.user
