import gzip
import hashlib
import json
import threading

import brotli
import pytest
from django.db import IntegrityError, connection, transaction

from builder import projects, publishing, storing
from builder.models import Project, Release, ReleaseFile, Wireframe
from builder.signals import project_published, project_unpublished
from tests.builder.factories import ProjectFactory

pytestmark = pytest.mark.django_db


def publish(project, note=""):
    return publishing.publish(project=project, user=project.owner, note=note)


def page(project, key="home"):
    return Wireframe.objects.get(sitemap=project.current_sitemap, page_key=key)


def body(release, path):
    sha256 = release.manifest[path]["sha256"]
    file = ReleaseFile.objects.get(workspace=release.workspace_id, sha256=sha256)
    return storing.plain(file.body, file.gzip)


def retitle(project, title, key="home"):
    wireframe = page(project, key)
    wireframe.layout["content"][1]["props"]["title"] = title
    wireframe.save()


def faults_of(project):
    with pytest.raises(publishing.PublishError) as caught:
        publish(project)
    return [(fault.pointer, fault.code) for fault in caught.value.faults]


def test_a_release_has_every_page_and_what_they_need(project):
    release = publish(project, note="first")
    paths = set(release.manifest)
    assert {"/", "/practice", "/contact", "/404.html", "/sitemap.xml", "/robots.txt"} < paths
    assets = sorted(path for path in paths if path.startswith("/assets/"))
    fonts = [path for path in assets if path.startswith("/assets/fonts/")]
    others = [path.split(".")[0] for path in assets if path not in fonts]
    assert others == ["/assets/site", "/assets/tracker"]
    assert all(path.endswith(".woff2") for path in fonts)
    assert all(release.manifest[path]["pinned"] == path.startswith("/assets/") for path in paths)
    project.refresh_from_db()
    assert (project.live_release, project.status) == (release, "active")
    assert (release.number, release.note, release.created_by) == (1, "first", project.owner)


def test_each_file_is_what_the_manifest_says(project):
    release = publish(project)
    for path, entry in release.manifest.items():
        file = ReleaseFile.objects.get(sha256=entry["sha256"])
        content = storing.plain(file.body, file.gzip)
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], path
        assert len(content) == file.size == entry["size"]
        if file.br is not None:
            assert brotli.decompress(file.br) == content
            assert gzip.decompress(file.gzip) == content
    html = ReleaseFile.objects.get(sha256=release.manifest["/"]["sha256"])
    assert len(html.br) < len(html.gzip) < html.size


def test_pages_point_at_the_assets_by_their_hashed_names(project):
    release = publish(project)
    html = body(release, "/").decode()
    assets = [path for path in release.manifest if path.startswith("/assets/")]
    # The stylesheet names the fonts.
    for path in (path for path in assets if not path.startswith("/assets/fonts/")):
        assert f'"./{path[1:]}"' in html
        name = path.split(".")[1]
        assert release.manifest[path]["sha256"].startswith(name)
    assert 'data-key="key-dune-house"' in html
    assert f'rel="canonical" href="{projects.site_url(project=project)}/"' in html


def test_crawlers_find_every_page(project, settings):
    settings.PUBLIC_SITES_URL = "http://localhost:8000"
    release = publish(project)
    listed = body(release, "/sitemap.xml").decode()
    assert "<loc>http://dune-house.localhost:8000/practice</loc>" in listed
    assert "404" not in listed
    assert "Sitemap: http://dune-house.localhost:8000/sitemap.xml" in (
        body(release, "/robots.txt").decode()
    )


def test_the_release_says_what_its_forms_ask_for(project):
    (form,) = publish(project).forms
    assert (form["component_id"], form["path"], form["type"]) == (
        "contact-form",
        "/contact",
        "ContactForm",
    )
    email = next(field for field in form["fields"] if field["name"] == "email")
    assert (email["kind"], email["required"]) == ("email", True)


def test_publishing_what_has_not_changed_makes_no_release(project):
    first = publish(project)
    files = ReleaseFile.objects.count()
    assert publish(project) == first
    assert (Release.objects.count(), ReleaseFile.objects.count()) == (1, files)


def test_a_changed_page_is_a_new_release_that_shares_the_other_files(project):
    first = publish(project)
    files = ReleaseFile.objects.count()
    retitle(project, "Houses that stand")
    second = publish(project)
    assert second.number == 2
    assert ReleaseFile.objects.count() == files + 1
    assert {p for p in first.manifest if first.manifest[p] != second.manifest[p]} == {"/"}
    assert b"Houses that stand" in body(second, "/")


def test_a_changed_colour_is_a_new_stylesheet_under_a_new_name(project):
    first = publish(project)
    guide = page(project).style_guides.get()
    guide.colors["accent"] = {
        "$type": "color",
        "$value": {"colorSpace": "srgb", "components": [0.1, 0.1, 0.4], "hex": "#1a1a66"},
    }
    guide.save()
    second = publish(project)
    sheet = {p for p in second.manifest if p.endswith(".css")}
    assert sheet != {p for p in first.manifest if p.endswith(".css")}
    assert b"#1a1a66" in body(second, sheet.pop())


def test_going_back_is_byte_for_byte(project):
    first = publish(project)
    retitle(project, "Second thoughts")
    second = publish(project)
    publishing.rollback(project=project, release=first)
    assert project.live_release == first
    assert Release.objects.count() == 2
    # Publishing goes on from what the documents say, which is the second release.
    assert publish(project) == second


def test_one_cannot_go_back_to_another_projects_release(project):
    other = publish(ProjectFactory(workspace=project.workspace, owner=project.owner))
    with pytest.raises(publishing.PublishError) as caught:
        publishing.rollback(project=project, release=other)
    assert caught.value.faults[0].pointer == "/release"
    with pytest.raises(IntegrityError, match="live_release_own"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(live_release=other, status="active")


def test_taking_down_and_publishing_again(project):
    release = publish(project)
    publishing.unpublish(project=project)
    project.refresh_from_db()
    assert project.live_release is None
    assert not Project.objects.live().exists()
    assert publish(project) == release
    assert Project.objects.live().get() == project


def test_higher_floors_hear_of_it(project):
    heard = []

    def published(project, release, **_):
        heard.append(("published", project.pk, release.number))

    def unpublished(project, **_):
        heard.append(("unpublished", project.pk))

    project_published.connect(published)
    project_unpublished.connect(unpublished)
    try:
        publish(project)
        publish(project)
        publishing.unpublish(project=project)
    finally:
        project_published.disconnect(published)
        project_unpublished.disconnect(unpublished)
    assert heard == [("published", project.pk, 1), ("unpublished", project.pk)]


def test_a_project_without_a_page_is_not_published(project):
    project.current_sitemap.pages = {}
    project.current_sitemap.save()
    with pytest.raises(publishing.NothingToPublishError):
        publish(project)
    project.current_sitemap.delete()
    project.refresh_from_db()
    with pytest.raises(publishing.NothingToPublishError):
        publish(project)


def test_every_fault_is_named_with_its_place_and_nothing_is_published(project):
    home, contact = page(project), page(project, "contact")
    home.layout["content"][2]["type"] = "Carousel"
    home.save()
    contact.delete()
    guide = home.style_guides.get()
    guide.colors["accent"] = {"$type": "color", "$value": "{color.nothing}"}
    guide.save()
    found = faults_of(project)
    assert ("/wireframes/home/content/2/type", "unknown_section") in found
    assert ("/wireframes/contact", "missing_wireframe") in found
    assert any(pointer.startswith("/style_guide/colors/accent") for pointer, _ in found)
    project.refresh_from_db()
    assert project.live_release is None
    assert not Release.objects.exists()
    assert not ReleaseFile.objects.exists()


def test_a_link_to_a_page_that_is_not_there_is_a_fault(project):
    pages = project.current_sitemap.pages
    del pages["practice"]
    project.current_sitemap.save()
    assert {code for _, code in faults_of(project)} == {"unknown_page"}


def test_an_archived_project_is_not_published(project):
    publish(project)
    project.status = "archived"
    project.save()
    assert faults_of(project) == [("/status", "archived")]
    assert not Project.objects.live().exists()
    with pytest.raises(publishing.PublishError):
        publishing.rollback(project=project, release=project.live_release)


def test_what_visitors_see_is_no_draft(project):
    publish(project)
    with pytest.raises(IntegrityError, match="draft_is_not_live"), transaction.atomic():
        Project.objects.update(status="draft")


def test_what_was_published_is_never_changed(project):
    release = publish(project)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(manifest={})
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ReleaseFile.objects.update(body=b"")
    Release.objects.filter(pk=release.pk).update(created_by=None)


def test_a_script_is_published_with_the_attributes_it_asks_for(project, settings):
    settings.BUILDER_PAGE_SCRIPTS = []
    assert b"data-key" not in body(publish(project), "/")


@pytest.mark.django_db(transaction=True)
def test_two_publishes_at_once_make_one_release_each_after_the_other(project):
    results, errors = [], []
    gate = threading.Barrier(4)

    def run():
        gate.wait()
        try:
            results.append(publish(Project.objects.get(pk=project.pk)).number)
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert results == [1, 1, 1, 1]
    assert Release.objects.count() == 1


def test_the_layout_is_plain_json(project):
    """Nothing that the renderer reads is changed by it: publishing twice reads the same."""
    before = json.dumps(page(project).layout)
    publish(project)
    assert json.dumps(page(project).layout) == before
