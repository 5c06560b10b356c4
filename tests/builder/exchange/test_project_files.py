"""A project goes from one workspace to another in one file, with new ids and without its people."""

import io
import json
import re
import tracemalloc

import pytest
from django.utils import timezone

from accounts.tenancy import tenant
from builder import documents, publishing, versioning
from builder.exchange import FORMATS, ExchangeError, project_export, project_import
from builder.models import (
    Project,
    Sitemap,
    SiteRedirect,
    StyleGuide,
    VersionHistory,
    Wireframe,
)
from tests.builder.exchange.project_files import contents, exported
from tests.builder.factories import ProjectFactory, built_in
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def elsewhere():
    """The owner of another workspace."""
    return MembershipFactory(role="owner")


def arrived(archive, member):
    return project_import.create(
        workspace=member.workspace,
        owner=member.user,
        arrival=project_import.read(io.BytesIO(archive)),
    )


def texts(project, **options):
    """What a project's file says, with its ids as they come up: 0, 1, 2 …"""
    files = contents(exported(project, **options))
    order = {}

    def number(found):
        return str(order.setdefault(found[0], len(order)))

    said = {}
    names = sorted(name for name in files if name not in ("manifest.json", "versions.ndjson"))
    for name in ["project.json", *(name for name in names if "/" in name)]:
        document = json.loads(files[name])
        if name == "project.json":
            for kind in ("sitemaps", "pages", "style_guides"):
                document[kind].sort(key=lambda each: (each.get("page_key", ""), each["file"]))
        said[UUID.sub(number, name)] = json.loads(UUID.sub(number, json.dumps(document)))
    return said


@pytest.mark.parametrize("slug", ["marram", "millibar", "suhail"])
def test_a_project_arrives_as_it_left(workspace, user, elsewhere, slug):
    project = ProjectFactory(workspace=workspace, owner=user, template=built_in(slug))
    Project.objects.filter(pk=project.pk).update(
        settings={"consent": "ask", "home": str(project.current_sitemap_id)}, data={"a": [1.5]}
    )
    SiteRedirect.objects.create(
        workspace=workspace,
        project=project,
        from_path="/old",
        to="https://example.com/",
        status=301,
    )
    project.refresh_from_db()
    made = arrived(exported(project), elsewhere)
    assert texts(made) == texts(project)
    assert made.workspace == elsewhere.workspace
    assert (made.owner, made.status, made.live_release) == (elsewhere.user, "draft", None)
    assert made.template == project.template
    assert publishing.publish(project=made, user=None).number == 1


def ids_of(project):
    sitemaps = Sitemap.objects.filter(project=project)
    pages = Wireframe.objects.filter(sitemap__in=sitemaps)
    guides = StyleGuide.objects.filter(wireframe__in=pages)
    return {str(each.pk) for rows in (sitemaps, pages, guides) for each in rows} | {str(project.pk)}


def test_ids_are_new_and_so_is_what_points_at_them(project, elsewhere):
    sitemap = project.current_sitemap
    home = sitemap.wireframes.get(page_key="home")
    sitemap.metadata = {"begin": str(home.pk), str(home.pk): ["first", str(project.pk)]}
    sitemap.save()
    home.style_guide = {"like": str(sitemap.pk)}
    home.save()
    made = arrived(exported(project), elsewhere)
    assert not ids_of(made) & ids_of(project)
    new_home = made.current_sitemap.wireframes.get(page_key="home")
    assert made.current_sitemap.metadata == {
        "begin": str(new_home.pk),
        str(new_home.pk): ["first", str(made.pk)],
    }
    assert new_home.style_guide == {"like": str(made.current_sitemap_id)}


def test_within_a_workspace_names_and_slugs_are_freed(project, member):
    archive = exported(project)
    first, second = arrived(archive, member), arrived(archive, member)
    assert [first.name, second.name] == ["Dune House 2", "Dune House 3"]
    assert len({project.slug, first.slug, second.slug}) == 3
    labels = {each.addresses.get().label for each in (project, first, second)}
    assert len(labels) == 3


def test_the_file_is_small_json_that_others_read(project):
    files = contents(exported(project))
    for page in Wireframe.objects.filter(sitemap__project=project):
        assert json.loads(files[f"pages/{page.pk}.puck.json"]) == page.layout
    guide = StyleGuide.objects.get(wireframe__sitemap__project=project)
    tokens = json.loads(files[f"styles/{guide.pk}.tokens.json"])
    assert tokens == documents.token_document(documents.columns_of(guide))
    assert "versions.ndjson" not in files
    assert str(project.workspace_id) not in b"".join(files.values()).decode()
    assert str(project.owner_id) not in b"".join(files.values()).decode()


def history(project):
    """Kinds, numbers and contents of a project's versions, without ids, people and the import."""
    rows = VersionHistory.objects.filter(project=project).order_by("id")
    order = {}
    return [
        (
            order.setdefault((row.entity_type, row.entity_id), len(order)),
            row.entity_type,
            row.version_number,
            UUID.sub("id", json.dumps(row.data, sort_keys=True)),
            row.message,
            (row.is_major, row.is_deletion),
            (row.created_at, row.saved_at),
        )
        for row in rows
    ]


@pytest.fixture
def edited(project):
    """A project with some history: saves with and without a name, a page deleted."""
    home = Wireframe.objects.get(sitemap__project=project, page_key="home")
    for number in range(3):
        with versioning.saving(message=f"Words {number}"):
            home.title = f"Home {number}"
            documents.save_wireframe(wireframe=home)
    documents.remove(document=Wireframe.objects.get(sitemap__project=project, page_key="contact"))
    Project.objects.filter(pk=project.pk).update(name="Dune Houses")
    project.refresh_from_db()
    sitemap = project.current_sitemap
    sitemap.pages.pop("contact")
    sitemap.save()
    for page in Wireframe.objects.filter(sitemap=sitemap):
        layout = json.loads(json.dumps(page.layout).replace("page:contact", "page:home"))
        Wireframe.objects.filter(pk=page.pk).update(layout=layout)
    return project


def test_the_history_comes_along_and_goes_on(edited, elsewhere):
    before = history(edited)
    made = arrived(exported(edited, versions=True), elsewhere)
    after = history(made)
    assert after[: len(before)] == before
    mine = VersionHistory.objects.filter(project=made)
    assert set(mine.values_list("user", flat=True)) == {None}
    assert not {str(each) for each in mine.values_list("entity_id", flat=True)} & ids_of(edited)
    home = Wireframe.objects.get(sitemap__project=made, page_key="home")
    numbers = [each.version_number for each in VersionHistory.objects.of(home)]
    assert sorted(numbers) == list(range(1, home.version + 1))
    newest = VersionHistory.objects.of(home).get(version_number=home.version)
    assert (newest.message, newest.is_major) == ("Imported", True)
    back = versioning.revert(entity=home, number=2)
    assert back.title == "Home 0"
    gone = versioning.deletions(project=made).get(entity_type="wireframes")
    assert versioning.restore(version=gone).page_key == "contact"


def test_without_being_asked_the_history_stays(edited, elsewhere):
    made = arrived(exported(edited), elsewhere)
    numbers = VersionHistory.objects.filter(project=made).values_list("version_number", flat=True)
    assert set(numbers) <= {1, 2}


def test_a_tenant_imports_a_history_which_it_could_not_write(edited, elsewhere):
    archive = exported(edited, versions=True)
    with tenant(
        workspace_id=elsewhere.workspace_id, user_id=elsewhere.user_id, role=elsewhere.role
    ):
        made = arrived(archive, elsewhere)
    assert VersionHistory.objects.filter(project=made).count() > 10


def test_what_is_in_a_file_is_told_without_making_anything(edited):
    arrival = project_import.read(io.BytesIO(exported(edited, versions=True)))
    versions = VersionHistory.objects.filter(project=edited).count()
    assert arrival.summary == {
        "name": "Dune Houses",
        "sitemaps": 1,
        "pages": 2,
        "style_guides": 1,
        "redirects": 0,
        "images": 0,
        "versions": versions,
    }
    assert Project.objects.count() == 1


def test_of_a_long_history_only_a_little_is_in_memory(project):
    home = Wireframe.objects.get(sitemap__project=project, page_key="home")
    number = home.version
    now = timezone.now()
    words = {"layout": {"content": ["x" * 50_000]}}
    VersionHistory.objects.bulk_create(
        VersionHistory(
            workspace=project.workspace, project=project, entity_type="wireframes",
            entity_id=home.pk, version_number=number + 1 + each, data=words, saved_at=now,
        )
        for each in range(600)
    )  # fmt: skip
    pieces = project_export.stream(project=project, versions=True, now=now)
    tracemalloc.start()
    size = sum(len(piece) for piece in pieces)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 0
    assert peak < 15_000_000, "600 versions have 30 MB"


def test_a_number_older_than_its_bound_leaves_and_is_named_on_arrival(project):
    Project.objects.filter(pk=project.pk).update(data={"a": 10**400})
    project.refresh_from_db()
    archive = exported(project, versions=True)
    with pytest.raises(ExchangeError) as refused:
        project_import.read(io.BytesIO(archive))
    assert [fault.pointer for fault in refused.value.faults] == ["/project.json"]


def test_each_documents_first_format_is_that_of_the_file():
    assert [FORMATS[model][0].name for model in (Sitemap, Wireframe, StyleGuide)] == [
        "json", "puck", "dtcg",
    ]  # fmt: skip
