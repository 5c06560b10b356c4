"""Only what changed is rendered, and what comes of it is what rendering everything would give."""

import random

import pytest

from builder import assembly, drafts, publishing, storing
from builder.models import Release, ReleaseFile, Wireframe
from builder.rendering import inputs
from tests.builder.factories import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendered(monkeypatch):
    """The paths that were rendered, in order."""
    paths = []
    render = drafts.render_page

    def noted(*, page, site, read):
        paths.append(page.path)
        return render(page=page, site=site, read=read)

    monkeypatch.setattr(drafts, "render_page", noted)
    return paths


def publish(project):
    return publishing.publish(project=project, user=project.owner)


def from_scratch(project):
    """The release as it would be if nothing had ever been published."""
    draft = publishing.checked(project=project)
    return assembly.assemble(draft=draft, scripts=drafts.page_scripts(project=project))


def page(project, key="home"):
    return Wireframe.objects.get(sitemap=project.current_sitemap, page_key=key)


def retitle(project, title, key="home"):
    wireframe = page(project, key)
    titled = (each["props"] for each in wireframe.layout["content"] if "title" in each["props"])
    next(titled)["title"] = title
    wireframe.save()


def test_a_changed_page_alone_is_rendered(project, rendered):
    publish(project)
    assert sorted(rendered) == ["/", "/contact", "/practice"]
    rendered.clear()
    retitle(project, "Another", "practice")
    publish(project)
    assert rendered == ["/practice"]
    rendered.clear()
    publish(project)
    assert rendered == []


@pytest.mark.parametrize(
    "change",
    ["name", "language", "menu", "colour", "script", "address", "renderer"],
)
def test_what_every_page_shows_renders_every_page(project, rendered, settings, monkeypatch, change):
    publish(project)
    rendered.clear()
    sitemap, guide = project.current_sitemap, page(project).style_guides.get()
    if change in ("name", "language"):
        setattr(project, change, {"name": "Dune", "language": "ar"}[change])
        project.save()
    elif change == "menu":
        sitemap.pages["practice"]["title"] = "Work"
        sitemap.save()
    elif change == "colour":
        value = {"colorSpace": "srgb", "components": [0.1, 0.1, 0.4]}
        guide.colors["accent"] = {"$type": "color", "$value": value}
        guide.save()
    elif change == "script":
        settings.BUILDER_PAGE_SCRIPTS = []
    elif change == "address":
        settings.PUBLIC_SITES_URL = "https://sites.example"
    else:
        monkeypatch.setattr(inputs, "renderer_version", lambda: "another")
    publish(project)
    assert sorted(rendered) == ["/", "/contact", "/practice"]


def test_going_back_and_on_renders_nothing(project, rendered):
    first = publish(project)
    retitle(project, "Second")
    publish(project)
    publishing.rollback(project=project, release=first)
    rendered.clear()
    retitle(project, first_title(first))
    assert publish(project).manifest == first.manifest
    assert rendered == []


def first_title(release):
    """The home page's title in the template that the project was made from."""
    document = release.project.template.document
    home = next(each for each in document["pages"] if each["key"] == "home")
    found = (each["props"] for each in home["layout"]["content"] if "title" in each["props"])
    return next(found)["title"]


EDITS = 24


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_release_is_what_rendering_everything_gives(seed):
    chance = random.Random(seed)  # noqa: S311  the same edits each time
    project = ProjectFactory(name=f"Edited {seed}")
    publish(project)
    for number in range(EDITS):
        edit(project, chance, number)
        project.refresh_from_db()
        release = publish(project)
        scratch = from_scratch(project)
        assert release.manifest == scratch.manifest, f"after edit {number}"
        assert release.forms == scratch.forms
        bodies = {
            file.sha256: storing.plain(file.body, file.gzip)
            for file in ReleaseFile.objects.filter(workspace=project.workspace_id)
        }
        for path, file in scratch.files.items():
            assert bodies[release.manifest[path]["sha256"]] == file.body, path
    assert Release.objects.filter(project=project).count() > EDITS / 3


def edit(project, chance, number):
    """One of the things that people do to a site, picked by chance."""
    sitemap = project.current_sitemap
    keys = sorted(sitemap.pages)
    others = [key for key in keys if key != "home"]
    kind = chance.choice(["title", "title", "order", "rename", "path", "colour", "name", "back"])
    if kind == "title":
        retitle(project, f"Title {number} <&>", chance.choice(keys))
    elif kind == "order":
        wireframe = page(project, chance.choice(keys))
        chance.shuffle(wireframe.layout["content"])
        wireframe.save()
    elif kind in ("rename", "path"):
        key = chance.choice(others)
        change = {"title": f"Page {number}"} if kind == "rename" else {"path": f"/p{number}"}
        sitemap.pages[key] |= change
        sitemap.save()
    elif kind == "colour":
        guide = page(project).style_guides.get()
        value = {"colorSpace": "srgb", "components": [chance.random() for _ in range(3)]}
        guide.colors["accent"] = {"$type": "color", "$value": value}
        guide.save()
    elif kind == "name":
        project.name = f"Name {number}"
        project.save()
    else:
        release = chance.choice(list(project.releases.published()))
        publishing.rollback(project=project, release=release)


def test_a_file_that_is_gone_is_rendered_again(project, rendered):
    release = publish(project)
    ReleaseFile.objects.filter(sha256=release.manifest["/practice"]["sha256"]).delete()
    rendered.clear()
    assert publish(project) == release
    assert rendered == ["/practice"]
    assert ReleaseFile.objects.filter(sha256=release.manifest["/practice"]["sha256"]).exists()


def test_a_release_whose_file_is_gone_is_not_made_live_again(project):
    first = publish(project)
    retitle(project, "Second")
    second = publish(project)
    ReleaseFile.objects.filter(sha256=first.manifest["/"]["sha256"]).delete()
    with pytest.raises(publishing.PublishError) as caught:
        publishing.rollback(project=project, release=first)
    assert [(fault.pointer, fault.code) for fault in caught.value.faults] == [
        ("/release/manifest/~1", "file_gone")
    ]
    project.refresh_from_db()
    assert project.live_release == second


def test_numbers_beyond_64_bits_have_a_hash_too():
    assert inputs.digest_of({"a": 2**70}) != inputs.digest_of({"a": 2**70 + 1})
    assert inputs.digest_of({"a": 1, "b": 2}) == inputs.digest_of({"b": 2, "a": 1})
