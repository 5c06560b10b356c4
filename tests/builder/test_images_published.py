"""Pictures on published pages: their files at the edge, and what changes when one does."""

import dataclasses
import io
import re
import zipfile

import pytest
from PIL import Image as Pillow

from builder import (
    documents,
    drafts,
    previews,
    publishing,
    release_changes,
    releases,
    static_site,
)
from builder.images import keeping, library, making
from builder.images.refusals import ImageError
from builder.images.showing import EmbeddedPictures
from builder.models import Image, ImageRendition, Release, Wireframe
from builder.publishing import PublishError
from tests.builder import pictures
from tests.builder.edge import visit, web_database_url
from tests.builder.pages import Outline
from tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db

FILE = re.compile(r"/assets/images/[0-9a-f]{16}-\d+\.(avif|webp|jpg|png)")


def page_of(project, key="home"):
    return Wireframe.objects.get(sitemap=project.current_sitemap, page_key=key)


def show(project, image, *, key="home", **props):
    """Put the picture into the page's first section that has one."""
    page = page_of(project, key)
    hero = next(each for each in page.layout["content"] if each["type"] == "Hero")
    hero["props"]["picture"] = {"image": str(image.pk), **props}
    documents.save_wireframe(wireframe=page)
    return page


def html(release, path="/"):
    return releases.contents(release=release, paths=[path])[path].decode()


def shown(text):
    """The elements of the page's first uploaded picture: its sources, and the image."""
    found = [
        attributes
        for name, attributes in Outline(text).elements
        if name in ("source", "img") and "/images/" in attributes.get("srcset", "")
    ]
    return found[:-1], found[-1]


@pytest.fixture
def image(workspace):
    return pictures.uploaded(
        workspace, pictures.jpeg(1000, 500), alt={"en": "A house", "ar": "بيت"}
    )


def test_a_published_picture_is_files_of_the_release(project, image):
    show(project, image)
    release = publishing.publish(project=project, user=None)
    files = {path: each for path, each in release.manifest.items() if FILE.fullmatch(path)}
    assert len(files) == 12
    assert all(each["pinned"] for each in files.values())
    sources, element = shown(html(release))
    assert [each["type"] for each in sources] == ["image/avif", "image/webp"]
    for each in (*sources, element):
        listed = [part.split(" ") for part in each["srcset"].split(", ")]
        assert [width for _path, width in listed] == ["320w", "640w", "960w", "1000w"]
        for path, width in listed:
            body = releases.contents(release=release, paths=[path.removeprefix(".")])
            pixels = Pillow.open(io.BytesIO(body[path.removeprefix(".")]))
            assert f"{pixels.width}w" == width
    assert (element["width"], element["height"], element["alt"]) == ("1000", "500", "A house")
    assert (element["loading"], element["fetchpriority"]) == ("eager", "high")
    assert element["src"].removeprefix(".") in files
    assert "style" not in element
    assert Outline(html(release)).faults == []


@pytest.mark.django_db(transaction=True)
def test_visitors_get_the_files(project, image, settings):
    settings.WEB_DATABASE_URL = web_database_url()
    settings.SITES_DOMAIN = "localhost"
    show(project, image)
    release = publishing.publish(project=project, user=None)
    host = f"http://{project.addresses.get().label}.localhost"
    path = next(each for each in release.manifest if each.endswith(".avif"))
    file, page = visit(host + path), visit(host + "/")
    assert (file.status_code, file.headers["content-type"]) == (200, "image/avif")
    assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert Pillow.open(io.BytesIO(file.content)).format == "AVIF"
    assert "img-src 'self'" in page.headers["content-security-policy"]


def test_what_is_cut_keeps_its_focal_point_in_sight(project, image):
    library.change(image=image, changes={"focal_x": 0.12, "focal_y": 1.0})
    show(project, image)
    release = publishing.publish(project=project, user=None)
    _sources, element = shown(html(release))
    assert element["class"] == "picture focus-x1 focus-y10"
    (css,) = [path for path in release.manifest if path.endswith(".css")]
    text = releases.contents(release=release, paths=[css])[css].decode()
    assert ".focus-x1{--focus-x: 10%}" in text
    assert ".focus-y10{--focus-y: 100%}" in text


def test_the_layouts_own_alternative_text_wins(project, image):
    show(project, image, alt="The house at <dusk>")
    text = html(publishing.publish(project=project, user=None))
    assert shown(text)[1]["alt"] == "The house at <dusk>"
    assert "&lt;dusk&gt;" in text


def test_only_pages_that_show_a_picture_change_with_it(project, image):
    show(project, image)
    before = publishing.publish(project=project, user=None)
    library.change(image=image, changes={"alt": {"en": "Another house"}})
    after = publishing.publish(project=project, user=None)
    changed = {path for path in after.inputs if after.inputs[path] != before.inputs.get(path)}
    assert changed == {"/"}
    assert after.number == before.number + 1
    assert publishing.publish(project=project, user=None) == after


def test_only_pictures_that_pages_show_are_published(project, workspace, image):
    other = pictures.uploaded(workspace, pictures.jpeg(400, 300), project=project)
    show(project, image)
    release = publishing.publish(project=project, user=None)
    hashes = {each["sha256"] for each in release.manifest.values()}
    assert not hashes & set(other.renditions.values_list("sha256", flat=True))
    assert hashes >= set(image.renditions.exclude(format="master").values_list("sha256", flat=True))


def test_files_are_not_read_again_for_the_next_release(project, image, monkeypatch):
    show(project, image)
    publishing.publish(project=project, user=None)
    page = page_of(project)
    page.layout["content"][1]["props"]["hidden"] = True
    documents.save_wireframe(wireframe=page)

    def read(_file):
        raise AssertionError("a file that the workspace has was read")

    monkeypatch.setattr(keeping, "content", read)
    assert publishing.publish(project=project, user=None).number == 2


def test_publishing_makes_what_no_job_has_made(project, image):
    assert image.renditions.count() == 2
    show(project, image)
    publishing.publish(project=project, user=None)
    image.refresh_from_db()
    assert image.rendered_at is not None
    assert making.make(image=image) == 0


def test_a_preview_has_the_pictures_too(project, image):
    show(project, image)
    release = previews.create(project=project, user=None).release
    assert any(FILE.fullmatch(path) for path in release.manifest)


def test_a_framed_page_has_its_pictures_in_itself(project, image):
    show(project, image)
    side = release_changes.of_release(publishing.publish(project=project, user=None))
    page = side.bodies(["/"])["/"]
    paths = release_changes.pictures_of(page)
    assert len(paths) == 1
    text = release_changes.framed(page, side.bodies(paths)).decode().partition("</head>")[2]
    assert "data:image/jpeg;base64,/9j/" in text
    assert "assets/images" not in text


def test_a_page_can_have_its_pictures_in_itself(project, image):
    show(project, image)
    draft = drafts.read(project=project)
    inside = EmbeddedPictures(workspace_id=project.workspace_id, ids={str(image.pk)})
    draft = dataclasses.replace(draft, pictures=inside)
    frame = draft.frame(base_url="", stylesheet="site.css", scripts=[])
    (tree,) = draft.trees(frame=frame)
    text = tree.pages["/"].make()["/"].body.decode()
    assert 'src="data:image/webp;base64,UklG' in text
    assert "assets/images" not in text
    assert tree.pictures == {}
    assert image.renditions.count() == 2


def test_a_language_that_is_carried_over_keeps_its_pictures(project, image):
    project.settings = {"locales": {"ar": {"name": "بيت الكثبان"}}}
    project.save()
    sitemap = project.current_sitemap
    sitemap.pages["home"]["translations"] = {"ar": {"title": "البداية"}}
    sitemap.save()
    show(project, image)
    first = publishing.publish(project=project, user=None)
    assert shown(html(first, "/ar"))[1]["alt"] == "بيت"
    page = page_of(project)
    hero = next(each for each in page.layout["content"] if each["type"] == "Hero")
    hero["props"]["picture"] = None
    documents.save_wireframe(wireframe=page)
    second = publishing.publish(project=project, user=None, locales=["en"])
    assert "/images/" not in html(second)
    for path in FILE.finditer(html(second, "/ar").replace('"./', '"/').replace(" ./", " /")):
        assert path[0] in second.manifest


def test_files_for_any_web_server_lead_to_the_pictures(project, image):
    key = next(
        page.page_key
        for page in Wireframe.objects.filter(sitemap=project.current_sitemap)
        if page.page_key != "home" and any(c["type"] == "Hero" for c in page.layout["content"])
    )
    page = show(project, image, key=key)
    release = publishing.publish(project=project, user=None)
    path = project.current_sitemap.pages[page.page_key]["path"]
    made = static_site.export(release=release)
    _sources, element = shown(made.files[f"site{path}/index.html"].decode())
    for part in element["srcset"].split(", "):
        address = part.split(" ")[0]
        assert address.startswith("../")
        assert f"site/{address.removeprefix('../' * path.count('/'))}" in made.files
    packed = zipfile.ZipFile(io.BytesIO(static_site.archive(made)))
    assert packed.testzip() is None


def test_a_picture_that_is_gone_is_a_fault_where_it_is_shown(project, image):
    page = show(project, image)
    index = next(i for i, each in enumerate(page.layout["content"]) if each["type"] == "Hero")
    Image.objects.all().delete()
    with pytest.raises(PublishError) as caught:
        publishing.publish(project=project, user=None)
    (fault,) = caught.value.faults
    assert fault.pointer == f"/wireframes/home/content/{index}/props/picture/image"
    assert fault.code == "unknown_image"


def test_a_picture_without_bytes_is_a_fault_where_it_is_shown(project, image):
    show(project, image)
    ImageRendition.objects.all().delete()
    with pytest.raises(PublishError) as caught:
        publishing.publish(project=project, user=None)
    assert [fault.code for fault in caught.value.faults] == ["file_gone"]
    assert not Release.objects.filter(project=project).exists()


def test_another_workspaces_picture_is_unknown(project):
    theirs = pictures.uploaded(WorkspaceFactory(), pictures.jpeg(60, 40))
    show(project, theirs)
    with pytest.raises(PublishError) as caught:
        publishing.publish(project=project, user=None)
    assert [fault.code for fault in caught.value.faults] == ["unknown_image"]


def test_a_picture_in_use_is_not_deleted_and_it_is_said_where(project, image):
    page = show(project, image)
    with pytest.raises(ImageError) as caught:
        library.remove(image=image)
    (fault,) = caught.value.faults
    assert (fault.code, page.page_key in fault.detail) == ("used_by_document", True)
    publishing.publish(project=project, user=None)
    hero = next(each for each in page.layout["content"] if each["type"] == "Hero")
    hero["props"]["picture"] = None
    documents.save_wireframe(wireframe=page)
    with pytest.raises(ImageError) as caught:
        library.remove(image=image)
    assert [fault.code for fault in caught.value.faults] == ["used_by_release"]
    first = project.live_release
    publishing.publish(project=project, user=None)
    library.remove(image=image)
    assert not Image.objects.exists()
    # An earlier release has files of its own.
    publishing.rollback(project=project, release=first)
    assert releases.faults(first) == []
