"""Uploaded pictures go along with a project's file."""

import io
import json

import pytest
from PIL import Image as Pillow

from builder import documents, publishing
from builder.exchange import ExchangeError, project_import
from builder.images import keeping, making
from builder.models import Image, Wireframe
from tests.builder import pictures
from tests.builder.exchange.project_files import changed, contents, exported, packed
from tests.builder.test_images_published import page_of, show
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere():
    return MembershipFactory(role="owner")


@pytest.fixture
def image(project, workspace):
    made = pictures.uploaded(
        workspace, pictures.jpeg(900, 600), alt={"en": "A house"}, name="House"
    )
    Image.objects.filter(pk=made.pk).update(focal_x=0.25)
    show(project, made)
    return made


def arrived(archive, member):
    return project_import.create(
        workspace=member.workspace,
        owner=member.user,
        arrival=project_import.read(io.BytesIO(archive)),
    )


def test_a_picture_arrives_with_its_project(project, image, elsewhere):
    archive = exported(project)
    files = contents(archive)
    assert json.loads(files["manifest.json"])["version"] == 2
    assert files[f"images/{image.pk}.jpg"] == keeping.content(making.master_of(image))
    made = arrived(archive, elsewhere)
    (copy,) = Image.objects.filter(workspace=elsewhere.workspace)
    assert (copy.name, copy.alt, copy.focal_x) == ("House", {"en": "A house"}, 0.25)
    assert (copy.project, copy.uploaded_by) == (made, elsewhere.user)
    assert str(copy.pk) in json.dumps(page_of(made).layout)
    assert str(image.pk) not in json.dumps(page_of(made).layout)
    assert publishing.publish(project=made, user=None).number == 1


def test_a_copy_is_as_good_as_what_it_was_made_of(project, image, elsewhere):
    arrived(exported(project), elsewhere)
    copy = Image.objects.get(workspace=elsewhere.workspace)
    one, other = (
        Pillow.open(io.BytesIO(keeping.content(making.master_of(each)))) for each in (image, copy)
    )
    assert pictures.distance(one, other) > 45


def test_within_its_workspace_the_picture_is_the_same(project, image, member):
    made = arrived(exported(project), member)
    assert Image.objects.get() == image
    assert str(image.pk) in json.dumps(page_of(made).layout)
    image.refresh_from_db()
    assert image.project is None


def test_pictures_of_a_project_go_along_though_no_page_shows_them(project, workspace):
    image = pictures.uploaded(workspace, pictures.transparent(), filename="a.png", project=project)
    other = pictures.uploaded(workspace, pictures.jpeg(60, 40))
    names = [name for name in contents(exported(project)) if name.startswith("images/")]
    assert names == [f"images/{image.pk}.png"]
    assert str(other.pk) not in names[0]


def test_a_project_without_pictures_is_read_by_older_installations(project):
    files = contents(exported(project))
    assert json.loads(files["manifest.json"])["version"] == 1
    assert "images" not in json.loads(files["project.json"])


def refused(archive, member):
    with pytest.raises(ExchangeError) as caught:
        arrived(archive, member)
    assert not Image.objects.filter(workspace=member.workspace).exists()
    assert not Wireframe.objects.filter(workspace=member.workspace).exists()
    return [(fault.pointer, fault.code) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"no picture", "not_an_image"),
        (b"<svg onload='x'></svg>", "svg"),
        (pictures.bomb(), "wrong_extension"),
    ],
)
def test_a_file_that_is_no_picture_is_refused(project, image, elsewhere, body, code):
    files = contents(exported(project))
    name = f"images/{image.pk}.jpg"
    files[name] = body
    at = f"/{name.replace('/', '~1')}"
    assert refused(packed(files), elsewhere) == [(at, code)]


def test_a_picture_that_did_not_come_along_is_told_where_it_is_shown(project, image, elsewhere):
    def spoil(document):
        del document["images"]

    archive, _name = changed(exported(project), "project.json", spoil)
    files = contents(archive)
    del files[f"images/{image.pk}.jpg"]
    ((pointer, code),) = refused(packed(files), elsewhere)
    assert pointer.startswith("/pages~1")
    assert pointer.endswith("/props/picture/image")
    assert code == "unknown_image"


def test_what_is_said_of_pictures_is_checked(project, image, elsewhere):
    def spoil(document):
        document["images"][0]["focal_x"] = 7

    archive, _name = changed(exported(project), "project.json", spoil)
    ((pointer, _code),) = refused(archive, elsewhere)
    assert pointer == "/project.json/images/0/focal_x"


def test_the_layout_is_saved_as_it_was(project, image):
    assert documents.layout_faults(page_of(project).layout, workspace_id=project.workspace_id) == []
